//! F21 主动发现、急难求助登记簿: everything that was heard in a year, whoever said it, with when somebody was there and what
//! became of it; behind it the figures by village (四（一）二).

use super::parts::{moment, officer, place, signed};
use super::sheets::{finished, form};
use super::{Printed, Printing};
use crate::domain::nouns::Channel;
use crate::store::export::paper::{Align, Block, PaperColumn};
use crate::store::replica::views::discovery::{Figures, HeardRow, Took, by_village, in_all};

const RULE: &str = "依据：实施办法四（一）二、三。到人用时从接报算起，按小时，不足一小时的算一小时；决定用时从接报当日算起，按天。\
                    还没有到场、没有决定的不计入用时。";

/// The register. `whose` is the office, `year` the year or none for all.
pub fn register(whose: String, year: Option<i32>, rows: &[HeardRow], printing: &Printing) -> Printed {
    let mut blocks = vec![lines(rows, printing), Block::Text("各村统计".to_owned()), villages(rows)];
    blocks.push(Block::Signatures(vec![signed("经办人", "", ""), signed("审批人", "", "")]));
    let span = year.map_or("全部".to_owned(), |year| year.to_string());
    let printed = finished("主动发现、急难求助登记簿", format!("{span}/F21"), RULE, blocks, printing);
    let mut printed = form(whose, printed);
    let whole = year.map_or("全部年度".to_owned(), |year| format!("{year}年"));
    printed.paper.header.push(("年度".to_owned(), whole));
    printed.paper.landscape = true;
    printed
}

fn lines(rows: &[HeardRow], printing: &Printing) -> Block {
    let cells = rows.iter().enumerate().map(|(at, row)| {
        let told = [row.caller.as_str(), &row.caller_phone].join(" ").trim().to_owned();
        let where_ = place(Some(row.township), row.village);
        let (state, told_of) = (format!("{} {}", row.circumstance.zh(), row.severity.zh()), &row.said);
        vec![
            (at + 1).to_string(),
            row.number.clone(),
            moment(row.at),
            row.channel.zh().to_owned(),
            told,
            row.found_by.clone(),
            row.name.clone(),
            format!("{where_} {}", row.place).trim_end().to_owned(),
            format!("{state} {told_of}").trim_end().to_owned(),
            row.answered.map_or_else(String::new, moment),
            became(row),
            officer(printing, &row.by),
        ]
    });
    Block::Table {
        columns: vec![
            PaperColumn::new("序号", 1).aligned(Align::Center),
            PaperColumn::new("编号", 3),
            PaperColumn::new("接报时间", 3),
            PaperColumn::new("渠道", 2),
            PaperColumn::new("反映人、电话", 3),
            PaperColumn::new("发现人", 2),
            PaperColumn::new("困难人", 2),
            PaperColumn::new("地点", 4),
            PaperColumn::new("情况", 6),
            PaperColumn::new("到场时间", 3),
            PaperColumn::new("结果", 4),
            PaperColumn::new("登记人", 2),
        ],
        rows: cells.collect(),
        total: Vec::new(),
    }
}

/// What became of it: the case and when it was decided, how it ended otherwise, or that it is open.
fn became(row: &HeardRow) -> String {
    match (&row.case, row.ended) {
        (Some((_, number)), _) => {
            let decided = row.decided.map_or("未决定".to_owned(), |day| format!("{day}决定"));
            format!("立件{number}，{decided}")
        }
        (None, Some(end)) => format!("{} {}", end.zh(), row.reason).trim_end().to_owned(),
        (None, None) => "未了结".to_owned(),
    }
}

fn took(took: Took) -> [String; 3] {
    if took.count == 0 {
        return [String::new(), String::new(), String::new()];
    }
    [took.count, took.median, took.longest].map(|figure| figure.to_string())
}

fn counted(first: String, figures: &Figures) -> Vec<String> {
    let mut cells = vec![first, figures.leads.to_string()];
    cells.extend(figures.by_channel.iter().map(u32::to_string));
    cells.extend(took(figures.visited));
    cells.extend(took(figures.decided));
    cells
}

fn villages(rows: &[HeardRow]) -> Block {
    let mut columns =
        vec![PaperColumn::new("乡镇、村（居）", 5), PaperColumn::new("线索", 2).aligned(Align::Right)];
    let figure = |head: &str| PaperColumn::new(head, 2).aligned(Align::Right);
    columns.extend(Channel::ALL.iter().map(|channel| figure(channel.zh())));
    for head in ["到人（条）", "中位（时）", "最长（时）", "决定（条）", "中位（天）", "最长（天）"]
    {
        columns.push(figure(head));
    }
    let cells = by_village(rows).into_iter().map(|((township, village), figures)| {
        let whose = place(Some(township), village);
        counted(if village.is_none() { format!("{whose} 村不详") } else { whose }, &figures)
    });
    Block::Table { columns, rows: cells.collect(), total: counted("合计".to_owned(), &in_all(rows)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::{Day, Stamp};
    use crate::domain::ids::{CaseId, LeadId};
    use crate::domain::nouns::{Circumstance, LeadEnd, Severity};
    use crate::office::print::{html, tests::printing};

    fn day(day: u32) -> Day {
        Day::new(2026, 3, day).unwrap()
    }

    fn heard(no: u8, channel: Channel) -> HeardRow {
        HeardRow {
            lead: LeadId([no; 16]),
            number: format!("X26-102-000{no}"),
            at: Stamp::at(day(2), 9, 10),
            channel,
            township: 102,
            village: Some(211_321_102_201),
            caller: "村民".to_owned(),
            caller_phone: "139****0001".to_owned(),
            found_by: if channel.finds() { "孙秀兰".to_owned() } else { String::new() },
            name: "郑有田".to_owned(),
            place: "三组".to_owned(),
            circumstance: Circumstance::Accident,
            severity: Severity::Severe,
            said: "夜里房屋失火".to_owned(),
            by: "1021".into(),
            answered: None,
            ended: None,
            reason: String::new(),
            case: None,
            decided: None,
        }
    }

    #[test]
    fn the_register_says_of_each_what_became_of_it_and_counts_the_villages() {
        let decided = HeardRow {
            answered: Some(Stamp::at(day(2), 10, 30)),
            case: Some((CaseId([7; 16]), "26-102-0007".to_owned())),
            ended: Some(LeadEnd::Case),
            decided: Some(day(5)),
            ..heard(1, Channel::Volunteer)
        };
        let ended = HeardRow {
            ended: Some(LeadEnd::Referred),
            reason: "已转医疗救助".to_owned(),
            village: None,
            ..heard(2, Channel::Hotline)
        };
        let rows = [decided, ended, heard(3, Channel::Volunteer)];
        assert_eq!((rows[0].hours(), rows[0].days()), (Some(2), Some(3)), "a begun hour is one");
        let page = html::page(&register("波罗赤镇".to_owned(), Some(2026), &rows, &printing(false)).paper);
        for text in
            ["主动发现、急难求助登记簿", "2026年", "立件26-102-0007", "转介", "未了结", "孙秀兰", "村不详"]
        {
            assert!(page.contains(text), "{text}");
        }
        assert_eq!(
            counted("合计".to_owned(), &in_all(&rows)),
            ["合计", "3", "0", "1", "0", "2", "0", "0", "1", "2", "2", "1", "3", "3"]
        );
        assert_eq!(by_village(&rows).len(), 2);
    }
}
