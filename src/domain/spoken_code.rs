//! Spoken codes (授权码): each county approver holds a printed sheet of one-use six-digit codes and reads the next over the
//! telephone. The log holds salted digests only. Six digits are few, so one guess is made dear: whoever has the file must
//! spend the cost a million times to find the next code.

use argon2::{Algorithm, Argon2, Params, Version};

/// The cost of a practice sheet: next to nothing, refused outside practice.
pub const PRACTICE: u8 = 0;
/// The cost of a county's sheet: 19 MiB and two passes, some 80 ms a guess.
pub const COUNTY: u8 = 1;

/// The digest of the code at `index` of a sheet, 16 bytes. None for a cost that this program does not know, or a code
/// that is not six digits.
pub fn digest(salt: &[u8; 16], cost: u8, index: u32, code: &str) -> Option<[u8; 16]> {
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (memory_kib, passes) = match cost {
        PRACTICE => (64, 1),
        COUNTY => (19 * 1024, 2),
        _ => return None,
    };
    let params = Params::new(memory_kib, passes, 1, Some(16)).ok()?;
    let mut out = [0; 16];
    let input = format!("jiuji spoken code {index} {code}");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(input.as_bytes(), salt, &mut out)
        .ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_fits_its_place_on_its_sheet_only() {
        let right = digest(&[7; 16], PRACTICE, 3, "048213").unwrap();
        assert_eq!(digest(&[7; 16], PRACTICE, 3, "048213"), Some(right));
        assert_ne!(digest(&[7; 16], PRACTICE, 4, "048213"), Some(right));
        assert_ne!(digest(&[8; 16], PRACTICE, 3, "048213"), Some(right));
        assert_ne!(digest(&[7; 16], PRACTICE, 3, "048214"), Some(right));
    }

    #[test]
    fn what_is_not_six_digits_is_no_code() {
        assert_eq!(digest(&[7; 16], PRACTICE, 0, "12345"), None);
        assert_eq!(digest(&[7; 16], PRACTICE, 0, "12345a"), None);
        assert_eq!(digest(&[7; 16], 9, 0, "123456"), None);
    }
}
