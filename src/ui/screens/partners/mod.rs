//! 协作单位: the register with its figures, and the form of one of them.

pub mod form;
pub mod list;

use crate::base::day::Day;
use crate::forms::Offer;
use crate::store::replica::views::partners::PartnerRow;

/// What F4 offers as 接收单位.
pub fn offers(rows: &[PartnerRow], today: Day) -> Vec<Offer> {
    let offer = |row: &PartnerRow| Offer {
        value: format!("{} {}", row.name, row.contact).trim_end().to_owned(),
        label: format!("{} {}", row.name, row.kind.zh()),
        hint: row.helps.clone(),
    };
    rows.iter().filter(|row| row.stands(today)).map(offer).collect()
}

/// Which partner a text begins with, on a day: 县慈善总会, or 县慈善总会 and who takes it there. The longest name is meant.
pub fn named<'a>(rows: &'a [PartnerRow], text: &str, on: Day) -> Option<&'a PartnerRow> {
    let means = |row: &&PartnerRow| {
        row.stands(on)
            && !row.name.is_empty()
            && text
                .strip_prefix(row.name.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    rows.iter().filter(means).max_by_key(|row| row.name.len())
}

#[cfg(test)]
pub(crate) mod fixtures {
    use super::*;
    use crate::base::money::Money;
    use crate::domain::ids::PartnerId;
    use crate::domain::partners::PartnerKind;
    use crate::ui::screens::testing::today;

    pub(crate) fn partner(no: u8, name: &str, kind: PartnerKind) -> PartnerRow {
        PartnerRow {
            id: PartnerId([no; 16]),
            kind,
            paired: (no == 2).then_some(102),
            since: today().plus(-30),
            until: None,
            by: "9003".into(),
            name: name.to_owned(),
            contact: "刘会长 0421-480012".to_owned(),
            helps: "大病救助项目、助学".to_owned(),
            reason: String::new(),
            referred: 3,
            done: 1,
            declined: 1,
            given: Money::from_fen(150_000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fixtures::partner;
    use super::*;
    use crate::domain::partners::PartnerKind;
    use crate::ui::screens::testing::today;

    #[test]
    fn a_body_is_meant_with_whom_takes_it_there_and_no_other_that_begins_alike() {
        let rows = [
            partner(1, "县慈善总会", PartnerKind::Charity),
            partner(2, "县慈善总会大庙分会", PartnerKind::Charity),
        ];
        let meant = |text: &str| named(&rows, text, today()).map(|row| row.id.0[0]);
        assert_eq!(meant("县慈善总会 刘会长"), Some(1));
        assert_eq!(meant("县慈善总会大庙分会"), Some(2));
        assert_eq!(meant("县慈善总会办公室"), None);
        assert_eq!(meant(&offers(&rows, today())[1].value), Some(2));
    }
}
