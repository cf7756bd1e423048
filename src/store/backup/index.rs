//! The list for people (`jiuji-backup.txt`): made from the files alone, so that it can be lost and comes back the same.

use super::rows::{Listed, gaps};
use crate::ledger::{CountyId, Head};

/// Its name in the folder.
pub(super) const NAME: &str = "jiuji-backup.txt";

/// Its text.
pub(super) fn text(county: CountyId, head: &Head, files: &[Listed]) -> String {
    let whole: Vec<&Listed> = files.iter().filter(|file| file.size > 0).collect();
    let day = whole.iter().map(|file| file.name.day).max();
    let mut lines = vec![
        "救急 jiuji 的备份。请不要改动或改名；可以整个文件夹一起复制。".to_owned(),
        "核验（不需要账号）：jiuji verify 本文件夹    演练：jiuji drill 本文件夹".to_owned(),
        format!("县 {county}"),
        format!("第 1 至 {} 条，末条哈希 {}", head.n, head.hash.groups()),
        format!("最后写成 {}", day.map_or_else(String::new, |day| day.to_string())),
    ];
    for (first, last) in gaps(files, head.n) {
        lines.push(format!("缺第 {first} 至 {last} 条"));
    }
    for file in whole {
        let name = &file.name;
        lines.push(format!("{} 第 {} 至 {} 条 {} 字节 {name}", name.day, name.first, name.last, file.size));
    }
    // A mark for editors that would take it for another encoding.
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
}
