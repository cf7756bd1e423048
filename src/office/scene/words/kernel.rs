//! Officers, keys, packs, tables, relatives.

use super::super::cast::number_of;
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{count, day, need, township};
use super::emergency::issue_codes;
use super::{Word, acting};
use crate::base::calendar::YearTable;
use crate::base::day::Day;
use crate::domain::command::Command;
use crate::domain::command::kernel::{
    AdoptPack, DataKey, Enrol, FileRelative, Found, KeyRevoke, KeySet, Roles, SetYear,
};
use crate::domain::office::{Office, Role};
use crate::domain::pack::CY_2021_15;
use crate::domain::private::Private;
use std::collections::BTreeSet;

const OFFICER: &[(&str, &str)] = &[
    ("office", "单位：县局 或乡镇名"),
    ("roles", "岗位：经办人,审批人,财务,督导,管理员"),
    ("name", "姓名"),
    ("by", "由谁办，缺省管理员 adm"),
];

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "x1", says: "再建立一次县局（应被拒绝）", ..acting("found", "建立", &["found"], found)
    },
    Word {
        form: "w3",
        args: OFFICER,
        says: "登记操作员",
        ..acting("enrol", "登记操作员", &["enrol"], enrol)
    },
    Word {
        form: "w1",
        args: OFFICER,
        says: "授予岗位：此后的全部岗位；roles=\"\" 为不再工作",
        ..acting("roles", "授予岗位", &["roles"], roles)
    },
    Word {
        form: "", says: "办理人换密码（新密钥）", ..acting("key-set", "设定密钥", &["key-set"], key_set)
    },
    Word {
        also: "key-revoke",
        form: "w1",
        args: &[("by", "由谁停用，缺省管理员 adm")],
        says: "停用他的密钥",
        ..acting("revoke", "停用密钥", &["key-revoke"], revoke)
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
        form: "2027 w1,a1",
        says: "把一年的数据密钥分发给操作员",
        ..acting("data-key", "分发数据密钥", &["data-key"], data_key)
    },
    Word {
        form: "",
        says: "办理人印发授权码单；用到授权码而没有码单的，自动印发",
        ..acting("issue-codes", "印发授权码单", &["issue-codes"], codes)
    },
    Word {
        form: "w1 A",
        says: "近亲属备案：A 是 w1 的近亲属",
        ..acting("file-relative", "近亲属备案", &["file-relative"], file_relative)
    },
];

fn office(text: &str) -> Result<Office, Stop> {
    if text == "县局" { Ok(Office::County) } else { township(text).map(Office::Township) }
}

fn role_set(text: &str) -> Result<BTreeSet<Role>, Stop> {
    let mut found = BTreeSet::new();
    for word in text.split([',', '，', '、']).filter(|word| !word.is_empty()) {
        let role = Role::ALL.into_iter().find(|role| role.zh() == word);
        found.insert(role.ok_or_else(|| {
            let all: Vec<&str> = Role::ALL.iter().map(|role| role.zh()).collect();
            Stop::wrong(format!("没有岗位「{word}」，可以写：{}", all.join(" ")))
        })?);
    }
    Ok(found)
}

fn found(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let founder = number_of(need(line, 0, "建立人的操作员号")?);
    let mut private = Private::default();
    private.officers.insert(founder.clone(), "建立人".to_owned());
    let key = r.stage()?.fresh_key(&founder)?;
    let division = crate::base::division::COUNTY.to_owned();
    let founder_key = key.sign.clone();
    r.act(vec![(Command::Found(Found { division, founder, founder_key, key, practice: true }), private)])
}

fn enrol(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = number_of(need(line, 0, "操作员号，1至8位数字")?);
    let mut private = Private::default();
    private.officers.insert(officer.clone(), line.arg("name").unwrap_or("新人").to_owned());
    let key = r.stage()?.fresh_key(&officer)?;
    let args = Enrol {
        office: office(line.arg("office").unwrap_or("县局"))?,
        roles: role_set(line.arg("roles").unwrap_or("经办人"))?,
        officer,
        key,
    };
    let officer = args.officer.clone();
    let by = r.officer(line.arg("by").unwrap_or("adm"))?;
    r.act_as(&by, vec![(Command::Enrol(args), private)])?;
    let year = r.today().year();
    give_data_key(r, &by, year, &[officer])
}

fn roles(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = r.officer(need(line, 0, "操作员号")?)?;
    let now = r.answers()?.officer(&officer);
    let args = Roles {
        office: match (line.arg("office"), now) {
            (Some(text), _) => office(text)?,
            (None, Some(now)) => now.office,
            (None, None) => Office::County,
        },
        roles: role_set(line.arg("roles").unwrap_or_default())?,
        officer,
    };
    let by = r.officer(line.arg("by").unwrap_or("adm"))?;
    r.act_as(&by, vec![(Command::Roles(args), Private::default())])
}

fn key_set(r: &mut Runner<'_>, _: &Line, _: &mut Played) -> Result<(), Stop> {
    let me = r.me()?;
    let key = r.stage()?.fresh_key(&me)?;
    r.act(vec![(Command::KeySet(KeySet { key }), Private::default())])
}

fn revoke(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = r.officer(need(line, 0, "操作员号")?)?;
    let key = r.answers()?.officer(&officer).and_then(|officer| officer.key).unwrap_or_default();
    let by = r.officer(line.arg("by").unwrap_or("adm"))?;
    r.act_as(&by, vec![(Command::KeyRevoke(KeyRevoke { officer, key }), Private::default())])
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

fn data_key(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let year = count(need(line, 0, "年份和操作员")?)?;
    let mut to = Vec::new();
    for no in need(line, 1, "操作员，如 w1,a1")?.split(',') {
        to.push(r.officer(no)?);
    }
    let me = r.me()?;
    give_data_key(r, &me, year, &to)
}

fn give_data_key(
    r: &mut Runner<'_>,
    by: &crate::domain::ids::OfficerNo,
    year: i32,
    to: &[crate::domain::ids::OfficerNo],
) -> Result<(), Stop> {
    let sealed = r.stage()?.sealed_data_key(year, to)?;
    r.act_as(by, vec![(Command::DataKey(DataKey { year, sealed }), Private::default())])
}

fn codes(r: &mut Runner<'_>, _: &Line, _: &mut Played) -> Result<(), Stop> {
    let me = r.me()?;
    issue_codes(r, &me)
}

fn file_relative(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = r.officer(need(line, 0, "操作员号和人")?)?;
    let person = r.person(need(line, 1, "人")?)?.id;
    r.act(vec![(Command::FileRelative(FileRelative { officer, person }), Private::default())])
}
