//! Free space of the drive under a folder. The standard library cannot tell it, so the system's own `df` is asked where
//! there is one; elsewhere nobody knows, and nobody guesses.

use std::path::Path;

/// Free space in bytes for this user; none where it cannot be told.
pub fn free(folder: &Path) -> Option<u64> {
    if cfg!(windows) {
        return None;
    }
    let asked = std::process::Command::new("df")
        .arg("-Pk")
        .arg("--")
        .arg(folder)
        .env("LC_ALL", "C")
        .stdin(std::process::Stdio::null())
        .output()
        .ok()?;
    asked.status.success().then(|| parse(&String::from_utf8_lossy(&asked.stdout)))?
}

/// The fourth field of the line after the heading, in KiB; the first field may hold blanks, so count from the end of the
/// numbers: `... total used available percent mount`.
fn parse(text: &str) -> Option<u64> {
    let line = text.lines().nth(1)?;
    let words: Vec<&str> = line.split_whitespace().collect();
    let percent = words.iter().position(|word| {
        word.strip_suffix('%').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()) && !n.is_empty())
    })?;
    words.get(percent.checked_sub(1)?)?.parse::<u64>().ok()?.checked_mul(1024)
}

/// Bytes as they are read out.
pub fn spoken(bytes: u64) -> String {
    const MB: u64 = 1024 * 1024;
    if bytes >= 1024 * MB { format!("{} G", bytes / (1024 * MB)) } else { format!("{} 兆", bytes / MB) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_df_says_is_read() {
        let head = "Filesystem 1024-blocks Used Available Capacity Mounted on\n";
        let table = [
            ("/dev/sda1 1000 400 600 40% /\n", Some(600 * 1024)),
            ("//server/共享 盘 1000 400 599 40% /mnt/共享 盘\n", Some(599 * 1024)),
            ("none 0 0 0 - /proc\n", None),
            ("", None),
        ];
        for (line, free) in table {
            assert_eq!(parse(&format!("{head}{line}")), free, "{line}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_folder_of_this_pc_has_an_answer_and_a_missing_one_has_none() {
        assert!(free(&std::env::temp_dir()).is_some());
        assert_eq!(free(Path::new("/nowhere/at/all")), None);
    }
}
