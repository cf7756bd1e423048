//! The county, one's own key, packs, tables, relatives.

use super::super::cast::number_of;
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{count, day, need, township};
use super::emergency::issue_codes;
use super::{Word, acting};
use crate::base::calendar::YearTable;
use crate::base::day::Day;
use crate::domain::command::Command;
use crate::domain::command::kernel::{AdoptPack, FileRelative, Found, KeySet, SetYear};
use crate::domain::pack::CY_2021_15;
use crate::domain::period::Period;
use crate::domain::private::Private;
use std::collections::BTreeMap;

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "x1", says: "再建立一次县局（应被拒绝）", ..acting("found", "建立", &["found"], found)
    },
    Word {
        form: "",
        args: &[("data", "一并封到新密钥的数据密钥：全部、少一、别的年份、坏的；不写则不封")],
        says: "办理人换密码（新密钥）",
        ..acting("key-set", "设定密钥", &["key-set"], key_set)
    },
    Word {
        form: "CY-2026-1",
        open_args: true,
        says: "采用新政策包：在首个政策包上改数，如 tier.township_limit_fen=80000",
        ..acting("adopt-pack", "采用政策包", &["adopt-pack"], adopt_pack)
    },
    Word {
        form: "2027",
        args: &[("off", "放假日，如 2027-01-01,2027-01-02"), ("work", "调休上班日")],
        says: "补充节假日表",
        ..acting("set-year", "补充节假日表", &["set-year"], set_year)
    },
    Word {
        form: "",
        says: "办理人印发授权码单；用到授权码而没有码单的，自动印发",
        ..acting("issue-codes", "印发授权码单", &["issue-codes"], codes)
    },
    Word {
        form: "w1 A",
        args: &[("relation", "关系"), ("born", "出生年"), ("township", "所在乡镇，缺省随他的家庭")],
        says: "近亲属备案：A 是 w1 的近亲属",
        ..acting("file-relative", "近亲属备案", &["file-relative"], file_relative)
    },
];

fn found(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let founder = number_of(need(line, 0, "建立人的操作员号")?);
    let mut private = Private::default();
    private.officers.insert(founder.clone(), "建立人".to_owned());
    let key = r.stage()?.fresh_key(&founder)?;
    let division = crate::base::division::COUNTY.to_owned();
    let founder_key = key.sign.clone();
    r.act(vec![(
        Command::Found(Found { division, founder, founder_key, key, recovery: None, practice: true }),
        private,
    )])
}

fn key_set(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let me = r.me()?;
    let key = r.stage()?.fresh_key(&me)?;
    let own = r.answers()?.key_of(&me).and_then(|own| own.id()).unwrap_or_default();
    let mut periods = r.answers()?.sealed_to(&own);
    match line.arg("data") {
        None => periods.clear(),
        Some("少一") => drop(periods.pop_last()),
        Some("别的年份") => drop(periods.insert(Period::of(2031))),
        Some("全部" | "坏的") => {}
        Some(other) => return Err(Stop::wrong(format!("不知道 data={other}"))),
    }
    let mut data = BTreeMap::new();
    for period in periods {
        let sealed = r.stage()?.sealed_data_key(period, std::slice::from_ref(&key))?;
        data.extend(sealed.into_values().map(|sealed| (period, sealed)));
    }
    if line.arg("data") == Some("坏的") {
        data.values_mut().for_each(|sealed| sealed.push('0'));
    }
    r.act(vec![(Command::KeySet(KeySet { key, data }), Private::default())])
}

/// The first pack under a new id, with figures changed: `section.figure=value`.
fn adopt_pack(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let bad = |what: &str| Stop::wrong(format!("政策包没有 {what}，写法如 tier.township_limit_fen=80000"));
    let mut pack: toml::Table = CY_2021_15.parse().map_err(|_| bad(""))?;
    pack.insert("id".to_owned(), toml::Value::String(need(line, 0, "新政策包的号")?.to_owned()));
    for (key, value) in line.args.iter().filter(|(key, _)| !key.starts_with("W-")) {
        let (section, figure) = key.split_once('.').ok_or_else(|| bad(key))?;
        let section = pack.get_mut(section).and_then(toml::Value::as_table_mut).ok_or_else(|| bad(key))?;
        let old = section.get_mut(figure).ok_or_else(|| bad(key))?;
        *old = match old {
            toml::Value::Integer(_) => toml::Value::Integer(count(value)?),
            toml::Value::Boolean(_) => toml::Value::Boolean(super::super::values::flag(value)?),
            _ => toml::Value::String(value.clone()),
        };
    }
    let toml = toml::to_string(&pack).map_err(|_| bad(""))?;
    r.act(vec![(Command::AdoptPack(AdoptPack { toml }), Private::default())])
}

fn days(text: Option<&str>) -> Result<Vec<Day>, Stop> {
    text.unwrap_or_default().split(',').filter(|text| !text.is_empty()).map(day).collect()
}

fn set_year(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let table = YearTable {
        year: count(need(line, 0, "年份")?)?,
        off: days(line.arg("off"))?,
        work: days(line.arg("work"))?,
    };
    r.act(vec![(Command::SetYear(SetYear { table }), Private::default())])
}

fn codes(r: &mut Runner<'_>, _: &Line, _: &mut Played) -> Result<(), Stop> {
    let me = r.me()?;
    issue_codes(r, &me)
}

fn file_relative(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = r.officer(need(line, 0, "操作员号和人")?)?;
    let person = r.person(need(line, 1, "人")?)?.id;
    let mut private = Private::default();
    let file = FileRelative {
        officer,
        person,
        relation: line.arg("relation").and_then(|text| private.put("relation", text)),
        born: line.arg("born").and_then(|text| private.put("born", text)),
        township: line.arg("township").map(township).transpose()?,
    };
    r.act(vec![(Command::FileRelative(file), private)])
}
