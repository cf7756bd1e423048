//! A policy pack (政策包): what a notice says and leaves open, as figures. A pack is adopted by a signed entry and embedded
//! in it by value; a case keeps the pack under which it was accepted or, paid first, under which it was paid.

use super::code_sheet::MOST;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::archive::Retention;
use crate::domain::nouns::Path;
use crate::domain::standard::Standards;
use serde::{Deserialize, Serialize};

/// The first pack, of 朝民发【2021】15号, as shipped.
pub const CY_2021_15: &str = include_str!("packs/CY-2021-15.toml");

/// A pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// The id, for example `CY-2021-15`.
    pub id: String,
    /// The notice's title.
    pub title: String,
    /// The document number.
    pub document: String,
    /// Notices it stands on.
    #[serde(default)]
    pub parents: Vec<String>,
    /// From which day it holds.
    pub effective: Day,
    /// Tiers.
    pub tier: TierFigures,
    /// Once a year.
    pub repeat: RepeatFigures,
    /// Paying first.
    pub first: FirstFigures,
    /// Sheets of spoken codes.
    #[serde(default)]
    pub codes: CodeFigures,
    /// Clocks.
    pub clocks: ClockFigures,
    /// Meetings.
    pub meeting: MeetingFigures,
    /// The steps of the expenditure path. Packs adopted before there were any have those of the first pack.
    #[serde(default)]
    pub path: PathFigures,
    /// The county's chain; a pack that says nothing of it has one approver and no more.
    #[serde(default)]
    pub county: CountyFigures,
    /// Filing with the county.
    #[serde(default)]
    pub filing: FilingFigures,
    /// Referrals.
    #[serde(default)]
    pub referral: ReferralFigures,
    /// Standards of assistance; a pack of before them asks for nothing.
    #[serde(default, skip_serializing_if = "Standards::is_empty")]
    pub standard: Standards,
    /// What follows a decision.
    #[serde(default)]
    pub after: AfterFigures,
    /// Approval at the screen.
    pub approval: ApprovalFigures,
    /// Payout.
    #[serde(default)]
    pub payout: PayoutFigures,
    /// Refusal notices.
    pub refusal: RefusalFigures,
    /// How long what is private is kept; packs from before it keep [`KEEP_YEARS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keeping: Option<KeepingFigures>,
}

/// Years from the closing of a case after which its private part may be destroyed, where a pack names none. The notice
/// names none either; 《机关文件材料归档范围和文书档案保管期限规定》(国家档案局令第8号) knows 永久, 定期30年 and 定期10年, and the
/// shortest is for what serves a single affair. A county archive that asks for longer writes it into the pack.
pub const KEEP_YEARS: u32 = 10;

/// 保管期限.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeepingFigures {
    /// Years from the closing of a case.
    pub years: u32,
}

/// 四（三）二.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierFigures {
    /// The township's limit, inclusive, fen.
    #[serde(rename = "township_limit_fen")]
    pub township_limit: Money,
    /// Days over which several matters of one household are summed, inclusive.
    pub split_days: u32,
}

/// 二, once a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepeatFigures {
    /// A second decision within so many days across the year's end asks for a reason.
    pub year_edge_days: u32,
    /// Above this sum of the year a second grant needs a county meeting, fen.
    #[serde(rename = "meeting_above_fen")]
    pub meeting_above: Money,
    /// Another matter of the same circumstance within so many days is probably the same.
    pub matter_dup_days: u32,
}

/// 四（三）一, paying first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstFigures {
    /// The township's cap for one matter, fen.
    #[serde(rename = "cap_fen")]
    pub cap: Money,
    /// Whether a farm (场) always needs the county's word.
    pub farm_needs_county: bool,
    /// Working days for the papers.
    pub paper_days: u32,
    /// On which working day to warn.
    pub paper_warn_days: u32,
    /// How many days the papers' day may move at once.
    pub still_urgent_days: u32,
}

/// Sheets of spoken codes (授权码单). A pack adopted before there were such figures has these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeFigures {
    /// How many codes a new sheet has.
    pub sheet: u32,
    /// With so many codes left, or fewer, the holder is reminded.
    pub low: u32,
    /// From so many days on he is reminded to take a new one.
    pub old_days: u32,
}

impl Default for CodeFigures {
    fn default() -> CodeFigures {
        CodeFigures { sheet: 20, low: 5, old_days: 90 }
    }
}

impl CodeFigures {
    /// How many codes are made: what a pack says is held within what a sheet may have.
    pub fn many(&self) -> u32 {
        self.sheet.clamp(1, u32::try_from(MOST).unwrap_or(1))
    }
}

/// Response clocks (S22) and the ordinary way's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockFigures {
    /// 严重: hours to the person.
    pub severe_visit_hours: u32,
    /// 严重: hours to the money.
    pub severe_money_hours: u32,
    /// 较重: hours to the person.
    pub serious_visit_hours: u32,
    /// 较重: hours to the money.
    pub serious_money_hours: u32,
    /// 偏轻: working days for both.
    pub light_days: u32,
    /// Township: working days to decide.
    pub township_days: u32,
    /// County: working days to decide.
    pub county_days: u32,
}

/// 一事一议.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingFigures {
    /// At least so many present.
    pub present: u16,
}

/// 四（三）一, the expenditure path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathFigures {
    /// At least so many surveyors.
    pub surveyors: u16,
    /// At least so many at the appraisal, without those who stood aside.
    pub appraisers: u16,
    /// At least so many of them of the township.
    pub appraisers_township: u16,
    /// For how many days an authorisation to look into means holds.
    pub means_days: u32,
    /// Days of the public notice, the posting day counted.
    pub notice_days: u32,
    /// Whether those are working days.
    pub notice_working: bool,
}

impl Default for PathFigures {
    fn default() -> Self {
        PathFigures {
            surveyors: 2,
            appraisers: 5,
            appraisers_township: 1,
            means_days: 180,
            notice_days: 3,
            notice_working: false,
        }
    }
}

/// The county's chain: 股室审核, 分管局长, the bureau's meeting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountyFigures {
    /// Whether the section examines cases of the emergency path (急难型) before the approver decides.
    pub examine_emergency: bool,
    /// The same of the expenditure path (支出型).
    pub examine_expenditure: bool,
    /// Above this sum the bureau's meeting decides first, fen.
    #[serde(rename = "meeting_above_fen", default, skip_serializing_if = "Option::is_none")]
    pub meeting_above: Option<Money>,
}

impl CountyFigures {
    /// Whether the section examines cases of a path before the approver decides.
    pub fn examines(&self, path: Path) -> bool {
        match path {
            Path::Emergency => self.examine_emergency,
            Path::Expenditure => self.examine_expenditure,
        }
    }
}

/// 备案.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilingFigures {
    /// Working days after a month's end until its roster is due.
    pub roster_days: u32,
    /// Working days to answer what was called back.
    pub answer_days: u32,
}

impl Default for FilingFigures {
    fn default() -> Self {
        FilingFigures { roster_days: 5, answer_days: 10 }
    }
}

/// 转介.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferralFigures {
    /// Days until a referral should be acknowledged.
    pub late_days: u32,
    /// 低保标准 of a year for one person, fen: who lives on less is asked about (四（二）2). None where the county names none.
    #[serde(rename = "allowance_year_fen", default, skip_serializing_if = "Option::is_none")]
    pub allowance_year: Option<Money>,
}

impl Default for ReferralFigures {
    fn default() -> Self {
        ReferralFigures { late_days: 7, allowance_year: None }
    }
}

/// 结果送达, 回访: by when; nothing is refused for them. Packs of before have those of the first pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AfterFigures {
    /// Working days after a decision until its paper has reached the applicant.
    pub deliver_days: u32,
    /// Days after the payment until somebody asks how he is.
    pub follow_days: u32,
}

impl Default for AfterFigures {
    fn default() -> Self {
        AfterFigures { deliver_days: 5, follow_days: 30 }
    }
}

/// Approval at the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalFigures {
    /// Above this sum the password is asked each time, fen.
    #[serde(rename = "password_above_fen")]
    pub password_above: Money,
}

/// 四（三）三, payout. Packs before it had none: then the county's own figures hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayoutFigures {
    /// An account that serves so many households asks for a reason.
    pub shared_households: usize,
}

impl Default for PayoutFigures {
    fn default() -> PayoutFigures {
        PayoutFigures { shared_households: 3 }
    }
}

/// What a refusal notice names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalFigures {
    /// 行政复议机关.
    pub review_body: String,
    /// Days to ask for review.
    pub review_days: u32,
    /// Months to sue.
    pub suit_months: u32,
}

impl Pack {
    /// Reads a pack. A text that is no pack is answered with the reader's words.
    pub fn read(toml: &str) -> Result<Pack, String> {
        toml::from_str(toml).map_err(|error| format!("政策包读不懂：{}", error.message()))
    }

    /// For how many years what is private is kept.
    pub fn keeping_years(&self) -> u32 {
        self.keeping.map_or(KEEP_YEARS, |figures| figures.years)
    }

    /// The day from which the private part of a case closed on a day may be destroyed.
    pub fn kept_until(&self, closed: Day) -> Day {
        years_after(closed, self.keeping_years())
    }

    /// The same where its paper was archived: for the longer of both terms. None where it is kept for ever.
    pub fn archived_until(&self, closed: Day, archived: Option<Retention>) -> Option<Day> {
        let Some(term) = archived else { return Some(self.kept_until(closed)) };
        term.years().map(|years| years_after(closed, years.max(self.keeping_years())))
    }
}

/// The day so many years after a day.
fn years_after(closed: Day, years: u32) -> Day {
    let year = closed.year().saturating_add(i32::try_from(years).unwrap_or(i32::MAX));
    let (month, day) = (closed.month(), closed.day_of_month());
    // The 29th of February comes a day later in most years; beyond the calendar nothing is ever due.
    Day::new(year, month, day)
        .or_else(|| Day::new(year, month.saturating_add(1), 1))
        .unwrap_or_else(|| closed.plus(i64::from(years).saturating_mul(366)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_pack_reads_with_the_notice_s_figures() {
        let pack = Pack::read(CY_2021_15).unwrap();
        assert_eq!(pack.id, "CY-2021-15");
        assert_eq!(pack.tier.township_limit, Money::from_fen(50_000));
        assert_eq!(pack.first.paper_days, 10);
        assert_eq!(pack.codes, CodeFigures::default(), "older packs, without these figures, read the same");
        let without = CY_2021_15.split("[codes]").next().unwrap().to_owned()
            + "[clocks]"
            + CY_2021_15.split("[clocks]").nth(1).unwrap();
        assert_eq!(Pack::read(&without).unwrap(), pack);
        let many = |sheet| CodeFigures { sheet, ..pack.codes }.many();
        assert_eq!((many(0), many(20), many(500)), (1, 20, 50));
    }

    #[test]
    fn what_is_private_is_kept_ten_years_or_as_long_as_the_pack_says() {
        let day = |y, m, d| Day::new(y, m, d).unwrap();
        let mut pack = Pack::read(CY_2021_15).unwrap();
        assert_eq!(pack.kept_until(day(2026, 3, 4)), day(2036, 3, 4));
        assert_eq!(pack.kept_until(day(2028, 2, 29)), day(2038, 3, 1));
        pack.keeping = Some(KeepingFigures { years: 30 });
        assert_eq!(pack.kept_until(day(2026, 3, 4)), day(2056, 3, 4));
    }

    #[test]
    fn a_pack_of_before_the_path_reads_with_the_first_pack_s_steps() {
        let (before, rest) = CY_2021_15.split_once("[path]").unwrap();
        let (_, behind) = rest.split_once("\n[").unwrap();
        let old = Pack::read(&format!("{before}[{behind}")).unwrap();
        assert_eq!(old, Pack::read(CY_2021_15).unwrap());
        assert_eq!(old.path, PathFigures::default());
    }

    #[test]
    fn a_pack_of_before_the_standards_has_none_and_each_shipped_band_says_by_whose_word() {
        let shipped = Pack::read(CY_2021_15).unwrap();
        let (before, rest) = CY_2021_15.split_once("[standard]").unwrap();
        let (_, behind) = rest.split_once("[after]").unwrap();
        let old = Pack::read(&format!("{before}[after]{behind}")).unwrap();
        assert!(old.standard.is_empty());
        assert_eq!(Pack { standard: shipped.standard.clone(), ..old }, shipped);
        assert!(!shipped.standard.is_empty());
        assert!(shipped.standard.bands.iter().all(|band| band.source == "县定"));
    }

    #[test]
    fn a_pack_with_an_unknown_figure_is_refused() {
        let text = CY_2021_15.replace("split_days", "split_dayz");
        assert!(Pack::read(&text).is_err());
    }
}
