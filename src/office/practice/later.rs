//! A practice office put forward (练习拨钟): its clocks, the share's too, stand so many days after the machine's, so that a
//! notice ends and a payment comes back without anybody waiting for it. How many is kept with the desk, and never goes
//! back: what was entered would lie in the future.

use crate::store::fault::{Fault, FaultKind};
use std::path::Path;

/// The file in the desk's folder that holds the number.
const FILE: &str = "later";
/// Further than a year nobody has to look.
pub const MOST: u16 = 400;

/// So many days after the machine's clock the practice desk in `folder` stands.
pub fn later(folder: &Path) -> u16 {
    let told = std::fs::read_to_string(folder.join(FILE)).ok();
    told.and_then(|text| text.trim().parse().ok()).map_or(0, |days: u16| days.min(MOST))
}

/// Puts the practice desk in `folder` forward.
///
/// # Errors
/// Back, or too far; a folder that cannot be written.
pub fn put_forward(folder: &Path, days: u16) -> Result<(), Fault> {
    let now = later(folder);
    if days < now {
        return Err(Fault::new(
            FaultKind::User,
            format!("练习的时间已拨后 {now} 天，不能往回拨"),
            format!("请写 {now} 或更大的天数；要回到今天，请用 jiuji practice --fresh 重建练习"),
        ));
    }
    if days > MOST {
        return Err(Fault::new(
            FaultKind::User,
            format!("练习的时间最多拨后 {MOST} 天"),
            "请改小天数，再运行一次",
        ));
    }
    let io = |error| Fault::of_io("拨练习的时间", error);
    std::fs::create_dir_all(folder).map_err(io)?;
    std::fs::write(folder.join(FILE), days.to_string()).map_err(io)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_forward_and_never_back() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("desk");
        assert_eq!(later(&folder), 0);
        put_forward(&folder, 12).unwrap();
        put_forward(&folder, 12).unwrap();
        assert_eq!(later(&folder), 12);
        let back = put_forward(&folder, 11).unwrap_err();
        assert!(back.what.contains("12 天") && back.next.contains("--fresh"), "{back}");
        assert!(put_forward(&folder, MOST + 1).is_err());
        assert_eq!(later(&folder), 12);
    }
}
