//! The kernel's verbs: county, officers, keys, packs, tables. The administrator has no business rights, and whoever has
//! business rights is no administrator.

use super::duties;
use crate::domain::code::Code;
use crate::domain::command::kernel::{AdoptPack, DataKey, FileRelative, Found, KeySet, NewKey, SetYear};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role};
use crate::domain::pack::Pack;
use crate::domain::period::Period;
use crate::domain::powers::{RECOVERY, is_recovery};
use crate::domain::refusal::Refusal;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn administrator(cx: &Ctx<'_>, out: &mut Collect) {
    duties::author(cx, out, &[Role::Administrator]);
}

/// A new key: its public half must be one, and nobody's before.
pub(super) fn key(cx: &Ctx<'_>, out: &mut Collect, officer: &OfficerNo, key: &NewKey) {
    match key.id() {
        Some(id) => {
            if cx.answers.key_given(&id) {
                out.say(Code::Duplicate, "key", "这把密钥已经用过，请在操作员的电脑上重新生成。");
            }
            let data = BTreeMap::new();
            out.fact(Fact::KeyGiven { officer: officer.clone(), id, key: key.clone(), data });
        }
        None => out.say(Code::SigKey, "key", "新密钥不完整，请在操作员的电脑上重新生成。"),
    }
}

pub(super) fn officer_no(out: &mut Collect, no: &OfficerNo) {
    if no.0.is_empty() || no.0.len() > 8 || !no.0.bytes().all(|byte| byte.is_ascii_digit()) {
        out.say(Code::Unknown, "officer", "操作员号须是1至8位数字，请改正。");
    } else if is_recovery(no) {
        out.say(Code::Unknown, "officer", "操作员号0留给恢复种子，请另选一个。");
    }
}

pub(super) fn office(out: &mut Collect, office: Office, roles: &BTreeSet<Role>) {
    if let Some(code) = office.township()
        && crate::base::division::township(code).is_none()
    {
        out.say(Code::Unknown, "office", format!("没有乡镇代码{code:03}，请按F4选择。"));
    }
    if roles.contains(&Role::Administrator) && roles.len() > 1 {
        out.say(Code::Role, "roles", "管理员不能兼任业务岗位，请只选管理员，或去掉管理员。");
    }
}

/// 建立: once, by the founder, who is the first administrator.
pub(super) fn found(cx: &Ctx<'_>, args: &Found) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    if cx.answers.county().is_some() {
        out.say(Code::Duplicate, "", "县局已经建立，请登录，不要重复建立。");
    }
    if args.founder != cx.author.no {
        out.say(Code::Role, "founder", "建立须由第一位管理员本人签名，请改正操作员号。");
    }
    if args.division != crate::base::division::COUNTY {
        out.say(Code::Unknown, "division", format!("区划代码须为{}。", crate::base::division::COUNTY));
    }
    if args.founder_key != args.key.sign {
        out.say(Code::SigKey, "key", "建立人的公钥写了两次而不一致，请重新建立。");
    }
    officer_no(&mut out, &args.founder);
    duties::clock(cx, &mut out);
    out.fact(Fact::CountyFounded { division: args.division.clone(), practice: args.practice });
    out.fact(Fact::OfficerEnrolled {
        officer: args.founder.clone(),
        office: Office::County,
        roles: BTreeSet::from([Role::Administrator]),
        limit: None,
    });
    key(cx, &mut out, &args.founder, &args.key);
    if let Some(seed) = &args.recovery {
        let nobody = OfficerNo(RECOVERY.to_owned());
        out.fact(Fact::OfficerEnrolled {
            officer: nobody.clone(),
            office: Office::County,
            roles: BTreeSet::new(),
            limit: None,
        });
        key(cx, &mut out, &nobody, seed);
    }
    out.finish(None)
}

/// 设定密钥: only one's own.
pub(super) fn key_set(cx: &Ctx<'_>, args: &KeySet) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    if !cx.answers.key_lives(&cx.author.no, cx.key) {
        out.say(Code::KeyRevoked, "", "您的签名密钥已停用，请联系管理员重新登记。");
    }
    if cx.author.is_suspended() {
        out.say(Code::Role, "", "您已被停用，不能换密钥，请联系管理员。");
    }
    duties::clock(cx, &mut out);
    key(cx, &mut out, &cx.author.no, &args.key);
    carried(cx, &mut out, &args.data);
    for fact in &mut out.facts {
        if let Fact::KeyGiven { data, .. } = fact {
            data.clone_from(&args.data);
        }
    }
    out.finish(None)
}

/// The data keys that are sealed again, by whoever changes his own key: all that he holds, and no other. One that came
/// while he typed would else stay closed to him for good. An order without any is that of an older program.
fn carried(cx: &Ctx<'_>, out: &mut Collect, data: &BTreeMap<Period, String>) {
    if data.is_empty() {
        return;
    }
    let held = cx.answers.sealed_to(cx.key);
    if let Some(period) = data.keys().find(|period| !held.contains(period)) {
        out.say(Code::Unknown, "data", format!("您没有领到{period}的数据密钥，请按F5刷新后重新改密码。"));
    } else if data.len() < held.len() {
        out.say(Code::State, "data", "数据密钥刚换过一把，请按F5刷新后重新改密码。");
    }
    if data.values().any(|sealed| sealed.is_empty() || hex::decode(sealed).is_err()) {
        out.say(Code::SigKey, "data", "数据密钥的封装不完整，请重新改密码。");
    }
}

/// 采用政策包.
pub(super) fn adopt_pack(cx: &Ctx<'_>, args: &AdoptPack) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    administrator(cx, &mut out);
    match Pack::read(&args.toml) {
        Ok(pack) => {
            let now = cx.answers.pack_now();
            if now.is_some_and(|now| now == pack) {
                out.say(Code::Duplicate, "toml", format!("政策包{}已在执行，不必重复。", pack.id));
            } else if cx.answers.pack(&pack.id).is_some_and(|known| known != pack) {
                out.say(Code::Duplicate, "toml", format!("编号{}已用于另一政策包，请换一个编号。", pack.id));
            }
            out.fact(Fact::PackAdopted { id: pack.id, toml: args.toml.clone() });
        }
        Err(problem) => out.say(Code::Unknown, "toml", format!("{problem}，请改正后重新采用。")),
    }
    out.finish(None)
}

/// 补充节假日表.
pub(super) fn set_year(cx: &Ctx<'_>, args: &SetYear) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    administrator(cx, &mut out);
    if let Err(problem) = args.table.check() {
        out.say(Code::DateOrder, "table", problem.to_string());
    }
    out.fact(Fact::YearSet { table: args.table.clone() });
    out.finish(None)
}

/// 分发数据密钥.
pub(super) fn data_key(cx: &Ctx<'_>, args: &DataKey) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    administrator(cx, &mut out);
    if args.sealed.is_empty() {
        out.say(Code::Unknown, "sealed", "没有可分发的操作员密钥，请先登记操作员。");
    }
    if args.sealed.keys().any(|id| !cx.answers.key_given(id)) {
        out.say(Code::Unknown, "sealed", "数据密钥封给了没有登记的密钥，请按F5刷新后重新生成。");
    }
    // Whoever holds a stopped key, a thief perhaps, would read what is written from here on.
    if args.sealed.keys().any(|id| cx.answers.key_given(id) && !cx.answers.key_stands(id)) {
        out.say(Code::KeyRevoked, "sealed", "数据密钥封给了已停用的密钥，请按F5刷新后重新生成。");
    }
    // The newest key seals: one far ahead would stand in the way of every later one.
    let period = Period { year: args.year, generation: args.generation };
    let known = cx.answers.data_period();
    let next = match known {
        None => period.generation == 0,
        Some(known) => {
            period <= known || period == known.next() || (period.generation == 0 && period.year > known.year)
        }
    };
    if !next || args.year > cx.today().year() + 1 {
        out.say(Code::State, "year", format!("数据密钥{period}还轮不到，请按F5刷新后重新生成。"));
    }
    out.fact(Fact::DataKeySealed {
        year: args.year,
        generation: args.generation,
        sealed: args.sealed.clone(),
    });
    out.finish(None)
}

/// 近亲属备案: by the administrator, or of one's own relatives.
pub(super) fn file_relative(cx: &Ctx<'_>, args: &FileRelative) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    if args.officer == cx.author.no {
        duties::author(cx, &mut out, &Role::ALL);
    } else {
        administrator(cx, &mut out);
    }
    if cx.answers.officer(&args.officer).is_none() {
        out.say(Code::Unknown, "officer", format!("没有操作员{}，请按F4选择。", args.officer));
    }
    super::intake::known(cx, &mut out, args.person, "person");
    if cx.answers.relatives(&args.officer).contains(&args.person) {
        out.say(Code::Duplicate, "person", "这位近亲属已经备案，不必重复。");
    }
    if let Some(township) = args.township.filter(|code| crate::base::division::township(*code).is_none()) {
        out.say(Code::Unknown, "township", format!("没有乡镇代码{township:03}，请按F4选择。"));
    }
    out.fact(Fact::RelativeFiled {
        officer: args.officer.clone(),
        person: args.person,
        relation: args.relation.clone(),
        born: args.born.clone(),
        township: args.township,
    });
    out.finish(None)
}

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, key_of};
    use super::*;
    use crate::domain::command::Command;

    #[test]
    fn a_county_is_founded_once() {
        let desk = Desk::new();
        let found = Command::Found(Found {
            division: "211321".to_owned(),
            founder: "9009".into(),
            founder_key: key_of("new").sign,
            key: key_of("new"),
            recovery: None,
            practice: false,
        });
        assert_eq!(desk.ask("9009").codes(found), vec![Code::Duplicate]);
    }

    #[test]
    fn a_new_key_is_the_end_of_the_old_one() {
        let mut desk = Desk::new();
        desk.run("1001", Command::KeySet(KeySet { key: key_of("other"), data: BTreeMap::new() }));
        let ask = desk.ask("1001");
        assert_eq!(ask.codes(desk.lead(crate::domain::nouns::Severity::Light)), vec![Code::KeyRevoked]);
    }
}
