//! The privacy table (隐私表): who sees what of a person, where. One table for screens, papers, exports, logs, titles and file
//! names; everything that shows a person asks it, and a test draws every screen and paper against it.
//!
//! Masked means: a number of identity as `211321********011X`, an account or a telephone by its last four digits at most
//! eight, a name as `王**`, a day of birth by its year. Summary means years, kinds, sums and tiers.

use super::office::{Office, Officer, Role};
use crate::base::account::Account;
use crate::base::id_no::IdNo;
use crate::base::phone::Phone;
use serde::{Deserialize, Serialize};

/// What is shown of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// 姓名.
    Name,
    /// 证件号码.
    IdNo,
    /// 出生日期; an age is not one.
    Birth,
    /// 村组以下的地址.
    Address,
    /// 联系电话.
    Phone,
    /// 银行账号.
    Account,
    /// Illness, circumstance and free text: 情形, 事由, 备注.
    Text,
    /// 金额.
    Amounts,
    /// 往年救助.
    History,
}

impl Field {
    /// Every field, in the order of the table's rows.
    pub const ALL: [Field; 9] = [
        Field::Name,
        Field::IdNo,
        Field::Birth,
        Field::Address,
        Field::Phone,
        Field::Account,
        Field::Text,
        Field::Amounts,
        Field::History,
    ];
}

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// An officer of the township that the household or case belongs to: his own work.
    Own,
    /// An officer of another township.
    Other,
    /// The county's handlers and approvers: all townships are their work.
    County,
    /// 督导.
    Supervisor,
    /// The county's finance.
    Finance,
    /// 管理员: no business.
    Administrator,
    /// Whoever reads a public notice (公示).
    Public,
    /// The bank that pays out.
    Bank,
}

impl Audience {
    /// Every audience, in the order of the table's columns.
    pub const ALL: [Audience; 8] = [
        Audience::Own,
        Audience::Other,
        Audience::County,
        Audience::Supervisor,
        Audience::Finance,
        Audience::Administrator,
        Audience::Public,
        Audience::Bank,
    ];

    /// What an officer is to a person of this township; without one the person is nobody's work yet. Whoever holds several
    /// roles sees as the one that sees most.
    pub fn of(officer: &Officer, township: Option<u16>) -> Audience {
        let county = officer.office == Office::County;
        let business = officer.is(Role::Handler) || officer.is(Role::Approver);
        match officer.office {
            _ if county && business => Audience::County,
            _ if officer.is(Role::Supervisor) => Audience::Supervisor,
            _ if county && officer.is(Role::Finance) => Audience::Finance,
            Office::Township(own) if business || officer.is(Role::Finance) => match township {
                Some(township) if township != own => Audience::Other,
                _ => Audience::Own,
            },
            _ => Audience::Administrator,
        }
    }

    /// Whether the officer may ask for more than the masked view, with a purpose.
    pub fn may_unmask(self) -> bool {
        !matches!(self, Audience::Administrator | Audience::Public | Audience::Bank)
    }
}

/// Where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Medium {
    /// A screen, a list, the command line: masked by default.
    Screen,
    /// A screen after 查看完整信息, whose purpose stands in the log.
    Unmasked,
    /// A form in which the clerk types it or corrects what is known.
    Form,
    /// A printed paper of the case.
    Paper,
    /// A table for other programs, without `--full`.
    Export,
    /// The same with `--full`, for whoever signed in.
    FullExport,
    /// A line of the log file, a panic's report.
    Log,
    /// The title of a window.
    Title,
    /// The name of a file.
    FileName,
}

impl Medium {
    /// Every medium.
    pub const ALL: [Medium; 9] = [
        Medium::Screen,
        Medium::Unmasked,
        Medium::Form,
        Medium::Paper,
        Medium::Export,
        Medium::FullExport,
        Medium::Log,
        Medium::Title,
        Medium::FileName,
    ];
}

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Show {
    /// Nothing.
    Nothing,
    /// Years, kinds, sums and tiers.
    Summary,
    /// Masked.
    Masked,
    /// In full.
    Full,
}

const N: Show = Show::Nothing;
const S: Show = Show::Summary;
const M: Show = Show::Masked;
const F: Show = Show::Full;

/// A row a field, in the order of [`Field::ALL`]: 姓名 证件号 出生 地址 电话 账号 情形文字 金额 往年.
type Column = [Show; 9];

const NOTHING: Column = [N, N, N, N, N, N, N, N, N];
/// Whoever may see everything, before he asks to see it.
const MASKED: Column = [F, M, M, F, M, M, F, F, F];
const FULL: Column = [F, F, F, F, F, F, F, F, F];
/// Another township's household: enough to know that it was helped, by whom and how much.
const AID_ONLY: Column = [F, M, M, N, N, N, N, F, S];
/// The same once a purpose is given: who it is, nothing of his illness, his home or his money.
const WHO_IT_IS: Column = [F, F, F, N, N, N, N, F, S];
const MASKED_EXPORT: Column = [M, M, M, N, M, M, N, F, F];

/// How much of `field` this audience is shown in this medium.
pub fn show(field: Field, audience: Audience, medium: Medium) -> Show {
    let column = column(audience, medium);
    Field::ALL.iter().position(|known| *known == field).and_then(|at| column.get(at)).copied().unwrap_or(N)
}

fn column(audience: Audience, medium: Medium) -> Column {
    use Audience::*;
    match (medium, audience) {
        // No name, no number, for nobody.
        (Medium::Log | Medium::Title | Medium::FileName, _) => NOTHING,
        // Tables for other programs carry no names unless somebody signs in for it.
        (Medium::Export, _) => MASKED_EXPORT,
        // A notice in the village hall: the name half, the sum, no illness and no numbers.
        (_, Public) => [M, N, N, N, N, N, N, F, N],
        // The bank needs who, where to and how much.
        (_, Bank) => [F, F, N, N, N, F, N, F, N],
        (_, Administrator) => NOTHING,
        (Medium::Screen, Other) => AID_ONLY,
        (Medium::Unmasked | Medium::Form, Other) => WHO_IT_IS,
        (Medium::Paper | Medium::FullExport, Other) => NOTHING,
        (Medium::Screen, Finance) => [F, M, N, N, M, M, N, F, F],
        (Medium::Unmasked, Finance) => [F, F, N, N, F, F, N, F, F],
        (Medium::Screen, Own | County | Supervisor) => MASKED,
        (Medium::Unmasked | Medium::Form, Own | County | Supervisor) => FULL,
        (Medium::Form, Finance) => MASKED,
        (Medium::Paper | Medium::FullExport, Own | County | Supervisor | Finance) => FULL,
    }
}

/// A value as this audience is shown it; empty where nothing is.
pub fn shown(field: Field, value: &str, audience: Audience, medium: Medium) -> String {
    match show(field, audience, medium) {
        Show::Full => value.to_owned(),
        Show::Masked => mask(field, value),
        Show::Nothing | Show::Summary => String::new(),
    }
}

/// A value, masked.
pub fn mask(field: Field, value: &str) -> String {
    match field {
        Field::Name => name(value),
        Field::IdNo => IdNo::stored(value).map_or_else(|| keep(value, 6, 4), |id| id.masked()),
        Field::Birth => value.get(..4).unwrap_or_default().to_owned(),
        Field::Phone => Phone::parse(value).map_or_else(|_| keep(value, 0, 4), |phone| phone.masked()),
        Field::Account => {
            Account::parse(value).map_or_else(|_| keep(value, 0, 4), |account| account.masked())
        }
        Field::Address | Field::Text => String::new(),
        Field::Amounts | Field::History => value.to_owned(),
    }
}

/// 王**: the surname's first character and a star for each that follows.
fn name(value: &str) -> String {
    let mut letters = value.chars();
    let first: String = letters.by_ref().take(1).collect();
    first + &"*".repeat(letters.count())
}

/// The first and the last characters, the rest as stars; of a short text nothing but stars.
fn keep(value: &str, first: usize, last: usize) -> String {
    let count = value.chars().count();
    let short = count <= first + last;
    let kept = |at: usize| !short && (at < first || at + last >= count);
    value.chars().enumerate().map(|(at, letter)| if kept(at) { letter } else { '*' }).collect()
}

/// Why somebody looks at what is masked (查看目的): a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LookPurpose {
    /// 核对身份.
    Identity,
    /// 发放核对.
    Payout,
    /// 督导检查.
    Supervision,
    /// 信访答复.
    Petition,
    /// 其他, with words.
    Other,
}

impl LookPurpose {
    /// Every purpose, in the order of the prompt.
    pub const ALL: [LookPurpose; 5] = [
        LookPurpose::Identity,
        LookPurpose::Payout,
        LookPurpose::Supervision,
        LookPurpose::Petition,
        LookPurpose::Other,
    ];

    /// The word on screens.
    pub fn zh(self) -> &'static str {
        match self {
            LookPurpose::Identity => "核对身份",
            LookPurpose::Payout => "发放核对",
            LookPurpose::Supervision => "督导检查",
            LookPurpose::Petition => "信访答复",
            LookPurpose::Other => "其他",
        }
    }

    /// The digit that replicas keep, from 1.
    pub fn digit(self) -> u8 {
        match self {
            LookPurpose::Identity => 1,
            LookPurpose::Payout => 2,
            LookPurpose::Supervision => 3,
            LookPurpose::Petition => 4,
            LookPurpose::Other => 5,
        }
    }

    /// The purpose of a digit.
    pub fn from_digit(digit: u8) -> Option<LookPurpose> {
        LookPurpose::ALL.into_iter().find(|purpose| purpose.digit() == digit)
    }

    /// Whether it says enough by itself.
    pub fn needs_words(self) -> bool {
        self == LookPurpose::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::Stamp;

    fn officer(office: Office, roles: &[Role]) -> Officer {
        Officer {
            no: "1203".into(),
            name: String::new(),
            office,
            roles: roles.iter().copied().collect(),
            limit: None,
            key: None,
            since: Stamp(0),
            ended: false,
        }
    }

    #[test]
    fn numbers_are_masked_for_everybody_until_somebody_asks() {
        for audience in Audience::ALL.into_iter().filter(|one| *one != Audience::Bank) {
            for field in [Field::IdNo, Field::Phone, Field::Account, Field::Birth] {
                assert!(show(field, audience, Medium::Screen) <= Show::Masked, "{field:?} {audience:?}");
                assert!(show(field, audience, Medium::Export) <= Show::Masked, "{field:?} {audience:?}");
            }
        }
    }

    #[test]
    fn nobody_finds_a_person_in_a_log_a_title_or_a_file_name() {
        for audience in Audience::ALL {
            for medium in [Medium::Log, Medium::Title, Medium::FileName] {
                assert!(Field::ALL.iter().all(|field| show(*field, audience, medium) == Show::Nothing));
            }
        }
    }

    #[test]
    fn what_is_unmasked_is_never_less_and_for_another_township_never_his_home_or_illness() {
        for audience in Audience::ALL {
            for field in Field::ALL {
                let (before, after) =
                    (show(field, audience, Medium::Screen), show(field, audience, Medium::Unmasked));
                assert!(after >= before, "{field:?} {audience:?}");
            }
        }
        for field in [Field::Address, Field::Phone, Field::Account, Field::Text] {
            for medium in Medium::ALL {
                assert!(show(field, Audience::Other, medium) <= Show::Masked, "{field:?} {medium:?}");
            }
            assert_eq!(show(field, Audience::Other, Medium::Unmasked), Show::Nothing, "{field:?}");
        }
    }

    #[test]
    fn an_officer_sees_as_the_role_that_sees_most() {
        let (town, county) = (Office::Township(102), Office::County);
        for (office, roles, township, audience) in [
            (town, &[Role::Handler][..], Some(102), Audience::Own),
            (town, &[Role::Handler], Some(103), Audience::Other),
            (town, &[Role::Finance], None, Audience::Own),
            (county, &[Role::Approver], Some(103), Audience::County),
            (county, &[Role::Approver, Role::Supervisor], Some(103), Audience::County),
            (county, &[Role::Supervisor], Some(103), Audience::Supervisor),
            (county, &[Role::Finance], None, Audience::Finance),
            (county, &[Role::Administrator], Some(103), Audience::Administrator),
            (town, &[], Some(102), Audience::Administrator),
        ] {
            assert_eq!(Audience::of(&officer(office, roles), township), audience, "{office:?} {roles:?}");
        }
        let mut gone = officer(town, &[Role::Handler]);
        gone.ended = true;
        assert_eq!(Audience::of(&gone, Some(102)), Audience::Administrator);
    }

    #[test]
    fn masks_are_those_of_papers() {
        for (field, value, masked) in [
            (Field::IdNo, "21132119690412011X", "211321********011X"),
            (Field::IdNo, "H1234567", "********"),
            (Field::Name, "王桂兰", "王**"),
            (Field::Phone, "13900001234", "139****1234"),
            (Field::Account, "6217000000000000020", "***************0020"),
            (Field::Birth, "1969-04-12", "1969"),
            (Field::Text, "突发心梗", ""),
        ] {
            assert_eq!(mask(field, value), masked, "{field:?}");
        }
    }

    #[test]
    fn a_purpose_is_known_by_its_digit() {
        for purpose in LookPurpose::ALL {
            assert_eq!(LookPurpose::from_digit(purpose.digit()), Some(purpose));
        }
        assert_eq!(LookPurpose::from_digit(6), None);
    }
}
