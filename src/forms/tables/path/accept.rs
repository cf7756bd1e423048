//! Application and acceptance (申请受理): 一次性告知 F9, 补正收齐, 准予受理 and 不予受理 F10.

use super::choices::DELIVERY;
use super::common::{happened, late_on};
use super::phrases;
use crate::forms::answers::Answers;
use crate::forms::field::{Check, Context, Field, Kind, Table};
use crate::forms::form::WARNED;

/// How many days an applicant is given to bring what is missing, where the clerk says nothing else.
const DAYS: i64 = 5;

/// 一次性告知.
pub static ONCE_NOTICE: Table = Table { name: "path-once-notice", title: "一次性告知", fields: ONCE };

const ONCE: &[Field] = &[
    happened("on", "告知日期").noted(late_on),
    Field::new("until", "补正期限", Kind::Date { enter_today: false })
        .always()
        .never_copied()
        .filled(until)
        .checked(&[Check::NotBefore("on", "告知日期")])
        .at(0, 1, 1, 10, 10, 0)
        .hint("到哪一天为止；已填告知后第五天，可以改"),
    Field::new("delivery", "告知方式", Kind::Choice(DELIVERY))
        .always()
        .filled(|_, _| Some("1".to_owned()))
        .at(0, 1, 40, 8, 14, 0)
        .hint("1直接送达 2邮寄 3电话 4留置 5公告"),
    receipt(2),
    Field::new("received", "已收材料", Kind::LongText { max: 200 })
        .asked()
        .phrased(phrases::PAPERS)
        .at(0, 3, 1, 10, 64, 0)
        .hint("F4 常用语，可以连着选几样"),
    Field::new("missing", "缺少材料", Kind::LongText { max: 200 })
        .always()
        .never_copied()
        .phrased(phrases::PAPERS)
        .checked(&[Check::Longer(2)])
        .at(0, 4, 1, 10, 64, 0)
        .clause("四（三）一")
        .hint("一次写全，不能分几次告知；F4 常用语"),
    Field::new("override_reason", "确办理由", Kind::LongText { max: 200 })
        .always()
        .shown(|a| a.has(WARNED))
        .never_copied()
        .checked(&[Check::Longer(4)])
        .at(0, 5, 1, 10, 64, 0)
        .hint("为什么要再次告知；督导能看到"),
];

/// What proves that a paper of acceptance reached the applicant. Whoever is handed it signs on the paper itself, so that only
/// another way has to name its proof.
const fn receipt(row: u16) -> Field {
    Field::new("receipt", "送达凭据", Kind::Text { max: 80 })
        .needed(|a| a.has("delivery") && !a.is("delivery", "1"))
        .never_copied()
        .checked(&[Check::Longer(2)])
        .noted(|a, _| Some(proof(a.text("delivery")).to_owned()))
        .at(0, row, 1, 10, 44, 20)
        .hint("当面交的在纸上签收，可以空着；邮寄写单号，电话写接听人和号码，留置写见证人，公告写地点")
}

/// What proves a way of delivery.
pub(super) fn proof(delivery: &str) -> &'static str {
    match delivery {
        "2" => "邮件单号",
        "3" => "接听人和电话",
        "4" => "见证人和留置地点",
        "5" => "公告地点和日期",
        _ => "签收人",
    }
}

fn until(a: &Answers, _: &Context) -> Option<String> {
    Some(a.day("on")?.plus(DAYS).to_string())
}

/// 补正收齐.
pub static CORRECTED: Table = Table { name: "path-corrected", title: "补正收齐", fields: CORRECTION };

const CORRECTION: &[Field] = &[
    happened("on", "收齐日期").noted(late_on),
    Field::new("note", "收到材料", Kind::LongText { max: 200 })
        .never_copied()
        .phrased(phrases::PAPERS)
        .at(0, 1, 1, 10, 64, 0)
        .hint("已填告知时缺少的材料；F4 常用语"),
];

/// 准予受理.
pub static ACCEPT: Table = Table { name: "path-accept", title: "准予受理", fields: ACCEPTANCE };

const ACCEPTANCE: &[Field] = &[
    happened("on", "受理日期").noted(late_on).clause("四（三）一"),
    Field::new("delivery", "送达方式", Kind::Choice(DELIVERY))
        .always()
        .filled(|_, _| Some("1".to_owned()))
        .at(0, 1, 1, 10, 14, 0)
        .hint("受理通知书怎么交给申请人：1直接送达 2邮寄 3电话 4留置 5公告"),
    receipt(2),
    Field::new("note", "备    注", Kind::LongText { max: 200 })
        .never_copied()
        .at(0, 3, 1, 10, 64, 0)
        .hint("可以空着"),
];

/// 不予受理.
pub static DECLINE: Table = Table { name: "path-decline", title: "不予受理", fields: DECLINED };

const DECLINED: &[Field] = &[Field::new("reason", "理    由", Kind::LongText { max: 200 })
    .always()
    .never_copied()
    .phrased(phrases::DECLINED)
    .checked(&[Check::Longer(4)])
    .at(0, 0, 1, 10, 64, 0)
    .clause("四（三）一")
    .hint("写进通知书，申请人看得到；F4 常用语")];
