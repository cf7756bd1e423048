//! Whether a folder lies on a network drive, as far as it can be told without asking the drive.

use std::path::Path;

/// Whether the path lies on a network drive.
#[cfg(not(windows))]
pub(super) fn is_remote(path: &Path) -> bool {
    // The folder may be new: what counts is the nearest one above it that is there.
    let there = path.ancestors().find_map(|folder| folder.canonicalize().ok());
    let Some(there) = there else { return false };
    match std::fs::read_to_string("/proc/self/mountinfo") {
        Ok(mounts) => there.to_str().is_some_and(|there| mounted_remote(&mounts, there)),
        Err(_) => false,
    }
}

/// Whether the path lies on a network drive: a UNC path. A mapped letter cannot be told without asking the system.
#[cfg(windows)]
pub(super) fn is_remote(path: &Path) -> bool {
    use std::path::{Component, Prefix};
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    matches!(
        absolute.components().next(),
        Some(Component::Prefix(prefix)) if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..))
    )
}

/// Whether the mount that holds `path` is one of a network, by the lines of Linux's mountinfo.
#[cfg(not(windows))]
fn mounted_remote(mounts: &str, path: &str) -> bool {
    const REMOTE: [&str; 10] =
        ["cifs", "smb3", "smbfs", "nfs", "nfs4", "ncpfs", "afs", "9p", "fuse.sshfs", "fuse.davfs2"];
    let mut best: (usize, bool) = (0, false);
    for line in mounts.lines() {
        let Some((left, right)) = line.split_once(" - ") else { continue };
        let Some(point) = left.split(' ').nth(4).map(unescaped) else { continue };
        let kind = right.split(' ').next().unwrap_or_default();
        let holds = point == "/" || path == point || path.starts_with(&format!("{point}/"));
        // Of two mounts at one point the later one is seen.
        if holds && point.len() >= best.0 {
            best = (point.len(), REMOTE.contains(&kind));
        }
    }
    best.1
}

/// Spaces stand as `\040` in mountinfo.
#[cfg(not(windows))]
fn unescaped(point: &str) -> String {
    point.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
}

#[cfg(all(test, not(windows)))]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_mount_tells() {
        let mounts = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n\
                      40 22 0:50 / /mnt/share rw,relatime shared:1 - cifs //server/share rw\n\
                      41 40 8:2 / /mnt/share/local rw - ext4 /dev/sdb1 rw\n\
                      42 22 0:51 / /mnt/two\\040words rw - nfs4 server:/x rw\n";
        let table = [
            ("/home/a/data", false),
            ("/mnt/share", true),
            ("/mnt/share/a", true),
            ("/mnt/shared", false),
            ("/mnt/share/local/a", false),
            ("/mnt/two words/a", true),
        ];
        for (path, remote) in table {
            assert_eq!(mounted_remote(mounts, path), remote, "{path}");
        }
    }
}
