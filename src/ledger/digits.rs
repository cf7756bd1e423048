//! Eight digits (对照码) of a text, to be compared by telephone. Eight digits are few, so one guess is made dear: whoever would
//! lay another text with the same digits must spend the cost a hundred million times.

use super::row::CountyId;
use argon2::{Algorithm, Argon2, Params, Version};

/// The cost: 19 MiB and two passes, some 80 ms.
const COST: (u32, u32) = (19 * 1024, 2);

/// The digits of a text in a county. None where the PC cannot give the memory.
pub fn digits(county: CountyId, text: &str) -> Option<String> {
    let (memory_kib, passes) = COST;
    let params = Params::new(memory_kib, passes, 1, Some(8)).ok()?;
    let mut out = [0; 8];
    let input = format!("jiuji/request/1\n{text}");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(input.as_bytes(), &county.0, &mut out)
        .ok()?;
    Some(format!("{:08}", u64::from_be_bytes(out) % 100_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_are_of_the_text_and_the_county() {
        let county = CountyId([1; 16]);
        let shown = digits(county, "a").unwrap();
        assert_eq!((shown.len(), digits(county, "a").unwrap()), (8, shown.clone()));
        assert_ne!(digits(county, "b").unwrap(), shown);
        assert_ne!(digits(CountyId([2; 16]), "a").unwrap(), shown);
    }
}
