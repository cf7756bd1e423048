//! The replica as plain tables (普通表格), so that nobody is locked in: people, households, teams, leads, cases, lines, papers,
//! grants, the fund's books, officers. Values as people read them; no id of ours but the numbers on paper.
//!
//! Masked unless asked for in full: whoever writes a file must not spread numbers and names by accident.

use super::fault::Result;
use super::{Ask, Reader};
use crate::base::day::{Day, Stamp};
use crate::base::division;
use crate::base::money::Money;
use crate::domain::nouns::{
    Applicant, Channel, Circumstance, ItemKind, LeadEnd, LineKind, PayBy, Severity, Stage, Status, Way,
};
use crate::domain::office::Office;
use crate::domain::privacy::{Audience, Field, Medium, shown};
use crate::domain::registers::DiscovererKind;
use crate::store::export::{Column, Kind, Table, Value};
use rusqlite::Row;

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plain {
    /// 人员.
    People,
    /// 家庭.
    Households,
    /// 主动发现队伍.
    Team,
    /// 线索.
    Leads,
    /// 办件.
    Cases,
    /// 明细.
    Lines,
    /// 手续.
    Items,
    /// 救助.
    Grants,
    /// 备用金.
    Funds,
    /// 操作员.
    Officers,
}

/// A table with all its rows.
pub type Whole = Table<Vec<Vec<Value>>>;

/// One column: its heading, its kind, and how its value is read.
type Reading = (&'static str, Kind, fn(&Row<'_>, usize, bool) -> rusqlite::Result<Value>);

impl Plain {
    /// Every table, in the order of the listing.
    pub const ALL: [Plain; 10] = [
        Plain::People,
        Plain::Households,
        Plain::Team,
        Plain::Leads,
        Plain::Cases,
        Plain::Lines,
        Plain::Items,
        Plain::Grants,
        Plain::Funds,
        Plain::Officers,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Plain::People => "people",
            Plain::Households => "households",
            Plain::Team => "team",
            Plain::Leads => "leads",
            Plain::Cases => "cases",
            Plain::Lines => "lines",
            Plain::Items => "items",
            Plain::Grants => "grants",
            Plain::Funds => "funds",
            Plain::Officers => "officers",
        }
    }

    /// The title of the file or sheet.
    pub fn zh(self) -> &'static str {
        match self {
            Plain::People => "人员",
            Plain::Households => "家庭",
            Plain::Team => "主动发现队伍",
            Plain::Leads => "线索",
            Plain::Cases => "办件",
            Plain::Lines => "救助明细",
            Plain::Items => "补办手续",
            Plain::Grants => "救助",
            Plain::Funds => "备用金台账",
            Plain::Officers => "操作员",
        }
    }

    fn sql(self) -> &'static str {
        match self {
            Plain::People => {
                "SELECT q.name, q.id_no, q.sex, q.birth, q.phone, q.address, q.account, q.bank, p.resident, p.papers, p.died,
                   (SELECT h.township FROM membership m JOIN household h ON h.id = m.household
                      WHERE m.person = p.id AND m.until IS NULL LIMIT 1),
                   (SELECT h.village FROM membership m JOIN household h ON h.id = m.household
                      WHERE m.person = p.id AND m.until IS NULL LIMIT 1)
                 FROM person p LEFT JOIN person_private q ON q.person = p.id ORDER BY p.noted_n, p.id"
            }
            Plain::Households => {
                "SELECT h.township, h.village, h.status, h.size, h.since, q.name, q.id_no, m.relation, m.since, m.until
                 FROM household h JOIN membership m ON m.household = h.id
                 LEFT JOIN person_private q ON q.person = m.person ORDER BY h.township, h.village, h.id, m.seq"
            }
            Plain::Leads => {
                "SELECT l.number, l.channel, l.township, l.village, l.circumstance, l.severity, l.at, l.due_visit, l.due_money,
                   q.name, l.said, l.by, l.answered, l.ended, l.reason, coalesce(d.name, l.found_by)
                 FROM lead l LEFT JOIN person_private q ON q.person = l.person
                 LEFT JOIN discoverer d ON d.id = l.discoverer ORDER BY l.n"
            }
            Plain::Team => {
                "SELECT d.township, d.village, d.name, d.kind, d.phone, d.since, d.until,
                   (SELECT count(*) FROM lead l WHERE l.discoverer = d.id), d.reason
                 FROM discoverer d ORDER BY d.township, d.village, d.since, d.id"
            }
            Plain::Cases => {
                "SELECT c.number, m.number, q.name, q.id_no, c.applicant, c.helped, c.township, c.village, c.circumstance,
                   c.severity, c.way, c.stage, c.accepted, c.handler, c.asked, c.granted, c.decided_by, c.decided_on, c.reason
                 FROM cases c LEFT JOIN matter m ON m.id = c.matter LEFT JOIN person_private q ON q.person = c.person
                 ORDER BY c.opened, c.number"
            }
            Plain::Lines => {
                "SELECT c.number, l.part, l.kind, l.amount, l.item, l.unit, l.quantity_milli, l.price, l.pay_by, p.at, p.by, p.amount
                 FROM line l JOIN cases c ON c.id = l.case_id
                 LEFT JOIN line_paid p ON p.case_id = l.case_id AND p.line = l.line AND l.part = 2
                 ORDER BY c.opened, c.number, l.part, l.pos"
            }
            Plain::Items => {
                "SELECT c.number, i.kind, i.due, i.handler, i.noted, i.done
                 FROM item i JOIN cases c ON c.id = i.case_id ORDER BY i.due, c.number, i.kind"
            }
            Plain::Grants => {
                "SELECT g.number, q.name, q.id_no, g.circumstance, g.township, g.village, g.way, g.amount, g.on_day,
                   g.provisional, g.paid, substr(g.src, 1, 1) = x'49', g.reason
                 FROM grant_ g JOIN grant_person w ON w.src = g.src LEFT JOIN person_private q ON q.person = w.person
                 ORDER BY g.on_day, g.src, w.person"
            }
            Plain::Funds => {
                "SELECT v.township, v.voucher, v.on_day, v.why, p.account, p.amount, c.number, v.by, v.text
                 FROM voucher v JOIN posting p ON p.seq = v.seq LEFT JOIN cases c ON c.id = v.case_id ORDER BY v.seq, p.pos"
            }
            Plain::Officers => {
                "SELECT o.no, q.name, o.office, (SELECT group_concat(r.role, ',') FROM role r WHERE r.officer = o.no),
                   o.since, o.ended
                 FROM officer o LEFT JOIN officer_private q ON q.no = o.no ORDER BY o.no"
            }
        }
    }

    fn columns(self) -> &'static [Reading] {
        match self {
            Plain::People => &[
                ("姓名", Kind::Text, name),
                ("证件号", Kind::Text, id_no),
                ("性别", Kind::Text, sex),
                ("出生日期", Kind::Day, birth),
                ("电话", Kind::Text, phone),
                ("地址", Kind::Text, address),
                ("账号", Kind::Text, account),
                ("开户行", Kind::Text, text),
                ("本县户籍", Kind::Text, yes),
                ("有证件", Kind::Text, yes),
                ("死亡日期", Kind::Day, day),
                ("乡镇", Kind::Text, township),
                ("村", Kind::Text, village),
            ],
            Plain::Households => &[
                ("乡镇", Kind::Text, township),
                ("村", Kind::Text, village),
                ("身份", Kind::Text, |r, at, _| word(r, at, Status::from_digit, Status::zh)),
                ("家庭人口", Kind::Integer, integer),
                ("登记日期", Kind::Day, day),
                ("姓名", Kind::Text, name),
                ("证件号", Kind::Text, id_no),
                ("关系代码", Kind::Text, text),
                ("起", Kind::Day, day),
                ("止", Kind::Day, day),
            ],
            Plain::Leads => &[
                ("编号", Kind::Text, text),
                ("渠道", Kind::Text, |r, at, _| word(r, at, Channel::from_digit, Channel::zh)),
                ("乡镇", Kind::Text, township),
                ("村", Kind::Text, village),
                ("情形", Kind::Text, circumstance),
                ("程度", Kind::Text, |r, at, _| word(r, at, Severity::from_digit, Severity::zh)),
                ("接报时间", Kind::Text, moment),
                ("到场时限", Kind::Text, moment),
                ("救助时限", Kind::Text, moment),
                ("姓名", Kind::Text, name),
                ("情况", Kind::Text, private),
                ("登记人", Kind::Text, text),
                ("到场时间", Kind::Text, moment),
                ("结果", Kind::Text, |r, at, _| word(r, at, LeadEnd::from_digit, LeadEnd::zh)),
                ("原因", Kind::Text, private),
                ("发现人", Kind::Text, name),
            ],
            Plain::Team => &[
                ("乡镇", Kind::Text, township),
                ("村", Kind::Text, village),
                ("姓名", Kind::Text, name),
                ("类别", Kind::Text, |r, at, _| {
                    word(r, at, DiscovererKind::from_digit, DiscovererKind::zh)
                }),
                ("电话", Kind::Text, phone),
                ("入队日期", Kind::Day, day),
                ("离队日期", Kind::Day, day),
                ("线索", Kind::Integer, integer),
                ("离队原因", Kind::Text, private),
            ],
            Plain::Cases => &[
                ("编号", Kind::Text, text),
                ("事项号", Kind::Text, text),
                ("申请人", Kind::Text, name),
                ("证件号", Kind::Text, id_no),
                ("对象", Kind::Text, |r, at, _| word(r, at, Applicant::from_digit, Applicant::zh)),
                ("受助人数", Kind::Integer, integer),
                ("乡镇", Kind::Text, township),
                ("村", Kind::Text, village),
                ("情形", Kind::Text, circumstance),
                ("程度", Kind::Text, |r, at, _| word(r, at, Severity::from_digit, Severity::zh)),
                ("方式", Kind::Text, |r, at, _| word(r, at, Way::from_digit, Way::zh)),
                ("状态", Kind::Text, |r, at, _| word(r, at, Stage::from_digit, Stage::zh)),
                ("受理日期", Kind::Day, day),
                ("经办人", Kind::Text, text),
                ("申请金额", Kind::Money, money),
                ("批准金额", Kind::Money, money),
                ("决定人", Kind::Text, text),
                ("决定日期", Kind::Day, day),
                ("事由", Kind::Text, private),
            ],
            Plain::Lines => &[
                ("编号", Kind::Text, text),
                ("申请或批准", Kind::Text, |r, at, _| {
                    Ok(Value::text(if whole(r, at)? == Some(2) { "批准" } else { "申请" }))
                }),
                ("种类", Kind::Text, |r, at, _| word(r, at, LineKind::from_digit, LineKind::zh)),
                ("金额", Kind::Money, money),
                ("品名", Kind::Text, text),
                ("单位", Kind::Text, text),
                ("数量（千分）", Kind::Integer, integer),
                ("单价", Kind::Money, money),
                ("渠道", Kind::Text, |r, at, _| word(r, at, PayBy::from_digit, PayBy::zh)),
                ("发放时间", Kind::Text, moment),
                ("发放人", Kind::Text, text),
                ("发放金额", Kind::Money, money),
            ],
            Plain::Items => &[
                ("编号", Kind::Text, text),
                ("手续", Kind::Text, |r, at, _| word(r, at, ItemKind::from_digit, ItemKind::zh)),
                ("期限", Kind::Day, day),
                ("责任人", Kind::Text, text),
                ("已预填", Kind::Text, yes),
                ("补齐日期", Kind::Day, day),
            ],
            Plain::Grants => &[
                ("编号", Kind::Text, text),
                ("姓名", Kind::Text, name),
                ("证件号", Kind::Text, id_no),
                ("情形", Kind::Text, circumstance),
                ("乡镇", Kind::Text, township),
                ("村", Kind::Text, village),
                ("方式", Kind::Text, |r, at, _| word(r, at, Way::from_digit, Way::zh)),
                ("金额（全户）", Kind::Money, money),
                ("日期", Kind::Day, day),
                ("未最终决定", Kind::Text, yes),
                ("已发放", Kind::Text, yes),
                ("往年台账", Kind::Text, yes),
                ("事由", Kind::Text, private),
            ],
            Plain::Funds => &[
                ("乡镇", Kind::Text, township),
                ("凭证号", Kind::Text, text),
                ("日期", Kind::Day, day),
                ("摘要", Kind::Text, text),
                ("账户", Kind::Text, text),
                ("金额", Kind::Money, money),
                ("办件", Kind::Text, text),
                ("经办", Kind::Text, text),
                ("说明", Kind::Text, private),
            ],
            Plain::Officers => &[
                ("操作员号", Kind::Text, text),
                ("姓名", Kind::Text, text),
                ("单位", Kind::Text, office),
                ("岗位", Kind::Text, text),
                ("登记时间", Kind::Text, moment),
                ("已停用", Kind::Text, yes),
            ],
        }
    }
}

impl Reader {
    /// A whole table; `full` shows numbers, names and texts, else they are masked.
    ///
    /// # Errors
    /// SQLite's.
    pub fn plain(&self, table: Plain, full: bool) -> Result<Whole> {
        let readings = table.columns();
        let mut statement = self.db().prepare(table.sql())?;
        let rows = statement.query_map([], |row| {
            readings.iter().enumerate().map(|(at, (_, _, read))| read(row, at, full)).collect()
        })?;
        let rows: Vec<Vec<Value>> = rows.collect::<rusqlite::Result<_>>()?;
        let practice: bool =
            self.db().query_row("SELECT COALESCE(MAX(practice), 0) FROM county", [], |row| row.get(0))?;
        let columns = readings.iter().map(|(heading, kind, _)| Column::new(heading, *kind)).collect();
        Ok(Table { title: table.zh().to_owned(), columns, rows, practice })
    }
}

fn whole(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<i64>> {
    row.get(at)
}

fn string(row: &Row<'_>, at: usize) -> rusqlite::Result<String> {
    Ok(row.get::<_, Option<String>>(at)?.unwrap_or_default())
}

fn text(row: &Row<'_>, at: usize, _: bool) -> rusqlite::Result<Value> {
    Ok(Value::text(&string(row, at)?))
}

fn integer(row: &Row<'_>, at: usize, _: bool) -> rusqlite::Result<Value> {
    Ok(whole(row, at)?.map_or(Value::Empty, Value::Integer))
}

fn money(row: &Row<'_>, at: usize, _: bool) -> rusqlite::Result<Value> {
    Ok(whole(row, at)?.map_or(Value::Empty, |fen| Value::Money(Money::from_fen(fen))))
}

fn day(row: &Row<'_>, at: usize, _: bool) -> rusqlite::Result<Value> {
    Ok(row.get::<_, Option<Day>>(at)?.map_or(Value::Empty, Value::Day))
}

fn moment(row: &Row<'_>, at: usize, _: bool) -> rusqlite::Result<Value> {
    Ok(whole(row, at)?.map_or(Value::Empty, |ms| Value::Text(Stamp(ms).text())))
}

fn yes(row: &Row<'_>, at: usize, _: bool) -> rusqlite::Result<Value> {
    Ok(whole(row, at)?.map_or(Value::Empty, |flag| Value::text(if flag == 0 { "否" } else { "是" })))
}

fn word<T: Copy>(
    row: &Row<'_>,
    at: usize,
    read: fn(u8) -> Option<T>,
    zh: fn(T) -> &'static str,
) -> rusqlite::Result<Value> {
    let digit = whole(row, at)?.and_then(|digit| u8::try_from(digit).ok());
    Ok(digit.and_then(read).map_or(Value::Empty, |known| Value::text(zh(known))))
}

fn circumstance(row: &Row<'_>, at: usize, _: bool) -> rusqlite::Result<Value> {
    word(row, at, Circumstance::from_digit, Circumstance::zh)
}

fn sex(row: &Row<'_>, at: usize, _: bool) -> rusqlite::Result<Value> {
    Ok(row.get::<_, Option<crate::base::id_no::Sex>>(at)?.map_or(Value::Empty, |sex| Value::text(sex.zh())))
}

fn township(row: &Row<'_>, at: usize, _: bool) -> rusqlite::Result<Value> {
    let code = whole(row, at)?.and_then(|code| u16::try_from(code).ok());
    Ok(code.and_then(division::township).map_or(Value::Empty, |known| Value::text(known.name)))
}

fn village(row: &Row<'_>, at: usize, _: bool) -> rusqlite::Result<Value> {
    let code = whole(row, at)?.and_then(|code| u64::try_from(code).ok());
    Ok(code.and_then(division::village).map_or(Value::Empty, |known| Value::text(known.short)))
}

fn office(row: &Row<'_>, at: usize, _: bool) -> rusqlite::Result<Value> {
    Ok(match row.get::<_, Office>(at)? {
        Office::County => Value::text("县局"),
        Office::Township(code) => Value::text(division::township(code).map_or("", |known| known.name)),
    })
}

/// A field of the privacy table: in full, or as a table for other programs may carry it.
fn field(row: &Row<'_>, at: usize, full: bool, field: Field) -> rusqlite::Result<Value> {
    let value = string(row, at)?;
    // Whoever exports in full signed in for it; what he may not see is not asked for.
    let value = if full { value } else { shown(field, &value, Audience::County, Medium::Export) };
    Ok(if value.is_empty() && !full { Value::Empty } else { Value::text(&value) })
}

fn name(row: &Row<'_>, at: usize, full: bool) -> rusqlite::Result<Value> {
    field(row, at, full, Field::Name)
}

fn id_no(row: &Row<'_>, at: usize, full: bool) -> rusqlite::Result<Value> {
    field(row, at, full, Field::IdNo)
}

fn phone(row: &Row<'_>, at: usize, full: bool) -> rusqlite::Result<Value> {
    field(row, at, full, Field::Phone)
}

fn account(row: &Row<'_>, at: usize, full: bool) -> rusqlite::Result<Value> {
    field(row, at, full, Field::Account)
}

/// The year alone where it is masked, as a day cannot say it.
fn birth(row: &Row<'_>, at: usize, full: bool) -> rusqlite::Result<Value> {
    if full { day(row, at, full) } else { field(row, at, full, Field::Birth) }
}

fn address(row: &Row<'_>, at: usize, full: bool) -> rusqlite::Result<Value> {
    field(row, at, full, Field::Address)
}

/// Free text: left out where it is masked, since nobody knows what stands in it.
fn private(row: &Row<'_>, at: usize, full: bool) -> rusqlite::Result<Value> {
    field(row, at, full, Field::Text)
}
