//! 支出型申请登记 (F1): the applicant, what he asks for and where it goes on the first page; the paper with its promise and
//! authorisation, who brought it, the school of circumstance 4 and the household on the second.
//!
//! What it shares with 急难登记 it takes from there, field by field, so that both stay alike. Values beyond those: `entry`
//! counter, paper · `promise` and `authorised` yes, no · `came` self, agent · `agent_letter` yes, no · `stage` by
//! [`STAGES`] · `at_home`, `regular` yes, no · `handling` accept, apply · `served` by the digits of 送达方式.

use crate::forms::answers::Answers;
use crate::forms::field::{Check, Choice, Context, Field, Kind, Lookup, Table, choice};
use crate::forms::problem::Problem;
use crate::forms::tables::path::choices::DELIVERY;
use crate::forms::tables::path::paper;
use crate::forms::tables::{emergency, phrases};

const SIGNED: &[Choice] = &[choice('1', "yes", "已签"), choice('2', "no", "未签")];
const YES_NO: &[Choice] = &[choice('1', "yes", "是"), choice('2', "no", "否")];
const ENTRY: &[Choice] = &[choice('1', "counter", "当面申请"), choice('2', "paper", "纸质补录")];
const CAME: &[Choice] = &[choice('1', "self", "本人"), choice('2', "agent", "委托代理人")];
const LETTER: &[Choice] = &[choice('1', "yes", "有"), choice('2', "no", "没有")];
const HANDLING: &[Choice] = &[choice('1', "accept", "登记并受理"), choice('2', "apply", "只登记")];
/// 就学阶段, in the order of the domain's words.
pub const STAGES: &[Choice] = &[
    choice('1', "1", "学前"),
    choice('2', "2", "义务教育"),
    choice('3', "3", "普通高中"),
    choice('4', "4", "中等职业"),
    choice('5', "5", "高职专科"),
    choice('6', "6", "本科"),
    choice('7', "7", "研究生"),
];

/// A field of 急难登记.
const fn same(key: &str) -> Field {
    let mut at = 0;
    while at < emergency::FIELDS.len() {
        let field = emergency::FIELDS[at];
        if equal(field.key, key) {
            return field;
        }
        at += 1;
    }
    Field::new(MISSING, "", Kind::Text { max: 1 })
}

/// The key of what is not there: a test says that nothing has it.
const MISSING: &str = "missing";

const fn equal(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    if a.len() != b.len() {
        return false;
    }
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// The form.
pub static TABLE: Table = Table { name: "path-apply", title: "支出型申请登记", fields: FIELDS };

const FIELDS: &[Field] = &[
    same("id_no"),
    same("name"),
    same("apply_as"),
    same("household_size"),
    same("beneficiaries"),
    same("village"),
    same("place"),
    same("status"),
    same("phone"),
    same("no_id_reason"),
    same("circumstance").hint("支出型一般是 3长期病残 4子女就学；选别的要在确办理由里写明"),
    same("severity"),
    same("event_date").hint("最近一次大额支出的日期；回车今天，- 昨天，0303 今年，或打全八位"),
    same("manner"),
    // No fund stands behind it here, so the words of a large sum have their room.
    same("amount").at(0, 5, 29, 4, 12, 30).hint("申请多少；大于 500.00 元报县局，最多两位小数"),
    same("goods_name"),
    same("goods_qty"),
    same("goods_unit"),
    same("goods_price"),
    same("account").at(0, 7, 1, 10, 20, 0),
    same("payee").at(0, 7, 37, 6, 14, 0),
    Field::new("instalments", "期数", Kind::Count { max: 12 })
        .shown(emergency::money)
        .never_copied()
        .checked(&[Check::AtLeast(1)])
        .at(0, 7, 62, 4, 2, 0)
        .clause("四（二）1")
        .hint("分几期发，从批准起每月一期；不填或 1 为一次发。长期护理、生活费常用"),
    same("payee_name"),
    same("payee_relation"),
    same("payee_id"),
    Field::new("reason", "申请原因", Kind::LongText { max: 200 })
        .always()
        .never_copied()
        .phrased(Lookup::Of(phrases::offers))
        .checked(&[Check::Longer(4)])
        .at(0, 9, 1, 10, 64, 0)
        .hint("F4 常用语；写明谁、什么支出、自付多少"),
    same("other_aid"),
    same("other_aid_note"),
    same("override_reason").at(0, 11, 1, 10, 64, 0),
    Field::new("promise", "申请承诺", Kind::Choice(SIGNED))
        .always()
        .never_copied()
        .at(1, 0, 1, 10, 8, 0)
        .clause("四（三）一")
        .hint("申请书上的真实性承诺：1 已签字按手印  2 还没有签"),
    Field::new("authorised", "核对授权", Kind::Choice(SIGNED))
        .always()
        .never_copied()
        .at(1, 0, 25, 8, 8, 0)
        .clause("四（三）一")
        .hint("申请书上同意核对家庭经济状况：1 已签  2 还没有签；全体成员的授权书另在办理步骤登记"),
    Field::new("handling", "办    理", Kind::Choice(HANDLING))
        .always()
        .never_copied()
        .filled(|a, _| handled(a).map(str::to_owned))
        .at(1, 0, 47, 8, 14, 0)
        .clause("四（三）一")
        .hint("1 材料齐全，登记并受理，乡镇期限从受理起算  2 只登记，缺的材料在办理步骤一次性告知"),
    Field::new("entry", "登记方式", Kind::Choice(ENTRY))
        .always()
        .never_copied()
        .filled(|_, _| Some("counter".to_owned()))
        .at(1, 1, 1, 10, 12, 0)
        .hint("1 当面申请，今天的申请书  2 纸质补录，以前的申请书"),
    Field::new("applied_on", "申请日期", Kind::Date { enter_today: false })
        .always()
        .shown(on_paper)
        .never_copied()
        .checked(&[Check::NotFuture])
        .at(1, 1, 27, 8, 10, 0)
        .hint("申请书上的日期，四位是今年，八位打全"),
    Field::new("late", "补录来由", Kind::Text { max: 60 })
        .always()
        .shown(on_paper)
        .never_copied()
        .checked(&[Check::Longer(4)])
        .at(1, 1, 50, 8, 18, 0)
        .hint("为什么现在才录，如停电、下村收的申请"),
    Field::new("came", "谁来申请", Kind::Choice(CAME))
        .always()
        .never_copied()
        .filled(|_, _| Some("self".to_owned()))
        .at(1, 2, 1, 10, 12, 0)
        .hint("1 本人  2 委托代理人"),
    Field::new("agent_name", "代理人", Kind::Name)
        .always()
        .shown(by_agent)
        .never_copied()
        .at(1, 2, 27, 8, 12, 0)
        .hint("委托代理人的姓名"),
    Field::new("agent_relation", "关系", Kind::Text { max: 12 })
        .always()
        .shown(by_agent)
        .never_copied()
        .at(1, 2, 52, 6, 10, 0)
        .hint("与申请人的关系，如女儿、村委会"),
    Field::new("agent_id", "代理人证号", Kind::IdNumber { none: false })
        .asked()
        .shown(by_agent)
        .never_copied()
        .at(1, 3, 1, 10, 18, 0)
        .hint("代理人的身份证号，没带可以空着"),
    Field::new("agent_letter", "委托书", Kind::Choice(LETTER))
        .always()
        .shown(by_agent)
        .never_copied()
        .at(1, 3, 33, 6, 8, 0)
        .hint("1 有委托书  2 没有，以后补"),
    Field::new("served", "通知送达", Kind::Choice(DELIVERY))
        .shown(|a| a.is("handling", "accept"))
        .never_copied()
        .filled(|a, _| a.is("entry", "counter").then(|| "1".to_owned()))
        .at(1, 3, 50, 8, 12, 0)
        .hint("受理通知书：当面给的是 1直接送达；2邮寄 3电话 4留置 5公告；还没有送的空着"),
    Field::new("pupil", "就读学生", Kind::Name)
        .always()
        .shown(school)
        .never_copied()
        .at(1, 4, 1, 10, 12, 0)
        .clause("三（四）")
        .hint("申请人或家庭成员里的一人，姓名与家庭成员一致"),
    Field::new("stage", "阶段", Kind::Choice(STAGES))
        .always()
        .shown(school)
        .never_copied()
        .at(1, 4, 27, 4, 12, 0)
        .clause("三（四）")
        .hint("1学前 2义务教育 3普通高中 4中等职业 5高职专科 6本科 7研究生"),
    Field::new("school", "学校", Kind::Text { max: 40 })
        .always()
        .shown(school)
        .never_copied()
        .at(1, 4, 47, 4, 24, 0)
        .clause("三（四）")
        .hint("学籍证明上的校名"),
    Field::new("at_home", "国内就学", Kind::Choice(YES_NO))
        .always()
        .shown(school)
        .filled(|_, _| Some("yes".to_owned()))
        .at(1, 5, 1, 8, 4, 0)
        .clause("三（四）")
        .hint("1 是  2 否；只救助国内正常就学"),
    Field::new("regular", "正常学籍", Kind::Choice(YES_NO))
        .always()
        .shown(school)
        .filled(|_, _| Some("yes".to_owned()))
        .at(1, 5, 17, 8, 4, 0)
        .clause("三（四）")
        .hint("1 有学籍，全日制  2 不是"),
    Field::new("years", "学制", Kind::Count { max: 12 })
        .always()
        .shown(school)
        .never_copied()
        .checked(&[Check::AtLeast(1)])
        .at(1, 5, 33, 4, 2, 0)
        .hint("学制几年"),
    Field::new("tuition", "年学费", Kind::Money)
        .always()
        .shown(school)
        .at(1, 5, 43, 6, 9, 0)
        .hint("一学年的学费和住宿费"),
    Field::new("school_aid", "资助", Kind::Money)
        .shown(school)
        .at(1, 5, 62, 4, 9, 0)
        .hint("学校和政府已经资助多少，没有就空着"),
    same("counsel").at(1, 4, 1, 10, 8, 0),
    same("counsel_note").at(1, 4, 27, 4, 40, 0),
    same("members").checked(&[
        Check::With(emergency::one_head),
        Check::With(emergency::one_number),
        Check::With(named),
    ]),
    paper::FIELDS[0],
    paper::FIELDS[1],
    paper::FIELDS[2],
    paper::FIELDS[3],
    paper::FIELDS[4],
    paper::FIELDS[5],
    paper::FIELDS[6],
    paper::FIELDS[7],
    paper::FIELDS[8],
    paper::FIELDS[9],
    paper::FIELDS[10],
    paper::FIELDS[11],
    paper::FIELDS[12],
];

/// A household that the officer counts and the desk does not know has its members named: all of them sign the
/// authorisations. What the desk knows it has filled in itself, but for a household of one, which is a person.
fn named(path: &str, a: &Answers, _: &Context) -> Option<Problem> {
    let typed = a.get("household_size").is_some_and(|size| size.source.is_own());
    let size = a.count("household_size").filter(|size| (*size == 1 || typed) && emergency::household(a))?;
    if a.rows("members").iter().any(|row| !row.is_blank()) {
        return None;
    }
    let sentence = match size {
        1 => "以家庭申请的须填家庭成员，请一人一行填上；只有申请人一人的，把「申请」改为 1 以个人申请"
            .to_owned(),
        _ => format!("家庭 {size} 人，家庭成员还没有填，请一人一行填上"),
    };
    Some(Problem::error(path, sentence))
}

/// What follows from the signatures: with both of them it is accepted, with one missing it cannot be. Before they are
/// answered nothing is said, else the rules would speak of them too early.
fn handled(a: &Answers) -> Option<&'static str> {
    match (a.text("promise"), a.text("authorised")) {
        ("no", _) | (_, "no") => Some("apply"),
        ("yes", "yes") => Some("accept"),
        _ => None,
    }
}

fn on_paper(a: &Answers) -> bool {
    a.is("entry", "paper")
}

fn by_agent(a: &Answers) -> bool {
    a.is("came", "agent")
}

/// What circumstance 4 asks is entered with the acceptance; without it the step 就学情况 waits for it.
fn school(a: &Answers) -> bool {
    a.is("circumstance", "4") && a.is("handling", "accept")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shared_field_is_one_of_the_emergency_form() {
        assert!(FIELDS.iter().all(|field| field.key != MISSING));
        let shared = FIELDS.iter().filter(|field| emergency::TABLE.field(field.key).is_some()).count();
        assert_eq!(shared, 32);
    }

    #[test]
    fn a_household_that_is_counted_has_its_members_named() {
        use crate::forms::tests::{keys, open};
        use crate::forms::{FormKey, Outcome, Source};
        let mut form = open(&TABLE);
        form.set("household_size", "2", Source::Filled);
        let of_members = |form: &crate::forms::Form| {
            form.own_problems().into_iter().find(|problem| problem.field == "members.0.name")
        };
        assert!(of_members(&form).is_none(), "what the desk knows it knows with its members");
        form.set("household_size", "1", Source::Filled);
        form.set("apply_as", "household", Source::Typed);
        assert!(of_members(&form).is_some_and(|problem| problem.sentence.contains("以个人申请")));
        form.set("apply_as", "person", Source::Typed);
        assert!(of_members(&form).is_none(), "one who applies for himself has no members to name");
        form.set("apply_as", "household", Source::Typed);
        form.set("household_size", "2", Source::Typed);
        assert!(of_members(&form).is_some_and(|problem| problem.sentence.contains("家庭 2 人")));
        form.go("members.0.name");
        assert!(!keys(&mut form, "\n").contains(&Outcome::Ready), "not everything is filled in");
        form.go("members.0.name");
        keys(&mut form, "李四\n0\n1\n");
        assert!(of_members(&form).is_none());
        form.press(FormKey::FieldLast);
        form.set("members.1.name", "王五", Source::Typed);
        form.set("members.1.relation", "head", Source::Typed);
        assert!(of_members(&form).is_some_and(|problem| problem.sentence.contains("两个户主本人")));
    }

    #[test]
    fn an_id_number_that_stands_twice_is_named_by_its_row() {
        use crate::forms::Source;
        use crate::forms::tests::open;
        for table in [&TABLE, &emergency::TABLE] {
            let mut form = open(table);
            form.set("id_no", "211321196804120012", Source::Typed);
            form.set("apply_as", "household", Source::Typed);
            form.set("household_size", "2", Source::Typed);
            form.set("members.0.name", "李四", Source::Typed);
            for (number, twice) in [("211321196804120012", true), ("21132119751103078X", false), ("0", false)]
            {
                form.set("members.0.id_no", number, Source::Typed);
                let problems = form.own_problems();
                let said = problems.iter().find(|problem| problem.sentence.contains("第 1 行与申请人"));
                assert_eq!(said.is_some(), twice, "{} {number}", table.name);
                assert!(said.is_none_or(|problem| problem.field == "members.0.id_no"));
            }
        }
    }

    #[test]
    fn what_is_not_signed_is_not_accepted_by_default() {
        let mut a = Answers::new();
        a.put("promise", crate::forms::Answer { text: "yes".to_owned(), ..Default::default() });
        for (text, handled) in [("", None), ("yes", Some("accept")), ("no", Some("apply"))] {
            let answer = crate::forms::Answer { text: text.to_owned(), ..Default::default() };
            a.put("authorised", answer);
            let field = TABLE.field("handling").unwrap();
            let today = crate::base::day::Day::new(2026, 3, 2).unwrap();
            let now = crate::base::day::Stamp::at(today, 9, 0);
            let context = crate::forms::Context { today, now, township: None };
            assert_eq!(field.fill.unwrap()(&a, &context).as_deref(), handled);
        }
    }

    #[test]
    fn the_notice_of_acceptance_is_handed_over_at_the_counter_and_of_a_paper_nobody_knows_yet() {
        let today = crate::base::day::Day::new(2026, 3, 2).unwrap();
        let now = crate::base::day::Stamp::at(today, 9, 0);
        let context = crate::forms::Context { today, now, township: None };
        let field = TABLE.field("served").unwrap();
        for (entry, handling, shows, filled) in [
            ("counter", "accept", true, Some("1")),
            ("paper", "accept", true, None),
            ("counter", "apply", false, Some("1")),
        ] {
            let mut a = Answers::new();
            for (key, text) in [("entry", entry), ("handling", handling)] {
                a.put(key, crate::forms::Answer { text: text.to_owned(), ..Default::default() });
            }
            assert_eq!(
                (field.shows(&a), field.fill.unwrap()(&a, &context).as_deref()),
                (shows, filled),
                "{entry}"
            );
        }
    }
}
