//! 线索登记: somebody is in need, whoever says so. A lead ends helped, refused, withdrawn or referred, never silently.
//!
//! Codes are in [`super::codes`]; `channel` uses those of the emergency form's `lead_channel`.

use super::codes;
use super::phrases;
use crate::forms::field::{Check, Field, Kind, Lookup, Table};

/// The form.
pub static TABLE: Table = Table { name: "lead", title: "线索登记", fields: FIELDS };

const FIELDS: &[Field] = &[
    Field::new("channel", "发现渠道", Kind::Choice(codes::LEAD_CHANNEL))
        .always()
        .filled(|_, _| Some("hotline".to_owned()))
        .at(0, 0, 1, 10, 14, 0)
        .clause("四（一）2")
        .hint("怎样知道的，按 F4 看全部"),
    Field::new("called_on", "日    期", Kind::Date { enter_today: true })
        .always()
        .filled(|_, context| Some(context.today.to_string()))
        .checked(&[Check::NotFuture])
        .at(0, 0, 32, 8, 10, 0)
        .hint("回车今天，- 昨天"),
    Field::new("called_at", "时间", Kind::Time)
        .always()
        .never_copied()
        .filled(|_, context| Some(context.now.clock()))
        .at(0, 0, 56, 4, 5, 0)
        .hint("四位数，如 0910；响应时限从这时算"),
    Field::new("caller", "来电(反映)人", Kind::Name)
        .asked()
        .never_copied()
        .at(0, 1, 1, 12, 16, 0)
        .hint("不肯说可以空着"),
    Field::new("caller_phone", "回拨电话", Kind::Phone).asked().never_copied().at(0, 1, 34, 8, 16, 0),
    Field::new("name", "困难人", Kind::Name)
        .always()
        .never_copied()
        .at(0, 2, 1, 12, 16, 0)
        .hint("谁遇到困难；不知道写无名氏"),
    Field::new("id_no", "身份证号", Kind::IdNumber { none: false })
        .at(0, 2, 34, 8, 18, 0)
        .hint("知道就打，自动查往年"),
    Field::new("village", "所在村(居)", Kind::Village)
        .always()
        .at(0, 3, 1, 12, 16, 0)
        .hint("打拼音首字母回车，或按 F4 选"),
    Field::new("place", "具体地点", Kind::Text { max: 60 }).asked().never_copied().at(0, 3, 34, 8, 32, 0),
    Field::new("circumstance", "急难情形", Kind::Choice(codes::CIRCUMSTANCE))
        .always()
        .noted(|a, _| codes::clause_of(a.text("circumstance")).map(str::to_owned))
        .at(0, 4, 1, 12, 14, 8)
        .clause("三")
        .hint("1突发事件 2突患重病 3长期病残 4子女就学 5创业失业 6重大事件 7特病变故 8其他困难"),
    Field::new("severity", "急难程度", Kind::Choice(codes::SEVERITY))
        .always()
        .at(0, 4, 42, 8, 8, 0)
        .clause("四（一）3")
        .hint("1 偏轻  2 较重  3 严重；响应时限由此定"),
    Field::new("what", "情    况", Kind::LongText { max: 300 })
        .always()
        .never_copied()
        .phrased(Lookup::Of(phrases::offers))
        .checked(&[Check::Longer(4)])
        .at(0, 5, 1, 12, 62, 0)
        .hint("F4 常用语"),
    Field::new("discoverer", "发现人", Kind::Name)
        .needed(|a| ["village", "volunteer", "visit"].iter().any(|channel| a.is("channel", channel)))
        .at(0, 6, 1, 12, 16, 0)
        .phrased(Lookup::Host("team"))
        .clause("四（一）2")
        .hint("F4 选主动发现队伍的人；不在名册里的直接打姓名"),
];
