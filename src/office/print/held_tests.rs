//! What a case holds stands on its papers: how a letter was delivered, who gave which opinion when, what lies in the file.

use super::path::CasePaper;
use super::tests::{beside, body, card, cells, day, money_line, printing, step, yuan};
use super::{PaperKind, Printing, case_paper, why_not};
use crate::base::day::{Day, Stamp};
use crate::domain::command::path::{Accept, EndNotice, Objection, SettleObjection};
use crate::domain::fact::Fact;
use crate::domain::fact::path::{Examined, NoticePosted, OnceNoticed, ResultDelivered};
use crate::domain::grant::{Goods, Line};
use crate::domain::ids::{LineId, OfficerNo, ReferralId, Text};
use crate::domain::nouns::path::{Delivery, ResultPaper};
use crate::domain::nouns::{LineKind, Path, PayBy, Payee, Stage, Way};
use crate::domain::office::Tier;
use crate::domain::tiers::{CityAnswer, ReferOutcome, ReferTo};
use crate::store::replica::views::card::CaseCard;
use crate::store::replica::views::path::EnteredStep;
use crate::store::replica::views::tiers::{CityLine, MeetingLine, ReferralLine};

const F1: PaperKind = PaperKind::Application;
const F11: PaperKind = PaperKind::Case(CasePaper::Decision);

fn entered(on: Day, fact: Fact, words: &[(&str, &str)]) -> EnteredStep {
    EnteredStep {
        n: 9,
        on,
        at: Stamp::at(on, 16, 0),
        by: OfficerNo::from("1021"),
        fact,
        words: words.iter().map(|(slot, text)| (Text::from(*slot), (*text).to_owned())).collect(),
    }
}

fn with(steps: Vec<EnteredStep>) -> Printing {
    let mut printing = printing(false);
    printing.held.steps = steps;
    printing
}

fn on_paper(kind: PaperKind, card: &CaseCard, printing: &Printing) -> Vec<String> {
    cells(&case_paper(kind, card, printing).unwrap())
}

fn delivered(paper: ResultPaper, card: &CaseCard) -> EnteredStep {
    let made = ResultDelivered {
        case: card.case.id,
        on: day(3, 4),
        paper,
        delivery: Delivery::Post,
        receipt: Some("receipt".into()),
    };
    entered(day(3, 4), Fact::ResultDelivered(made), &[("receipt", "挂号信第77号，其妻签收")])
}

#[test]
fn a_letter_says_how_it_reached_him() {
    let mut card = card();
    let letters = [
        (CasePaper::Decision, ResultPaper::Granted, Stage::Paid),
        (CasePaper::Refusal, ResultPaper::Refused, Stage::Refused),
        (CasePaper::Acceptance, ResultPaper::Declined, Stage::Declined),
    ];
    for (kind, paper, stage) in letters {
        card.case.stage = stage;
        card.steps = vec![step("决定", stage, "", "已说明理由")];
        let known = on_paper(PaperKind::Case(kind), &card, &with(vec![delivered(paper, &card)]));
        assert!(beside(&known, "送达方式").contains("√邮寄送达"), "{kind:?}");
        assert_eq!(beside(&known, "送达日期"), "2026年3月4日");
        assert_eq!(beside(&known, "送达登记人"), "韩梅");
        assert_eq!(beside(&known, "签收人、送达凭证"), "挂号信第77号，其妻签收");
        let blank = on_paper(PaperKind::Case(kind), &card, &with(Vec::new()));
        assert!(!beside(&blank, "送达方式").contains('√') && beside(&blank, "送达日期").contains("　　年"));
    }
}

#[test]
fn what_is_missing_was_told_on_its_day_and_by_somebody() {
    let card = card();
    let made = OnceNoticed {
        case: card.case.id,
        on: day(3, 3),
        until: day(3, 13),
        received: None,
        missing: None,
        delivery: Delivery::Hand,
        receipt: None,
    };
    let printing = with(vec![entered(day(3, 3), Fact::OnceNoticed(made), &[])]);
    let page = on_paper(PaperKind::Case(CasePaper::OnceNotice), &card, &printing);
    assert!(beside(&page, "送达方式").contains("√直接送达"));
    assert_eq!(
        (beside(&page, "送达日期"), beside(&page, "送达登记人")),
        ("2026年3月3日".into(), "韩梅".into())
    );
    assert!(page.iter().any(|cell| cell == "受送达人签收（手印）：\n2026年3月3日"), "{page:?}");
}

/// 800 asked for and nothing decided.
fn open() -> CaseCard {
    let mut card = card();
    card.case.granted.clear();
    card.case.asked = vec![money_line("800")];
    (card.case.way, card.case.stage) = (None, Stage::Submitted);
    (card.case.decided_by, card.opening.decided_on, card.opening.decided_tier) = (None, None, None);
    (card.items, card.payments, card.steps) = (Vec::new(), Vec::new(), Vec::new());
    card
}

#[test]
fn the_township_has_no_opinion_before_it_gives_one() {
    const OPINION: &str = "乡镇（场、街道）审核意见";
    let mut card = open();
    card.case.tier = Some(Tier::Township);
    card.steps = vec![step("报批", Stage::Submitted, "", "")];
    let before = beside(&on_paper(F1, &card, &with(Vec::new())), OPINION);
    assert!(before.starts_with("建议救助金额________元") && !before.contains("800"), "{before}");
    let made = Examined {
        case: card.case.id,
        on: day(3, 5),
        by: OfficerNo::from("1029"),
        agrees: true,
        amount: yuan("700"),
        opinion: Some("opinion".into()),
    };
    let printing = with(vec![entered(day(3, 5), Fact::Examined(made), &[("opinion", "情况属实")])]);
    let page = on_paper(F1, &card, &printing);
    assert!(beside(&page, OPINION).starts_with("情况属实\n建议救助金额700.00元"));
    assert!(page.iter().any(|cell| cell == "主管领导（盖章）：白志远\n2026年3月5日"));
    assert!(
        page.iter().any(|cell| cell == "民政助理：韩梅\n2026年3月4日"),
        "who asked for the approval, and when"
    );
}

#[test]
fn what_is_passed_up_says_who_passed_it_up_and_for_how_much() {
    let mut card = open();
    card.case.tier = Some(Tier::County);
    card.steps = vec![step("报县局", Stage::Submitted, "", "超出乡镇权限")];
    let page = on_paper(F1, &card, &with(Vec::new()));
    let opinion = beside(&page, "乡镇（场、街道）审核意见");
    assert_eq!(opinion, "超出乡镇权限\n报县局审批，建议救助金额800.00元（大写：人民币捌佰元整）。");
    assert!(page.iter().any(|cell| cell == "主管领导（盖章）：白志远\n2026年3月4日"));
}

#[test]
fn the_city_s_answer_stands_on_the_form_once_it_was_checked() {
    let mut card = open();
    card.case.stage = Stage::AtCity;
    let mut printing = with(Vec::new());
    let number = "朝民批〔2026〕3号".to_owned();
    printing.held.beside.city = Some(CityLine {
        by: OfficerNo::from("1029"),
        on: day(3, 6),
        amount: yuan("8000"),
        request: Some("朝县民请〔2026〕5号".to_owned()),
        reason: "支出巨大".to_owned(),
        reply: Some((number, day(3, 9), CityAnswer::Agreed, yuan("7000"), OfficerNo::from("1029"))),
        checked_by: None,
    });
    let said = |printing: &Printing| beside(&on_paper(F1, &card, printing), "县民政局审批意见");
    let waiting = said(&printing);
    assert!(
        waiting.starts_with("2026年3月6日报市级审批（朝县民请〔2026〕5号），拟救助金额8,000.00元"),
        "{waiting}"
    );
    assert!(!waiting.contains("7,000.00"), "nobody checked it yet: {waiting}");
    printing.held.beside.city.as_mut().unwrap().checked_by = Some(OfficerNo::from("1021"));
    assert!(said(&printing).contains("市级2026年3月9日批复（朝民批〔2026〕3号）"));
    assert!(said(&printing).contains("批准金额7,000.00元（大写：人民币柒仟元整）"));
}

#[test]
fn the_contents_of_the_file_name_what_lies_in_it() {
    let card = open();
    let case = card.case.id;
    let objection = Objection { case, number: 1, on: day(3, 4), said: None };
    let settled = SettleObjection { case, number: 1, on: day(3, 5), upheld: false, finding: None };
    let ended = EndNotice { case, on: day(3, 6), void: None };
    let mut printing = with(vec![
        entered(day(3, 4), Fact::ObjectionMade(objection), &[]),
        entered(day(3, 5), Fact::ObjectionSettled(settled), &[]),
        entered(day(3, 6), Fact::NoticeEnded(ended), &[]),
        delivered(ResultPaper::Granted, &card),
    ]);
    let listed = ["公示异议", "公示异议处理", "公示结果记录", "送达凭证"];
    let others = ["一事一议（会商）记录", "报市级审批请示", "市级批复", "转介单", "转介回执"];
    let cover = PaperKind::Case(CasePaper::Cover);
    let page = on_paper(cover, &card, &printing);
    assert!(listed.iter().all(|name| page.iter().any(|cell| cell == name)), "{page:?}");
    assert!(!others.iter().any(|name| page.iter().any(|cell| cell == name)), "{page:?}");
    printing.held.beside.meetings.push(MeetingLine {
        n: 7,
        on: day(3, 3),
        kind: None,
        tier: Tier::County,
        present: 3,
        amount: yuan("800"),
        words: Default::default(),
    });
    let reply = ("批".to_owned(), day(3, 9), CityAnswer::Agreed, yuan("800"), OfficerNo::from("1029"));
    printing.held.beside.city = Some(CityLine {
        by: OfficerNo::from("1029"),
        on: day(3, 6),
        amount: yuan("800"),
        request: None,
        reason: String::new(),
        reply: Some(reply),
        checked_by: None,
    });
    printing.held.beside.referrals.push(ReferralLine {
        id: ReferralId([1; 16]),
        to: ReferTo::ALL[0],
        on: day(3, 6),
        due: day(3, 16),
        body: String::new(),
        what: String::new(),
        outcome: Some((ReferOutcome::ALL[0], day(3, 10))),
        answer: String::new(),
    });
    let page = on_paper(cover, &card, &printing);
    assert!(others.iter().all(|name| page.iter().any(|cell| cell == name)), "{page:?}");
}

#[test]
fn instalments_are_named_with_their_number_and_their_day() {
    let mut card = card();
    let part = |no: u8, after: u8| Line { line: LineId([no; 16]), after, ..money_line("150") };
    card.case.granted = vec![part(1, 0), part(2, 1), part(3, 2)];
    let said = beside(&on_paper(F11, &card, &with(Vec::new())), "救助方式");
    let said: Vec<&str> = said.lines().collect();
    assert_eq!(said[0], "救助金150.00元（现金，本人领取，第1期/共3期）");
    assert_eq!(said[2], "救助金150.00元（现金，本人领取，第3期/共3期，2026年5月2日起发放）");
    card.case.asked = std::mem::take(&mut card.case.granted);
    let said = beside(&on_paper(F1, &card, &with(Vec::new())), "救助方式");
    assert!(said.ends_with("第3期/共3期，批准满2个月发放）"), "{said}");
}

#[test]
fn the_head_says_when_it_was_filled_in_and_the_foot_when_it_was_printed() {
    let card = card();
    let printing = with(Vec::new());
    for (kind, filled) in [
        (F1, "填报日期：2026年3月2日"),
        (F11, "填报日期：2026年3月2日"),
        (PaperKind::FirstAid, "填报日期：2026年3月2日"),
        (PaperKind::Case(CasePaper::Survey), "填报日期：　　年　　月　　日"),
    ] {
        let page = body(&case_paper(kind, &card, &printing).unwrap());
        assert!(page.contains(filled), "{kind:?}");
        let (_, foot) = page.split_once("<footer>").unwrap();
        assert!(foot.contains("打印日期：2026年3月6日"), "{kind:?}");
        assert_eq!(page.matches("2026年3月6日").count(), 1, "{kind:?}");
    }
}

#[test]
fn an_advance_keeps_its_sheet_when_the_rest_is_decided() {
    let mut card = card();
    card.case.way = Some(Way::Ordinary);
    card.case.granted = vec![money_line("2000")];
    card.opening.decided_on = Some(day(3, 4));
    card.steps = vec![step("审批同意", Stage::Approved, "", "")];
    assert_eq!(why_not(PaperKind::FirstAid, &card, &printing(false)), None);
    let page = on_paper(PaperKind::FirstAid, &card, &with(Vec::new()));
    assert!(beside(&page, "救助金额").starts_with("450.00元"), "{page:?}");
    assert!(beside(&page, "先行方式").contains("√预支"));
    assert!(beside(&on_paper(F11, &card, &with(Vec::new())), "批注").contains("已预支450.00元"));
}

#[test]
fn an_acceptance_says_how_it_reached_him_where_somebody_said_so() {
    let card = card();
    let kind = PaperKind::Case(CasePaper::Acceptance);
    let accepted = |delivery: Option<Delivery>| {
        let receipt = delivery.map(|_| Text::from("receipt"));
        let made = Accept { case: card.case.id, on: day(3, 3), note: None, delivery, receipt };
        let words: &[(&str, &str)] =
            if delivery.is_some() { &[("receipt", "挂号信第78号")] } else { &[] };
        on_paper(kind, &card, &with(vec![entered(day(3, 3), Fact::CaseAccepted(made), words)]))
    };
    let known = accepted(Some(Delivery::Post));
    assert!(beside(&known, "送达方式").contains("√邮寄送达"));
    assert_eq!(beside(&known, "签收人、送达凭证"), "挂号信第78号");
    assert_eq!(
        (beside(&known, "送达日期"), beside(&known, "送达登记人")),
        ("2026年3月3日".into(), "韩梅".into())
    );
    let earlier = accepted(None);
    assert!(!beside(&earlier, "送达方式").contains('√') && beside(&earlier, "送达日期").contains("　　年"));
}

#[test]
fn every_way_in_which_help_reaches_him_is_named_with_its_sum() {
    let mut card = card();
    card.case.way = Some(Way::Ordinary);
    let bank = Line { pay_by: PayBy::Bank, ..money_line("300") };
    let goods =
        Goods { item: "棉被".to_owned(), quantity_milli: 2_000, unit: "床".to_owned(), price: yuan("60") };
    let kind = |kind, goods| Line { kind, goods, ..money_line("120") };
    card.case.granted = vec![
        Line { line: LineId([1; 16]), payee: Payee::Guardian, ..bank.clone() },
        Line { line: LineId([2; 16]), ..money_line("80") },
        Line { line: LineId([3; 16]), ..kind(LineKind::Goods, Some(goods)) },
        Line { line: LineId([4; 16]), amount: yuan("0.01"), ..kind(LineKind::Referral, None) },
    ];
    let letter = body(&case_paper(F11, &card, &with(Vec::new())).unwrap());
    let said = "救助金300.00元由金融机构直接发放到领款人卡（折）；救助金80.00元现金发放，请本人持身份证领取；实物请持身份证领取；\
                转介和服务由经办人联系办理。";
    assert!(letter.contains(said), "{letter}");
    let form = |card: &CaseCard| beside(&on_paper(F1, card, &with(Vec::new())), "乡镇（场、街道）审核意见");
    let said = "救助金300.00元由金融机构直接发放到卡（折）；救助金80.00元现金发放，须有事由和领取人签字；实物发放，须有领取人签字；";
    assert!(form(&card).contains(said), "{}", form(&card));
    card.case.granted = vec![bank];
    assert!(form(&card).ends_with("由金融机构直接发放到卡（折）。") && !form(&card).contains("救助金300"));
}

#[test]
fn an_appraisal_sat_about_what_was_asked_for() {
    let mut card = open();
    (card.case.path, card.case.granted) = (Path::Expenditure, vec![money_line("500")]);
    let page = on_paper(PaperKind::Case(CasePaper::Review), &card, &with(Vec::new()));
    assert_eq!(beside(&page, "金额"), "800.00元（大写：人民币捌佰元整）");
    assert!(beside(&page, "拟救助").contains("800.00") && !page.iter().any(|cell| cell.contains("500.00")));
}

#[test]
fn what_others_gave_is_printed_as_it_was_told_too() {
    let mut card = card();
    card.opening.told.insert("other-aid".into(), "保险赔付1200元".to_owned());
    let page = on_paper(PaperKind::Case(CasePaper::Matter), &card, &with(Vec::new()));
    assert_eq!(beside(&page, "已获赔偿、保险、其他救助"), "保险赔付1200元");
}

#[test]
fn a_second_handler_is_named_where_two_had_a_hand_in_it() {
    let signing = |card: &CaseCard| {
        let page = on_paper(PaperKind::FirstAid, card, &with(Vec::new()));
        let of = |role: &str| page.iter().find(|cell| cell.starts_with(role)).cloned().unwrap_or_default();
        [of("经办人1签字"), of("经办人2签字")]
    };
    let mut card = card();
    let [_, second] = signing(&card);
    assert!(!second.contains("韩梅") && !second.contains("白志远"), "one alone did all of it: {second}");
    card.payments[0].payer = "刘村主任".to_owned();
    let [first, second] = signing(&card);
    assert!(first.contains("刘村主任") && second.contains("韩梅"), "{first} {second}");
    card.payments[0].payer = String::new();
    card.lead.as_mut().unwrap().by = OfficerNo::from("1029");
    assert!(!signing(&card)[1].contains("白志远"), "who gave the word is no handler of it");
}

#[test]
fn a_notice_is_not_answered_by_what_was_said_of_an_earlier_one() {
    let card = card();
    let case = card.case.id;
    let at =
        |n: u64, on: Day, fact: Fact, words: &[(&str, &str)]| EnteredStep { n, ..entered(on, fact, words) };
    let posted = |from: Day| {
        let (place, posted_by, summary, phone) = (None, None, None, None);
        let until = from.plus(2);
        let amount = yuan("450");
        Fact::NoticePosted(NoticePosted {
            case,
            from,
            until,
            amount,
            place,
            posted_by,
            summary,
            phone,
            photos: 1,
        })
    };
    let objection =
        |number: u16, on: Day| Fact::ObjectionMade(Objection { case, number, on, said: Some("said".into()) });
    let voided = EndNotice { case, on: day(3, 3), void: Some("void".into()) };
    let settled = SettleObjection { case, number: 1, on: day(3, 4), upheld: true, finding: None };
    let mut steps = vec![
        at(10, day(3, 2), posted(day(3, 2)), &[]),
        at(11, day(3, 3), objection(1, day(3, 3)), &[("said", "名单有误")]),
        at(12, day(3, 3), Fact::NoticeEnded(voided), &[("void", "金额写错")]),
        at(13, day(3, 4), posted(day(3, 4)), &[]),
        at(14, day(3, 4), Fact::ObjectionSettled(settled), &[]),
        at(15, day(3, 7), Fact::NoticeEnded(EndNotice { case, on: day(3, 7), void: None }), &[]),
    ];
    let kind = PaperKind::Case(CasePaper::NoticeResult);
    let page = on_paper(kind, &card, &with(steps.clone()));
    assert_eq!(beside(&page, "结果"), "√无异议　□有异议");
    assert!(!page.iter().any(|cell| cell.contains("名单有误")), "{page:?}");
    steps.insert(5, at(15, day(3, 5), objection(2, day(3, 5)), &[("said", "家有轿车")]));
    let page = on_paper(kind, &card, &with(steps.clone()));
    assert!(beside(&page, "结果").contains("√有异议"));
    assert!(
        beside(&page, "异议内容和处理").contains("家有轿车")
            && !beside(&page, "异议内容和处理").contains("名单有误")
    );
    // the file as a whole says that there was an earlier one, and why it was taken down
    let cover = on_paper(PaperKind::Case(CasePaper::Cover), &card, &with(steps));
    assert!(beside(&cover, "本卷情况说明").contains("2026年3月3日公示作废：金额写错"), "{cover:?}");
}

#[test]
fn an_emergency_is_refused_with_what_is_known_of_it() {
    let mut card = open();
    card.case.stage = Stage::Refused;
    card.steps = vec![step("不予救助", Stage::Refused, "", "保险已全额赔付")];
    card.opening.told.insert("loss".into(), "8000.00".to_owned());
    card.opening.told.insert("other-aid".into(), "保险赔付8000元".to_owned());
    let page = on_paper(PaperKind::Case(CasePaper::Refusal), &card, &with(Vec::new()));
    let facts = beside(&page, "认定的事实");
    for said in
        ["2026年3月2日经热线", "到场查看", "困难发生于2026年3月1日", "直接损失8,000.00元", "保险赔付8000元"]
    {
        assert!(facts.contains(said), "{said}: {facts}");
    }
    assert!(!facts.contains("被褥"), "the words of whoever reported it stay in the file");
}

#[test]
fn the_file_says_what_is_missing_and_how_it_began() {
    let mut card = card();
    let said = |card: &CaseCard| {
        beside(&on_paper(PaperKind::Case(CasePaper::Cover), card, &with(Vec::new())), "本卷情况说明")
    };
    let open = said(&card);
    assert!(open.starts_with("按手填空白单0012补录。") && open.contains("还缺：对象"), "{open}");
    card.items.iter_mut().for_each(|item| item.done = Some(day(3, 9)));
    assert!(said(&card).ends_with("先行救助的手续于2026年3月9日补齐。"));
    (card.items, card.opening.blank) = (Vec::new(), String::new());
    assert!(!said(&card).contains("补录") && !said(&card).contains("手续"), "nothing is to be said of it");
}

#[test]
fn what_was_entered_after_a_refusal_is_not_its_reason() {
    let mut card = open();
    card.case.stage = Stage::Refused;
    let mut delivered = step("结果送达", Stage::Refused, "", "挂号信第77号");
    delivered.at = Stamp::at(day(3, 9), 9, 0);
    delivered.who = OfficerNo::from("1021");
    card.steps = vec![
        step("报批", Stage::Submitted, "", ""),
        step("不予救助", Stage::Refused, "", "保险已全额赔付"),
        delivered,
    ];
    let mut printing = with(Vec::new());
    printing.held.county = [OfficerNo::from("1029")].into();
    let page = on_paper(PaperKind::Case(CasePaper::Refusal), &card, &printing);
    assert_eq!(beside(&page, "不予救助的理由"), "保险已全额赔付");
    assert_eq!(beside(&page, "决定日期"), "2026年3月4日");
    assert!(page.iter().any(|cell| cell.starts_with("盖章：朝阳县民政局")), "whoever refused: {page:?}");
    assert!(beside(&on_paper(F1, &card, &printing), "办理结果").starts_with("不予救助：保险已全额赔付"));
}
