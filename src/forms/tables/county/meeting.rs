//! 会议记录 (F14): the township's 集体研究 or the county's 会商 on a case, or on all households of an incident.
//!
//! Values: `incident` yes where the case has others of its incident waiting beside it · `county` yes where the county met ·
//! `all` one, all · `kind` consult, bureau.

use crate::forms::field::{Check, Choice, Field, Kind, Table, choice};
use crate::forms::tables::sayings;

const YES_NO: &[Choice] = &[choice('1', "yes", "是"), choice('2', "no", "否")];
const ALL: &[Choice] = &[choice('1', "one", "只这一件"), choice('2', "all", "全部各户")];

/// The form.
pub static TABLE: Table = Table { name: "meeting", title: "会议记录", fields: FIELDS };

const KINDS: &[Choice] = &[choice('1', "consult", "县局会商"), choice('2', "bureau", "局长办公会")];

const FIELDS: &[Field] = &[
    Field::new("county", "县局", Kind::Choice(YES_NO)).shown(|_| false).at(0, 0, 70, 4, 4, 0),
    Field::new("incident", "群体", Kind::Choice(YES_NO)).shown(|_| false).at(0, 0, 60, 4, 4, 0),
    Field::new("on", "会议日期", Kind::Date { enter_today: true })
        .always()
        .filled(|_, context| Some(context.today.to_string()))
        .checked(&[Check::NotFuture])
        .at(0, 0, 1, 10, 10, 0)
        .clause("四（三）二")
        .hint("回车今天，- 昨天，-3 三天前"),
    Field::new("present", "到会人数", Kind::Count { max: 99 })
        .always()
        .never_copied()
        .checked(&[Check::AtLeast(1)])
        .at(0, 0, 32, 8, 3, 0)
        .hint("至少 3 人，政策包另有规定的从其规定"),
    Field::new("amount", "议定金额", Kind::Money)
        .always()
        .never_copied()
        .at(0, 0, 50, 8, 12, 0)
        .clause("四（三）二")
        .hint("审批可以低于它并写明理由，不能高于它"),
    Field::new("all", "适用办件", Kind::Choice(ALL))
        .always()
        .never_copied()
        .shown(|a| a.is("incident", "yes"))
        .at(0, 1, 1, 10, 12, 0)
        .hint("1 只这一件  2 本群体性事项还没有决定的各户，各按自己的申请额"),
    Field::new("kind", "会议种类", Kind::Choice(KINDS))
        .always()
        .never_copied()
        .shown(|a| a.is("county", "yes"))
        .filled(|_, _| Some("consult".to_owned()))
        .at(0, 1, 44, 8, 14, 0)
        .clause("四（三）二")
        .hint("1 县局会商  2 局长办公会；金额较大的须局长办公会"),
    Field::new("place", "会议地点", Kind::Text { max: 40 }).asked().at(0, 2, 1, 10, 26, 0),
    Field::new("chair", "主持人", Kind::Name).always().at(0, 2, 44, 6, 16, 0),
    Field::new("attendees", "参会人员", Kind::LongText { max: 200 })
        .always()
        .checked(&[Check::Longer(2)])
        .at(0, 3, 1, 10, 64, 0)
        .hint("单位和姓名，用顿号分开；打印后签字"),
    Field::new("topic", "议    题", Kind::LongText { max: 200 })
        .asked()
        .never_copied()
        .phrased(sayings::TOPIC)
        .at(0, 4, 1, 10, 64, 0)
        .hint("F4 常用语；需要一事一议说明的情况"),
    Field::new("opinions", "各方意见", Kind::LongText { max: 300 })
        .asked()
        .never_copied()
        .phrased(sayings::OPINIONS)
        .at(0, 5, 1, 10, 64, 0)
        .hint("F4 常用语；谁是什么意见"),
    Field::new("minutes", "决    议", Kind::LongText { max: 300 })
        .always()
        .never_copied()
        .checked(&[Check::Longer(4)])
        .phrased(sayings::MINUTES)
        .at(0, 6, 1, 10, 64, 0)
        .clause("四（三）二")
        .hint("F4 常用语；同意与否、金额和理由"),
];
