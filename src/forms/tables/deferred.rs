//! 补登记: papers completed after money was paid first (先行救助), item by item, or the emergency that still lasts.
//!
//! Values of each `item_*`: done, missing; `not_eased`: yes, no. The items carry the notice's own words, 四（三）一.

use crate::forms::answers::Answers;
use crate::forms::field::{Check, Choice, Field, Kind, Table, choice};
use crate::forms::problem::Problem;

const ITEM: &[Choice] = &[choice('1', "done", "已补"), choice('2', "missing", "还缺")];
const YES_NO: &[Choice] = &[choice('1', "yes", "是"), choice('2', "no", "否")];

/// Most days by which one statement that the emergency lasts moves the deadline.
const MOST_DAYS: i64 = 30;

/// The form.
pub static TABLE: Table = Table { name: "deferred", title: "补登记", fields: FIELDS };

const FIELDS: &[Field] = &[
    item("item_person", "救助对象", 0),
    item("item_reason", "救助事由", 1),
    item("item_amount", "救助金额", 2),
    item("item_signature", "经办人签字", 3),
    item("item_seal", "盖    章", 4),
    item("item_authorisation", "审批人补签", 5).shown(|a| a.is("owes_authorisation", "yes")),
    item("item_minutes", "会议纪要", 6).shown(|a| a.is("owes_minutes", "yes")),
    Field::new("owes_authorisation", "电话授权", Kind::Choice(YES_NO)).shown(|_| false).at(0, 5, 40, 8, 8, 0),
    Field::new("owes_minutes", "一事一议", Kind::Choice(YES_NO)).shown(|_| false).at(0, 6, 40, 8, 8, 0),
    Field::new("completed_on", "补齐日期", Kind::Date { enter_today: true })
        .needed(all_done)
        .shown(all_done)
        .filled(|_, context| Some(context.today.to_string()))
        .checked(&[Check::NotFuture])
        .at(0, 7, 1, 12, 10, 0)
        .hint("回车今天，- 昨天"),
    Field::new("not_eased", "急难未缓解", Kind::Choice(YES_NO))
        .always()
        .shown(|a| !all_done(a))
        .filled(|_, _| Some("no".to_owned()))
        .at(0, 8, 1, 12, 8, 0)
        .clause("四（三）一")
        .hint("1 是，期限顺延，县局看得到  2 否"),
    Field::new("not_eased_until", "顺延至", Kind::Date { enter_today: false })
        .always()
        .shown(lasts)
        .checked(&[Check::With(within_days)])
        .at(0, 8, 30, 8, 10, 0)
        .hint("一次最多 30 天"),
    Field::new("not_eased_reason", "未缓解原因", Kind::Text { max: 60 })
        .always()
        .shown(lasts)
        .never_copied()
        .checked(&[Check::Longer(4)])
        .at(0, 9, 1, 12, 60, 0)
        .hint("如仍在重症监护、下落不明"),
    Field::new("note", "说    明", Kind::LongText { max: 200 }).never_copied().at(0, 10, 1, 12, 60, 0),
];

const fn item(key: &'static str, label: &'static str, row: u16) -> Field {
    Field::new(key, label, Kind::Choice(ITEM))
        .asked()
        .never_copied()
        .at(0, row, 1, 12, 10, 0)
        .clause("四（三）一")
        .hint("1 已补；还缺的打 2 或空着")
}

fn all_done(a: &Answers) -> bool {
    let owed = [("item_authorisation", "owes_authorisation"), ("item_minutes", "owes_minutes")];
    ["item_person", "item_reason", "item_amount", "item_signature", "item_seal"]
        .iter()
        .all(|key| a.is(key, "done"))
        && owed.iter().all(|(key, owes)| !a.is(owes, "yes") || a.is(key, "done"))
}

fn lasts(a: &Answers) -> bool {
    !all_done(a) && a.is("not_eased", "yes")
}

fn within_days(path: &str, a: &Answers, context: &crate::forms::Context) -> Option<Problem> {
    let days = context.today.until(a.day("not_eased_until")?);
    (!(1..=MOST_DAYS).contains(&days)).then(|| {
        Problem::error(path, format!("顺延要在明天到 {} 之间", context.today.plus(MOST_DAYS)))
            .coded("E-DATE-ORDER")
    })
}
