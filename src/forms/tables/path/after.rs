//! 改变救助类型, and what follows a decision: 结果送达 F11, 回访.

use super::accept::proof;
use super::choices::{DELIVERY, PATH, STATE, WAY};
use super::common::{YES_NO, happened, late_on};
use super::phrases;
use crate::forms::field::{Check, Field, Kind, Table};

/// 改变救助类型.
pub static CHANGE: Table = Table { name: "path-change", title: "改变救助类型", fields: CHANGED };

const CHANGED: &[Field] = &[
    Field::new("path", "改    为", Kind::Choice(PATH))
        .always()
        .never_copied()
        .at(0, 0, 1, 10, 12, 0)
        .clause("四（三）一")
        .hint("1 急难型  2 支出型"),
    Field::new("reason", "原    因", Kind::LongText { max: 200 })
        .always()
        .never_copied()
        .phrased(phrases::CHANGED)
        .checked(&[Check::Longer(4)])
        .at(0, 1, 1, 10, 64, 0)
        .hint("为什么改；督导能看到；F4 常用语"),
];

/// 结果送达.
pub static DELIVER: Table = Table { name: "path-deliver", title: "结果送达", fields: DELIVERED };

const DELIVERED: &[Field] = &[
    happened("on", "送达日期").noted(late_on).clause("二（四）"),
    Field::new("delivery", "送达方式", Kind::Choice(DELIVERY))
        .always()
        .filled(|_, _| Some("1".to_owned()))
        .at(0, 1, 1, 10, 14, 0)
        .hint("1直接送达 2邮寄 3电话 4留置 5公告"),
    Field::new("receipt", "送达凭据", Kind::Text { max: 80 })
        .always()
        .never_copied()
        .checked(&[Check::Longer(2)])
        .noted(|a, _| Some(proof(a.text("delivery")).to_owned()))
        .at(0, 2, 1, 10, 44, 20)
        .hint("谁签收的；邮寄写单号，电话写号码，留置写见证人，公告写地点"),
];

/// 回访.
pub static FOLLOW_UP: Table = Table { name: "path-follow-up", title: "回访", fields: FOLLOWED };

const FOLLOWED: &[Field] = &[
    happened("on", "回访日期").noted(late_on),
    Field::new("way", "回访方式", Kind::Choice(WAY))
        .always()
        .never_copied()
        .at(0, 1, 1, 10, 14, 0)
        .hint("1 上门  2 电话  3 向村里了解"),
    Field::new("respondent", "被回访人", Kind::Text { max: 40 })
        .always()
        .never_copied()
        .at(0, 1, 40, 8, 20, 0)
        .hint("姓名和关系，不是本人的改写"),
    Field::new("received", "已经收到", Kind::Choice(YES_NO))
        .always()
        .never_copied()
        .at(0, 2, 1, 10, 6, 0)
        .hint("救助款物本人收到了没有：1 是  2 否"),
    Field::new("state", "困难情况", Kind::Choice(STATE))
        .always()
        .never_copied()
        .at(0, 2, 40, 8, 16, 0)
        .hint("1 已缓解  2 仍有困难  3 需转其他救助"),
    Field::new("found", "回访情况", Kind::LongText { max: 300 })
        .always()
        .never_copied()
        .phrased(phrases::FOUND)
        .checked(&[Check::Longer(4)])
        .at(0, 3, 1, 10, 64, 0)
        .hint("钱怎么用的，现在怎样；F4 常用语"),
];
