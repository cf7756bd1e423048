//! 急难登记: an emergency from the call to the request for approval, or to money paid first.
//!
//! Defaults are set so that a known person costs an id number, a circumstance, an amount, a reason and how it is handled.
//! Values: `apply_as` person, household · `manner` money, goods, both · `channel` bank,
//! cash · `payee` self, guardian, proxy, child, institution, station · `other_aid` none, uncovered, insufficient ·
//! `handling` approve, direct, record_paid, advance · `auth_how` phone, code, unverified · `paid_from` reserve, pocket · `paid_how` cash, bank,
//! goods · `counsel` yes, no. Codes of circumstance, severity, status and lead channel are in [`super::codes`].

use super::codes;
use super::phrases;
use crate::base::money::Money;
use crate::forms::answers::Answers;
use crate::forms::field::{Check, Choice, Context, Field, Kind, Lookup, Table, choice};
use crate::forms::form::WARNED;
use crate::forms::kind;
use crate::forms::problem::Problem;

const APPLY_AS: &[Choice] = &[choice('1', "person", "个人"), choice('2', "household", "家庭")];
const MANNER: &[Choice] =
    &[choice('1', "money", "救助金"), choice('2', "goods", "实物"), choice('3', "both", "救助金和实物")];
const CHANNEL: &[Choice] = &[choice('1', "bank", "打卡"), choice('2', "cash", "现金")];
const PAYEE: &[Choice] = &[
    choice('1', "self", "本人"),
    choice('2', "guardian", "监护人"),
    choice('3', "proxy", "代领"),
    choice('4', "child", "子女代收"),
    choice('5', "institution", "供养机构"),
    choice('6', "station", "救助站"),
];
const OTHER_AID: &[Choice] = &[
    choice('0', "none", "无"),
    choice('1', "uncovered", "尚未覆盖"),
    choice('2', "insufficient", "已覆盖仍严重"),
];
const HANDLING: &[Choice] = &[
    choice('1', "approve", "报镇审批"),
    choice('2', "direct", "先行救助"),
    choice('3', "record_paid", "已付补记"),
    choice('4', "advance", "预支"),
];
const COUNSEL: &[Choice] = &[choice('1', "yes", "安排"), choice('2', "no", "不安排")];
const AUTH_HOW: &[Choice] = &[
    choice('1', "phone", "电话授权"),
    choice('2', "code", "县授权码"),
    choice('3', "unverified", "县局未验码"),
];
const PAID_FROM: &[Choice] = &[choice('1', "reserve", "备用金"), choice('2', "pocket", "个人垫付")];
const PAID_HOW: &[Choice] =
    &[choice('1', "cash", "现金"), choice('2', "bank", "转账"), choice('3', "goods", "实物")];
const RELATION: &[Choice] = &[
    choice('1', "head", "户主本人"),
    choice('2', "spouse", "配偶"),
    choice('3', "child", "子女"),
    choice('4', "parent", "父母"),
    choice('5', "in_law", "媳婿"),
    choice('6', "sibling", "兄弟姐妹"),
    choice('7', "grandchild", "孙辈"),
    choice('8', "other", "其他"),
];
const BENEFITS: &[Choice] = &[choice('1', "yes", "是"), choice('2', "no", "否")];

const MEMBERS: &[Field] = &[
    Field::new("name", "姓名", Kind::Name)
        .always()
        .at(1, 0, 1, 0, 12, 0)
        .never_copied()
        .hint("申请人以外的家庭成员，一人一行；多出的行按 Ctrl-D 删掉"),
    Field::new("id_no", "身份证号", Kind::IdNumber { none: true })
        .always()
        .at(1, 0, 16, 0, 18, 0)
        .hint("0=无证件；打满 18 位自动查往年"),
    Field::new("relation", "与户主关系", Kind::Choice(RELATION))
        .always()
        .at(1, 0, 37, 0, 10, 0)
        .hint("1户主本人(申请人不是户主) 2配偶 3子女 4父母 5媳婿 6兄弟姐妹 7孙辈 8其他"),
    Field::new("condition", "健康就业", Kind::Text { max: 30 })
        .at(1, 0, 50, 0, 14, 0)
        .hint("如患病、残疾、在外务工、在校；没有可以空着"),
    Field::new("benefits", "受助", Kind::Choice(BENEFITS))
        .filled(|_, _| Some("yes".to_owned()))
        .at(1, 0, 67, 0, 8, 0)
        .hint("这次救助是否包括他：1 是  2 否"),
];

/// The form.
pub static TABLE: Table = Table { name: "emergency", title: "急难登记", fields: FIELDS };

/// Its fields; 支出型申请登记 takes those that both share.
pub(super) const FIELDS: &[Field] = &[
    Field::new("id_no", "身份证号", Kind::IdNumber { none: true })
        .always()
        .at(0, 0, 1, 10, 19, 44)
        .clause("三")
        .hint("打满 18 位自动查往年；没有证件打 0"),
    Field::new("name", "姓    名", Kind::Name)
        .always()
        .never_copied()
        .at(0, 1, 1, 10, 18, 0)
        .hint("与证件一致"),
    Field::new("apply_as", "申请", Kind::Choice(APPLY_AS))
        .always()
        .filled(|a, _| Some(if a.count("household_size")? > 1 { "household" } else { "person" }.to_owned()))
        .at(0, 1, 34, 4, 8, 0)
        .clause("二")
        .hint("1 以个人申请  2 以家庭申请"),
    Field::new("household_size", "家庭", Kind::Count { max: 30 })
        .always()
        .never_copied()
        .filled(|_, _| Some("1".to_owned()))
        .checked(&[Check::AtLeast(1)])
        .at(0, 1, 50, 4, 3, 0)
        .hint("共同生活的人数"),
    Field::new("beneficiaries", "受助", Kind::Count { max: 30 })
        .always()
        .never_copied()
        .filled(|a, _| Some(if household(a) { a.text("household_size").to_owned() } else { "1".to_owned() }))
        .checked(&[Check::AtLeast(1), Check::AtMost("household_size", "家庭人数")])
        .at(0, 1, 62, 4, 3, 0)
        .hint("这次受助的人数"),
    Field::new("village", "现住村(居)", Kind::Village)
        .always()
        .at(0, 2, 1, 10, 18, 0)
        .hint("打拼音首字母回车，或按 F4 选；外地人选现在住的村"),
    Field::new("place", "急难发生地", Kind::Text { max: 40 })
        .always()
        .filled(|_, _| Some("同上".to_owned()))
        .at(0, 2, 34, 10, 10, 0)
        .hint("与现住地不同时写明"),
    Field::new("status", "身份", Kind::Choice(codes::STATUS))
        .always()
        .never_copied()
        .filled(|_, _| Some("none".to_owned()))
        .at(0, 2, 58, 4, 14, 0)
        .hint("已在哪项救助里；0 无，按 F4 看全部"),
    Field::new("phone", "联系电话", Kind::Phone)
        .asked()
        .never_copied()
        .at(0, 3, 1, 10, 16, 0)
        .hint("没有可以空着，回车"),
    Field::new("lead_channel", "发现渠道", Kind::Choice(codes::LEAD_CHANNEL))
        .always()
        .filled(|_, _| Some("window".to_owned()))
        .at(0, 3, 32, 8, 12, 0)
        .clause("四（一）2")
        .hint("怎样知道的，按 F4 看全部"),
    Field::new("no_id_reason", "无证件原因", Kind::Text { max: 40 })
        .always()
        .shown(|a| a.is("id_no", "0"))
        .at(0, 3, 56, 10, 10, 0)
        .hint("如遗失、水淹、无名氏"),
    Field::new("circumstance", "急难情形", Kind::Choice(codes::CIRCUMSTANCE))
        .always()
        .noted(|a, _| codes::clause_of(a.text("circumstance")).map(str::to_owned))
        .at(0, 4, 1, 10, 14, 8)
        .clause("三")
        .hint("1突发事件 2突患重病 3长期病残 4子女就学 5创业失业 6重大事件 7特病变故 8其他困难"),
    Field::new("severity", "急难程度", Kind::Choice(codes::SEVERITY))
        .always()
        .filled(|_, _| Some("serious".to_owned()))
        .at(0, 4, 39, 8, 8, 0)
        .clause("四（一）3")
        .hint("1 偏轻  2 较重  3 严重"),
    Field::new("event_date", "发生日期", Kind::Date { enter_today: true })
        .always()
        .filled(|_, context| Some(context.today.to_string()))
        .checked(&[Check::NotFuture])
        .at(0, 4, 59, 8, 10, 0)
        .hint("回车今天，- 昨天，-3 三天前，0303 今年，或打全八位"),
    Field::new("manner", "救助方式", Kind::Choice(MANNER))
        .always()
        .filled(|_, _| Some("money".to_owned()))
        .at(0, 5, 1, 10, 14, 0)
        .clause("四（二）1")
        .hint("1 救助金  2 实物  3 两样都有"),
    Field::new("amount", "金额", Kind::Money)
        .always()
        .shown(money)
        .at(0, 5, 29, 4, 12, 30)
        .clause("四（三）二")
        .hint("最多两位小数；大于 500.00 元须报县局审批"),
    Field::new("goods_name", "物    品", Kind::Text { max: 30 })
        .always()
        .shown(goods)
        .at(0, 6, 1, 10, 14, 0)
        .phrased(Lookup::Host("goods"))
        .hint("如面粉、棉被；F4 选库里有的"),
    Field::new("goods_qty", "数量", Kind::Quantity)
        .always()
        .shown(goods)
        .at(0, 6, 29, 4, 6, 0)
        .hint("最多三位小数"),
    Field::new("goods_unit", "单位", Kind::Text { max: 6 })
        .always()
        .shown(goods)
        .at(0, 6, 43, 4, 4, 0)
        .hint("如袋、床"),
    Field::new("goods_price", "单价", Kind::Money)
        .always()
        .shown(goods)
        .noted(|a, _| goods_value(a).map(|value| format!("计{}", value.plain())))
        .at(0, 6, 55, 4, 8, 9)
        .hint("每单位多少元；数量乘单价计入救助额"),
    Field::new("channel", "发放渠道", Kind::Choice(CHANNEL))
        .always()
        .shown(money)
        .filled(|a, _| Some(channel(a).to_owned()))
        .at(0, 7, 1, 10, 14, 0)
        .clause("四（三）三")
        .hint("原则上打卡；只有先行救助可以付现金"),
    Field::new("account", "账号", Kind::Account)
        .asked_when(|a| a.is("channel", "bank"))
        .shown(money)
        .at(0, 7, 29, 4, 20, 0)
        .clause("四（三）三")
        .hint("领款人的卡或折；报批的手边没有可空着，先行救助打卡的要填"),
    Field::new("payee", "领款人", Kind::Choice(PAYEE))
        .always()
        .filled(|_, _| Some("self".to_owned()))
        .at(0, 7, 57, 6, 14, 0)
        .hint("按 F4 看全部；不是本人要写姓名和关系"),
    Field::new("payee_name", "领款人姓名", Kind::Text { max: 30 })
        .always()
        .shown(other_payee)
        .never_copied()
        .at(0, 8, 1, 10, 14, 0)
        .hint("人名或机构名"),
    Field::new("payee_relation", "关系", Kind::Text { max: 12 })
        .always()
        .shown(other_payee)
        .at(0, 8, 29, 4, 12, 0)
        .hint("与受助人的关系，如父亲、供养机构"),
    Field::new("payee_id", "证号", Kind::IdNumber { none: false })
        .shown(person_payee)
        .at(0, 8, 49, 4, 18, 0)
        .hint("领款人的身份证号，可以后补"),
    Field::new("reason", "简要事由", Kind::LongText { max: 200 })
        .always()
        .never_copied()
        .phrased(Lookup::Of(phrases::offers))
        .checked(&[Check::Longer(4)])
        .at(0, 9, 1, 10, 64, 0)
        .hint("F4 常用语；写明突发、紧迫或临时在哪里"),
    Field::new("other_aid", "其他救助", Kind::Choice(OTHER_AID))
        .always()
        .filled(|_, _| Some("none".to_owned()))
        .at(0, 10, 1, 10, 18, 0)
        .clause("二")
        .hint("0 无  1 其他制度尚未覆盖  2 已覆盖但仍严重"),
    Field::new("other_aid_note", "说明", Kind::Text { max: 60 })
        .needed(|a| a.is("other_aid", "insufficient"))
        .shown(|a| !a.is("other_aid", "none"))
        .never_copied()
        .at(0, 10, 33, 4, 38, 0)
        .hint("已有的救助、捐助和金额"),
    Field::new("handling", "办    理", Kind::Choice(HANDLING))
        .always()
        .never_copied()
        .noted(|_, _| Some("1报镇审批 2先行救助 3已付补记 4预支".to_owned()))
        .at(0, 11, 1, 10, 18, 40)
        .clause("四（三）一")
        .hint("1 报镇审批  2 先行救助(已请示)  3 已付补记  4 预支"),
    Field::new("override_reason", "确办理由", Kind::LongText { max: 200 })
        .always()
        .shown(|a| a.has(WARNED))
        .never_copied()
        .checked(&[Check::Longer(4)])
        .at(0, 12, 1, 10, 64, 0)
        .hint("有提醒仍要办，写明理由；督导能看到"),
    Field::new("authorised_by", "授权人", Kind::Lookup(Lookup::Host("approver")))
        .always()
        .shown(pays_first)
        .at(1, 0, 1, 10, 18, 0)
        .clause("四（三）一")
        .hint("打拼音首字母回车，或按 F4 选"),
    Field::new("auth_how", "授权方式", Kind::Choice(AUTH_HOW))
        .always()
        .shown(pays_first)
        .never_copied()
        .at(1, 0, 34, 8, 14, 0)
        .hint("1 乡镇领导电话授权  2 县局读授权码  3 县局口头同意未验码"),
    Field::new("auth_phone", "来电号码", Kind::Phone)
        .shown(|a| pays_first(a) && a.is("auth_how", "phone"))
        .never_copied()
        .at(1, 0, 62, 8, 8, 0)
        .hint("领导用哪个号码说的，可以空着"),
    Field::new("auth_code", "授权码", Kind::Text { max: 6 })
        .always()
        .shown(|a| pays_first(a) && a.is("auth_how", "code"))
        .never_copied()
        .checked(&[Check::With(six_digits)])
        .at(1, 0, 62, 6, 8, 0)
        .hint("县局电话里读的六位数"),
    Field::new("cash_reason", "付现原因", Kind::Text { max: 40 })
        .always()
        .shown(cash_first)
        .filled(|_, _| Some("急难先行".to_owned()))
        .at(1, 1, 1, 10, 30, 0)
        .clause("四（三）三"),
    Field::new("recipient", "领取签字", Kind::Name)
        .always()
        .shown(hands_over)
        .never_copied()
        .filled(|a, _| receiver(a))
        .at(1, 2, 1, 10, 18, 0)
        .hint("在登记单上签字或按手印的人"),
    Field::new("witness", "见证人", Kind::Name)
        .always()
        .shown(hands_over)
        .at(1, 2, 34, 8, 18, 0)
        .hint("在场见证的第二个人"),
    Field::new("paid_by", "付款人", Kind::Name)
        .always()
        .shown(recorded)
        .at(1, 3, 1, 10, 18, 0)
        .hint("实际付钱的人，自己垫的也写"),
    Field::new("paid_on", "付款日期", Kind::Date { enter_today: true })
        .always()
        .shown(recorded)
        .filled(|_, context| Some(context.today.to_string()))
        .checked(&[Check::NotFuture, Check::NotBefore("event_date", "发生日期")])
        .at(1, 3, 34, 8, 10, 0)
        .hint("回车今天，- 昨天"),
    Field::new("paid_how", "方式", Kind::Choice(PAID_HOW))
        .always()
        .shown(recorded)
        .filled(|a, _| Some(if goods_only(a) { "goods" } else { "cash" }.to_owned()))
        .at(1, 3, 58, 4, 12, 0)
        .hint("1 现金  2 转账  3 实物"),
    Field::new("paid_to", "收款人", Kind::Name)
        .always()
        .shown(recorded)
        .never_copied()
        .filled(|a, _| receiver(a))
        .at(1, 4, 1, 10, 18, 0)
        .hint("实际收到钱物的人"),
    Field::new("paid_from", "资金出处", Kind::Choice(PAID_FROM))
        .always()
        .shown(recorded)
        .filled(|_, _| Some("reserve".to_owned()))
        .at(1, 4, 34, 8, 12, 0)
        .clause("五（二）")
        .hint("1 备用金里拿的  2 个人先垫的，以后归垫"),
    Field::new("counsel", "心理督导", Kind::Choice(COUNSEL))
        .always()
        .shown(misfortune)
        .never_copied()
        .filled(|_, _| Some("yes".to_owned()))
        .at(1, 5, 34, 8, 8, 0)
        .clause("三（七）")
        .hint("特病变故默认安排心理督导服务：1 安排  2 不安排"),
    Field::new("counsel_note", "原因", Kind::Text { max: 40 })
        .asked()
        .shown(|a| misfortune(a) && a.is("counsel", "no"))
        .never_copied()
        .at(1, 5, 56, 4, 16, 0)
        .hint("为什么不安排，如本人不愿意、已在治疗；可以空着"),
    Field::new("blank", "空白单号", Kind::Text { max: 13 })
        .shown(|a| pays_first(a) || recorded(a))
        .never_copied()
        .at(1, 5, 1, 10, 18, 0)
        .hint("断电时用空白登记单办的，照单上的号填，如 K26-102-0012；没有用就空着"),
    Field::new("members", "家庭成员", Kind::Rows(MEMBERS))
        .shown(household)
        .checked(&[Check::With(one_head), Check::With(one_number)])
        .at(1, 6, 1, 8, 78, 0)
        .hint("F6 加一行；+ 或 F8 同上一行；空行回车离开"),
];

/// A household has one head; where a member is the head, the applicant is not.
pub(super) fn one_head(path: &str, a: &Answers, _: &Context) -> Option<Problem> {
    let heads = a.rows("members").iter().filter(|row| row.is("relation", "head")).count();
    (heads > 1).then(|| Problem::error(path, "家庭成员里有两个户主本人，只能有一个，请改正与户主关系"))
}

/// An id number stands once: nobody is a member beside himself.
pub(super) fn one_number(path: &str, a: &Answers, _: &Context) -> Option<Problem> {
    let number = |row: &Answers| Some(row.text("id_no").trim().to_uppercase()).filter(|id| id.len() > 1);
    let mut seen = vec![(number(a), "申请人".to_owned())];
    for (index, row) in a.rows("members").iter().enumerate() {
        let own = number(row);
        if let Some((_, who)) = seen.iter().find(|(id, _)| own.is_some() && *id == own) {
            let row = index.saturating_add(1);
            let sentence = format!(
                "家庭成员第 {row} 行与{who}的身份证号相同，请对照证件改正号码；是同一人的，删去这一行"
            );
            let list = path.split('.').next().unwrap_or(path);
            return Some(Problem::error(&format!("{list}.{index}.id_no"), sentence));
        }
        seen.push((own, format!("第 {} 行", index.saturating_add(1))));
    }
    None
}

/// Whether the household applies.
pub(super) fn household(a: &Answers) -> bool {
    a.is("apply_as", "household")
}

/// Whether 心理督导 is asked about.
fn misfortune(a: &Answers) -> bool {
    a.is("circumstance", "7")
}

/// Whether money is given.
pub(super) fn money(a: &Answers) -> bool {
    !a.is("manner", "goods")
}

fn goods(a: &Answers) -> bool {
    a.is("manner", "goods") || a.is("manner", "both")
}

fn goods_only(a: &Answers) -> bool {
    a.is("manner", "goods")
}

fn other_payee(a: &Answers) -> bool {
    a.has("payee") && !a.is("payee", "self")
}

fn person_payee(a: &Answers) -> bool {
    ["guardian", "proxy", "child"].iter().any(|payee| a.is("payee", payee))
}

fn pays_first(a: &Answers) -> bool {
    a.is("handling", "direct") || a.is("handling", "advance")
}

fn recorded(a: &Answers) -> bool {
    a.is("handling", "record_paid")
}

fn cash_first(a: &Answers) -> bool {
    pays_first(a) && money(a) && a.is("channel", "cash")
}

/// Something goes from hand to hand: a receipt and a second person are asked.
fn hands_over(a: &Answers) -> bool {
    cash_first(a) || (pays_first(a) && goods(a))
}

/// Bank wherever an account is known; cash only where money goes out before the approval.
fn channel(a: &Answers) -> &'static str {
    let early = pays_first(a) || recorded(a);
    if early && !a.has("account") { "cash" } else { "bank" }
}

fn receiver(a: &Answers) -> Option<String> {
    let key = if person_payee(a) { "payee_name" } else { "name" };
    a.has(key).then(|| a.text(key).to_owned())
}

/// Value of the goods: quantity times unit price.
pub fn goods_value(a: &Answers) -> Option<Money> {
    a.money("goods_price")?.times(kind::thousandths(a.text("goods_qty"))?)
}

fn six_digits(path: &str, a: &Answers, _: &Context) -> Option<Problem> {
    let code = a.text("auth_code");
    let right = code.len() == 6 && code.chars().all(|c| c.is_ascii_digit());
    (!right)
        .then(|| Problem::error(path, "授权码是六位数字，请核对；没有码选 3 县局未验码").coded("E-AUTH-CODE"))
}
