//! The bank (银行) in a story: it takes the newest file that finance wrote for it, pays every row but one, and leaves its
//! answer where finance reads returns.

use super::terminal::Failure;
use encoding_rs::GBK;
use std::fs;
use std::path::{Path, PathBuf};

/// `FOLDER NAME [NUMBER]`: the answer to the newest file in FOLDER/bank lies as FOLDER/returns/NAME; the row of that number
/// came back because the name is another's.
pub fn answer(folder: &Path, rest: &str) -> Result<(), Failure> {
    let mut words = rest.split_whitespace();
    let name = words.next().ok_or_else(|| Failure("the answer needs a name".to_owned()))?;
    written(folder, name, words.next()).map_err(|error| Failure(format!("{}: {error}", folder.display())))
}

fn newest(folder: &Path) -> std::io::Result<PathBuf> {
    let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    // Batches are numbered upwards, and so are their files.
    let sent = paths.into_iter().filter(|path| path.extension().is_some_and(|end| end == "csv")).max();
    sent.ok_or_else(|| std::io::Error::other("there is no file for the bank"))
}

fn written(folder: &Path, name: &str, refused: Option<&str>) -> std::io::Result<()> {
    let bytes = fs::read(newest(&folder.join("bank"))?)?;
    let (text, _, wrong) = GBK.decode(&bytes);
    if wrong {
        return Err(std::io::Error::other("the file is not in GBK"));
    }
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heading = lines.next().unwrap_or_default();
    let column = |title| {
        let found = heading.iter().position(|cell| *cell == title);
        found.ok_or_else(|| std::io::Error::other(format!("no column {title}")))
    };
    let (number, amount) = (column("序号")?, column("金额")?);
    let (account, holder) = (column("账号")?, column("户名")?);
    let mut answer = "序号,账号,户名,金额,处理结果,失败原因\r\n".to_owned();
    let (mut paid, mut met) = (0, refused.is_none());
    for row in lines {
        let cell = |at: usize| row.get(at).copied().unwrap_or_default();
        if cell(number).parse::<u32>().is_err() {
            continue;
        }
        let back = refused == Some(cell(number));
        met |= back;
        paid += 1;
        let result = if back { "失败,户名不符" } else { "成功," };
        let told = [number, account, holder, amount].map(cell).join(",");
        answer.push_str(&format!("{told},{result}\r\n"));
    }
    if paid == 0 || !met {
        return Err(std::io::Error::other("the file for the bank has no such row"));
    }
    fs::create_dir_all(folder.join("returns"))?;
    fs::write(folder.join("returns").join(name), &GBK.encode(&answer).0)
}
