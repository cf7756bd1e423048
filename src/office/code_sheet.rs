//! Making a sheet of spoken codes (授权码单): the codes stand on one printed page and nowhere else; the log gets digests.
//! And what its holder is reminded of.

use super::random;
use crate::base::day::Day;
use crate::domain::code_sheet::CodeSheet;
use crate::domain::command::kernel::IssueCodes;
use crate::domain::ids::OfficerNo;
use crate::domain::pack::CodeFigures;
use crate::domain::spoken_code;
use crate::store::fault::Fault;
use zeroize::Zeroizing;

/// From so many wrong codes on the holder is told.
const MISSED: u32 = 5;

/// A sheet that was just made: the only place where its codes are, until they are printed.
pub struct Fresh {
    /// Who will read from it.
    pub officer: OfficerNo,
    /// His name.
    pub name: String,
    codes: Zeroizing<Vec<String>>,
    salt: [u8; 16],
    cost: u8,
    digests: Vec<String>,
}

/// Says how many codes, never which.
impl std::fmt::Debug for Fresh {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fresh({} codes of {})", self.codes.len(), self.officer)
    }
}

impl Fresh {
    /// Draws `many` codes. Each costs what one guess costs, so this takes a second or two: not on the thread that draws.
    ///
    /// # Errors
    /// No random source; no memory for the derivation.
    pub fn make(officer: OfficerNo, name: String, many: u32, practice: bool) -> Result<Fresh, Fault> {
        let salt = random::bytes()?;
        let cost = if practice { spoken_code::PRACTICE } else { spoken_code::COUNTY };
        let mut codes = Zeroizing::new(Vec::new());
        let mut digests = Vec::new();
        for at in 0..many {
            let code = format!("{:06}", random::below(1_000_000)?);
            let digest = spoken_code::digest(&salt, cost, at, &code)
                .ok_or_else(|| Fault::busy("本机内存不足，授权码没有生成"))?;
            digests.push(hex::encode(digest));
            codes.push(code);
        }
        Ok(Fresh { officer, name, codes, salt, cost, digests })
    }

    /// What is signed: digests.
    pub fn command(&self) -> IssueCodes {
        IssueCodes { salt: hex::encode(self.salt), cost: self.cost, digests: self.digests.clone() }
    }

    /// The codes in the order in which they are read, for the page.
    pub fn codes(&self) -> &[String] {
        &self.codes
    }
}

/// Of what a holder is reminded: he has no sheet that counts, few codes are left, it is old, somebody guesses.
pub fn reminder(sheet: Option<&CodeSheet>, today: Day, figures: &CodeFigures) -> Option<String> {
    let Some(sheet) = sheet else {
        return Some("还没有授权码单，乡镇电话请示时无码可读，请印发".to_owned());
    };
    if let Some(why) = sheet.why_dead(today) {
        return Some(format!("授权码单{why}，请印发新的"));
    }
    let (left, age) = (sheet.left(today), sheet.age(today));
    if sheet.missed >= MISSED {
        return Some(format!("有人报错您的授权码 {} 次，不是口误的请换新码单", sheet.missed));
    }
    if left <= figures.low {
        return Some(format!("授权码单只剩 {left} 个码，请印发新的"));
    }
    (age >= i64::from(figures.old_days)).then(|| format!("授权码单已用 {age} 天，请换新的"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::Stamp;
    use crate::domain::code_sheet::{Heard, SheetEnd};

    fn stood(fresh: &Fresh, issued: Stamp) -> CodeSheet {
        let IssueCodes { salt, cost, digests } = fresh.command();
        CodeSheet { salt, cost, digests, next: 0, issued, from: None, until: None, ended: None, missed: 0 }
    }

    #[test]
    fn what_is_signed_fits_the_codes_and_holds_none_of_them() {
        let fresh = Fresh::make("9001".into(), "程一".to_owned(), 20, true).unwrap();
        let mut sheet = stood(&fresh, Stamp(0));
        let signed = serde_json::to_string(&fresh.command()).unwrap();
        for (at, code) in (0..).zip(fresh.codes()) {
            sheet.next = at;
            assert_eq!(sheet.hear(code), Heard::Next, "{at}");
            assert!(!signed.contains(code.as_str()) && !format!("{fresh:?}").contains(code.as_str()));
        }
        let other = Fresh::make("9001".into(), String::new(), 20, true).unwrap();
        assert_ne!(fresh.command(), other.command());
    }

    #[test]
    fn a_county_s_sheet_is_dear() {
        let fresh = Fresh::make("9001".into(), String::new(), 1, false).unwrap();
        assert_eq!(fresh.command().cost, spoken_code::COUNTY);
        assert_eq!(stood(&fresh, Stamp(0)).hear(&fresh.codes()[0]), Heard::Next);
    }

    #[test]
    fn the_holder_is_reminded_by_the_pack_s_figures() {
        let day = Day::new(2026, 3, 2).unwrap();
        let figures = CodeFigures { sheet: 20, low: 5, old_days: 90 };
        let fresh = Fresh::make("9001".into(), String::new(), 20, true).unwrap();
        let sheet = stood(&fresh, Stamp::at(day, 9, 0));
        let said = |sheet: &CodeSheet, after| reminder(Some(sheet), day.plus(after), &figures);
        assert!(reminder(None, day, &figures).unwrap().contains("还没有"));
        assert_eq!(said(&sheet, 89), None);
        assert!(said(&sheet, 90).unwrap().contains("90 天"));
        assert_eq!(said(&CodeSheet { next: 14, ..sheet.clone() }, 0), None);
        assert!(said(&CodeSheet { next: 15, ..sheet.clone() }, 0).unwrap().contains("只剩 5 个"));
        assert!(said(&CodeSheet { next: 20, ..sheet.clone() }, 0).unwrap().contains("用完"));
        assert!(
            said(&CodeSheet { ended: Some(SheetEnd::Key), ..sheet.clone() }, 0).unwrap().contains("密钥停用")
        );
        assert_eq!(said(&CodeSheet { missed: 4, ..sheet.clone() }, 0), None);
        assert!(said(&CodeSheet { missed: 5, ..sheet }, 0).unwrap().contains("报错"));
    }
}
