//! Papers: what stands on each, from invented cases.

use super::*;
use crate::base::day::Stamp;
use crate::base::id_no::Sex;
use crate::base::money::Money;
use crate::domain::answers::{Case, Item, Matter};
use crate::domain::fact::MoveKind;
use crate::domain::fund::Till;
use crate::domain::grant::{Goods, Grant, Line, Source};
use crate::domain::ids::{AuthorityId, CaseId, HouseholdId, LeadId, LineId, MatterId};
use crate::domain::nouns::{
    Applicant, Channel, Circumstance, Fund, ItemKind, LeadEnd, LineKind, Need, Path, PayBy, Payee, Schemes,
    Severity, Stage, Status, Way,
};
use crate::domain::office::Tier;
use crate::domain::pad::Fate;
use crate::store::replica::lookup::{FamilyCard, Hit, Member, Prior, Sum};
use crate::store::replica::views::card::{FundView, GivenWord, Opening, Payment, Step, Sums};
use crate::store::replica::views::goods::BlankRow;
use crate::store::replica::views::leads::LeadRow;
use crate::store::replica::views::reserve::{OutlayRow, ReserveRow, SourceShare};
use calamine::{Data, Reader as _};
use std::collections::BTreeSet;
use std::io::Cursor;

const HUSBAND: PersonId = PersonId([1; 16]);
const WIFE: PersonId = PersonId([2; 16]);
const CASE: CaseId = CaseId([3; 16]);
const LINE: LineId = LineId([4; 16]);
const MATTER: MatterId = MatterId([5; 16]);
const HOUSEHOLD: HouseholdId = HouseholdId([6; 16]);
const HIS_ID: &str = "211321196804120012";
const HER_ID: &str = "21132119751103078X";

pub(super) fn day(m: u32, d: u32) -> Day {
    Day::new(2026, m, d).unwrap()
}

pub(super) fn yuan(text: &str) -> Money {
    Money::parse(text).unwrap()
}

pub(super) fn money_line(amount: &str) -> Line {
    let (kind, pay_by, payee) = (LineKind::Money, PayBy::Cash, Payee::Self_);
    Line { line: LINE, kind, amount: yuan(amount), goods: None, pay_by, payee, after: 0 }
}

fn prior(on: Day, number: &str, amount: &str) -> Prior {
    let grant = Grant {
        source: Source::Imported([9; 16]),
        number: number.to_owned(),
        matter: None,
        circumstance: None,
        people: vec![HUSBAND],
        household: None,
        township: 102,
        tier: Tier::Township,
        way: Way::Ordinary,
        amount: yuan(amount),
        on,
        provisional: false,
        paid: true,
    };
    Prior {
        grant,
        matter_number: String::new(),
        kinds: Vec::new(),
        stage: None,
        handler: None,
        imported: true,
    }
}

fn family() -> FamilyCard {
    FamilyCard {
        who: Hit {
            person: HUSBAND,
            name: "郑有田".to_owned(),
            sex: Some(Sex::Male),
            age: Some(57),
            id_masked: "211321********0012".to_owned(),
            township: Some(102),
            village: Some(211_321_102_201),
            household: Some(HOUSEHOLD),
            household_size: 3,
            status: Some(Status::RuralAllowance),
            three_years: Sum::default(),
            died: None,
            also: Vec::new(),
        },
        id_no: HIS_ID.to_owned(),
        phone: "13842100001".to_owned(),
        address: "三组12号".to_owned(),
        account: "6228480000000000018".to_owned(),
        bank: "朝阳县农商行".to_owned(),
        resident: true,
        own: Vec::new(),
        members: vec![Member {
            person: WIFE,
            name: "孙桂兰".to_owned(),
            relation: "10".to_owned(),
            sex: Some(Sex::Female),
            age: Some(50),
            three_years: Sum::default(),
            last: None,
        }],
        household_three_years: Sum::default(),
        household_year: Vec::new(),
        last: None,
    }
}

fn lead() -> LeadRow {
    LeadRow {
        lead: LeadId([7; 16]),
        number: "X26-102-0009".to_owned(),
        channel: Channel::Hotline,
        township: 102,
        village: Some(211_321_102_201),
        circumstance: Circumstance::Accident,
        severity: Severity::Serious,
        at: Stamp::at(day(3, 2), 9, 10),
        due_visit: Stamp::at(day(3, 3), 9, 10),
        due_money: Stamp::at(day(3, 4), 9, 10),
        person: Some(HUSBAND),
        name: "郑有田".to_owned(),
        said: "夜里房屋失火，被褥粮食烧光".to_owned(),
        by: OfficerNo::from("1021"),
        answered: Some(Stamp::at(day(3, 2), 10, 5)),
        ended: Some(LeadEnd::Case),
        reason: String::new(),
        case: Some(CASE),
    }
}

fn item(kind: ItemKind, noted: bool, done: Option<Day>) -> Item {
    let (number, handler) = ("26-102-0031".to_owned(), OfficerNo::from("1021"));
    Item { case: CASE, number, kind, due: day(3, 16), handler, noted, done }
}

fn case() -> Case {
    Case {
        id: CASE,
        number: "26-102-0031".to_owned(),
        matter: MATTER,
        person: HUSBAND,
        household: Some(HOUSEHOLD),
        applicant: Applicant::Household,
        township: 102,
        circumstance: Circumstance::Accident,
        severity: Severity::Serious,
        path: Path::Emergency,
        schemes: Schemes::NotYet,
        by_meeting: false,
        meeting: None,
        handler: OfficerNo::from("1021"),
        accepted: day(3, 2),
        pack: "CY-2021-15".to_owned(),
        stage: Stage::Paid,
        tier: None,
        asked: Vec::new(),
        granted: vec![money_line("450")],
        way: Some(Way::Direct),
        provisional: false,
        decided_by: Some(OfficerNo::from("1021")),
        paid: BTreeSet::from([LINE]),
        outlay: Money::ZERO,
        ratification_due: None,
        marked: false,
        touched_n: 7,
        touched_by: OfficerNo::from("1021"),
    }
}

/// A fire in 波罗赤镇: 450.00 paid first in cash, its papers open.
pub(super) fn card() -> CaseCard {
    let opening = Opening {
        helped: 3,
        village: 211_321_102_201,
        place: Some(211_321_102_202),
        need: Need::Urgent,
        opened: Stamp::at(day(3, 2), 9, 40),
        since: Stamp::at(day(3, 2), 10, 30),
        due: None,
        reason: "住房失火，主要生活用品全部烧毁，无处安身。".to_owned(),
        told: std::collections::BTreeMap::new(),
        minutes: String::new(),
        blank: "0012".to_owned(),
        home_to_ask: false,
        handler_name: "韩梅".to_owned(),
        decided_on: Some(day(3, 2)),
        decided_tier: Some(Tier::Township),
    };
    let payment = Payment {
        line: LINE,
        amount: yuan("450"),
        pay_by: PayBy::Cash,
        at: Stamp::at(day(3, 2), 10, 30),
        by: OfficerNo::from("1021"),
        receipt: "郑有田".to_owned(),
        witness: "刘村主任".to_owned(),
        cash_reason: "急难先行".to_owned(),
        payer: String::new(),
    };
    let word = GivenWord {
        id: AuthorityId([8; 16]),
        by: OfficerNo::from("1029"),
        name: "白志远".to_owned(),
        tier: Tier::Township,
        amount: yuan("450"),
        at: Stamp::at(day(3, 2), 10, 20),
        signed: false,
        verified: false,
        used: true,
    };
    let matter = Matter {
        id: MATTER,
        number: "S26-102-007".to_owned(),
        township: 102,
        circumstance: Circumstance::Accident,
        on: day(3, 1),
        opened: Stamp::at(day(3, 2), 9, 40),
        shared: false,
        people: vec![HUSBAND],
    };
    CaseCard {
        taker: None,
        holder: String::new(),
        case: case(),
        opening,
        matter: Some(matter),
        lead: Some(lead()),
        family: Some(family()),
        household_prior: vec![
            prior(day(5, 6), "26-102-0090", "200"),
            prior(day(1, 8), "26-102-0002", "300"),
            prior(Day::new(2025, 11, 3).unwrap(), "", "1000"),
        ],
        sums: Sums::default(),
        standard: None,
        hints: Vec::new(),
        fund: FundView::default(),
        items: vec![
            item(ItemKind::Subject, true, None),
            item(ItemKind::Cause, true, Some(day(3, 5))),
            item(ItemKind::Amount, true, None),
            item(ItemKind::HandlerSignature, false, None),
            item(ItemKind::Seal, false, None),
            item(ItemKind::ApproverSignature, false, None),
        ],
        payments: vec![payment],
        authorisations: vec![word],
        exceptions: Vec::new(),
        noted: Vec::new(),
        marks: Vec::new(),
        relatives_of: Vec::new(),
        maybe_relatives: Vec::new(),
        steps: Vec::new(),
        path: None,
        hides_hardship: false,
    }
}

pub(super) fn printing(practice: bool) -> Printing {
    let person = |name: &str, id_no: &str, y, m, d, sex| PersonDetails {
        name: name.to_owned(),
        id_no: id_no.to_owned(),
        birth: Day::new(y, m, d),
        sex: Some(sex),
        ..PersonDetails::default()
    };
    Printing {
        names: [("1021", "韩梅"), ("1029", "白志远")]
            .map(|(no, name)| (OfficerNo::from(no), name.to_owned()))
            .into(),
        people: BTreeMap::from([
            (HUSBAND, person("郑有田", HIS_ID, 1968, 4, 12, Sex::Male)),
            (WIFE, person("孙桂兰", HER_ID, 1975, 11, 3, Sex::Female)),
        ]),
        on: day(3, 6),
        by: "韩梅".to_owned(),
        practice,
        held: CaseHeld::default(),
    }
}

fn posting(
    d: u32,
    voucher: &str,
    why: MoveKind,
    till: Till,
    fen: i64,
    balance: i64,
    text: &str,
) -> ReserveRow {
    let case = matches!(why, MoveKind::Paid | MoveKind::Repaid).then_some(CASE);
    ReserveRow {
        on: day(3, d),
        voucher: voucher.to_owned(),
        why,
        fund: matches!(why, MoveKind::Allotted | MoveKind::GivenBack).then_some(Fund::County),
        text: text.to_owned(),
        till,
        case,
        case_number: if case.is_some() { "26-102-0031".to_owned() } else { String::new() },
        name: "郑有田".to_owned(),
        amount: Money::from_fen(fen),
        balance: Money::from_fen(balance),
        by: OfficerNo::from("1021"),
    }
}

fn month() -> ReserveMonth {
    ReserveMonth {
        township: 102,
        first: day(3, 1),
        opening_cash: yuan("200"),
        opening_bank: yuan("1800"),
        rows: vec![
            posting(1, "26-03-001", MoveKind::Allotted, Till::Bank, 100_000, 300_000, ""),
            posting(2, "26-03-002", MoveKind::Withdrawn, Till::Bank, -50_000, 250_000, ""),
            posting(2, "26-03-002", MoveKind::Withdrawn, Till::Cash, 50_000, 300_000, ""),
            posting(2, "26-03-003", MoveKind::Paid, Till::Cash, -45_000, 255_000, &format!("付{HIS_ID}本人")),
            posting(9, "26-03-004", MoveKind::GivenBack, Till::Bank, -5_000, 250_000, ""),
        ],
        income: yuan("1000"),
        spending: yuan("500"),
        closing_cash: yuan("250"),
        closing_bank: yuan("2250"),
        outlays: vec![OutlayRow { case: CASE, number: "26-102-0033".to_owned(), owed: yuan("100") }],
        sources: vec![SourceShare { fund: Some(Fund::County), held: yuan("9000"), advanced: yuan("2950") }],
        papers_open: yuan("450"),
        plan: Default::default(),
        counted: None,
    }
}

/// The body of the page that a paper becomes; its workbook says the same.
pub(super) fn body(printed: &Printed) -> String {
    let page = html::page(&printed.paper);
    let body = page.split_once("</style>").unwrap().1.to_owned();
    let mark = printed.paper.practice.as_deref();
    assert_eq!(lines_of(cells(printed), mark), lines_of(texts(&body), mark), "{}", printed.paper.title);
    body
}

/// The texts between the tags of a page.
fn texts(body: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut inside = false;
    for letter in body.chars() {
        match letter {
            '<' => inside = true,
            '>' => (inside, _) = (false, texts.push(String::new())),
            other if !inside => texts.last_mut().unwrap().push(other),
            _ => {}
        }
    }
    let plain = |text: String| {
        let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        marks.iter().fold(text, |text, (from, to)| text.replace(from, to))
    };
    texts.into_iter().map(plain).collect()
}

/// The lines of texts without blanks, sorted; the mark of practice stands in a workbook's margins.
fn lines_of(texts: Vec<String>, mark: Option<&str>) -> Vec<String> {
    let lines = texts.iter().flat_map(|text| text.lines());
    let squeezed = lines.map(|line| line.split_whitespace().collect::<String>());
    let mut kept: Vec<String> =
        squeezed.filter(|line| !line.is_empty() && Some(line.as_str()) != mark).collect();
    kept.sort();
    kept
}

fn of(kind: PaperKind, card: &CaseCard, practice: bool) -> Printed {
    case_paper(kind, card, &printing(practice)).unwrap()
}

/// The cells of the XLSX that a paper becomes.
pub(super) fn cells(printed: &Printed) -> Vec<String> {
    let mut out = Cursor::new(Vec::new());
    crate::store::export::xlsx_form::write(&printed.paper, printed.on, &mut out).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(out).unwrap();
    let (_, sheet) = book.worksheets().remove(0);
    let text = |cell: &Data| match cell {
        Data::String(text) => Some(text.clone()),
        _ => None,
    };
    sheet.rows().flatten().filter_map(text).collect()
}

/// The cell after the one that says `label`.
pub(super) fn beside(cells: &[String], label: &str) -> String {
    let at = cells.iter().position(|cell| cell == label).unwrap_or_else(|| panic!("no {label}"));
    cells.get(at + 1).cloned().unwrap_or_default()
}

#[test]
fn first_aid_stands_as_agreed() {
    insta::assert_snapshot!("f13", body(&of(PaperKind::FirstAid, &card(), false)));
}

#[test]
fn a_pad_is_one_file_with_a_page_for_every_number() {
    let dir = tempfile::tempdir().unwrap();
    let sheets = ["K26-102-0001", "K26-102-0002"].map(|no| blank_first_aid(102, no, &printing(true)));
    let file = write_pad(&sheets, dir.path()).unwrap();
    assert!(file.to_string_lossy().contains("练习-K26-102-0001-F13"), "{}", file.display());
    let page = std::fs::read_to_string(&file).unwrap();
    for (word, times) in [
        ("K26-102-0001", 1),
        ("K26-102-0002", 1),
        ("break-after:page", 1),
        ("<h1>", 2),
        ("class=\"mark\"", 1),
    ] {
        assert!(page.matches(word).count() >= times, "{word}");
    }
    assert_eq!(page.matches("</html>").count(), 1);
    assert!(write_pad(&[], dir.path()).is_err(), "a pad that is used up");
}

#[test]
fn the_blank_sheet_stands_as_agreed() {
    let blank = blank_first_aid(102, "K26-102-0012", &printing(false));
    assert_eq!(blank.code, "K26-102-0012/F13");
    let page = body(&blank);
    assert!(!page.contains("韩梅") && !page.contains("√"), "nothing is filled in");
    insta::assert_snapshot!("f13_blank", page);
}

#[test]
fn application_stands_as_agreed() {
    insta::assert_snapshot!("f1", body(&of(PaperKind::Application, &card(), false)));
}

#[test]
fn the_agent_and_what_was_told_of_a_member_stand_in_their_cells() {
    use crate::domain::command::path::Application;
    use crate::domain::fact::Fact;
    use crate::store::replica::views::path::EnteredStep;
    let number = "211321198505050023";
    let old = vec![("agent", format!("李梅 女儿 {number} 有委托书"))];
    let new =
        [("agent", "李梅"), ("agent-relation", "女儿"), ("agent-id", number), ("agent-letter", "有委托书")];
    let new = new.map(|(slot, text)| (slot, text.to_owned())).to_vec();
    for words in [old, new] {
        let (mut card, mut printing) = (card(), printing(false));
        let agent = Some("agent".into());
        let fact = Application { case: CASE, on: day(3, 2), promise: true, late: None, agent };
        printing.held.steps.push(EnteredStep {
            n: 1,
            on: day(3, 2),
            at: Stamp::at(day(3, 2), 9, 0),
            by: OfficerNo::from("1021"),
            fact: Fact::ApplicationNoted(fact),
            words: words.into_iter().map(|(slot, text)| (slot.into(), text)).collect(),
        });
        // Her record was merged after 困难详情: she is known by her name.
        for (slot, text) in [
            ("nation", "满族".to_owned()),
            (&*format!("joined-{WIFE}"), "孙桂兰；情况：在外务工；受助：否".to_owned()),
            (
                &*format!("member-{}", PersonId([9; 16])),
                "孙桂兰；婚姻：已婚；残疾：肢体二级；共同生活：否".to_owned(),
            ),
        ] {
            card.opening.told.insert(slot.into(), text);
        }
        let printed = case_paper(PaperKind::Application, &card, &printing).unwrap();
        let cells = cells(&printed);
        let (name, relation) = (beside(&cells, "委托代理人"), beside(&cells, "与申请人关系"));
        assert_eq!((name.as_str(), relation.as_str()), ("李梅", "女儿"));
        assert_eq!(beside(&cells, "委托书"), "有委托书");
        assert!(cells.iter().any(|cell| cell == number), "{cells:?}");
        assert_eq!(beside(&cells, "民族"), "满族");
        let page = body(&printed);
        let row = page.split("<tr>").find(|row| row.contains("孙桂兰")).unwrap();
        for cell in ["已婚", "肢体二级", "在外务工"] {
            assert!(row.contains(cell), "{cell}: {row}");
        }
        assert_eq!(row.matches(">否<").count(), 2, "neither lives there nor is helped: {row}");
    }
}

#[test]
fn a_hardship_stands_by_its_circumstance_as_it_was_told() {
    type Told = &'static [(&'static str, &'static str)];
    let table: [(Circumstance, Told, &[&str]); 3] = [
        (
            Circumstance::Schooling,
            &[
                ("stage", "本科"),
                ("school", "某农业大学"),
                ("years", "4"),
                ("tuition", "5200.00"),
                ("school-aid", "0.00"),
                ("pupil", "郑小满"),
                ("proved-on", "2026-02-27"),
            ],
            &["郑小满", "2026年2月27日", "√本科", "□研究生", "某农业大学", "4年", "5,200.00元", "0.00元"],
        ),
        (
            Circumstance::Livelihood,
            &[("kind", "门店停业"), ("lost-on", "2026-02-20"), ("trade", "零售"), ("trade-loss", "26000.00")],
            &["门店停业", "2026年2月20日", "零售", "26,000.00元"],
        ),
        (
            Circumstance::Accident,
            &[("kind", "溺水"), ("property-loss", "300.00"), ("loss", "1300.00"), ("place", "村西水塘")],
            &["√溺水", "□火灾", "300.00元", "1,300.00元", "村西水塘"],
        ),
    ];
    for (circumstance, told, shown) in table {
        let mut card = card();
        card.case.circumstance = circumstance;
        let told = told.iter().map(|(slot, text)| ((*slot).into(), (*text).to_owned()));
        card.opening.told.extend(told);
        let page = body(&of(PaperKind::Case(CasePaper::Matter), &card, false));
        for text in shown {
            assert!(page.contains(text), "{circumstance:?} {text}");
        }
    }
}

#[test]
fn reserve_stands_as_agreed() {
    insta::assert_snapshot!("f16", body(&reserve_paper(&month(), &printing(false))));
}

#[test]
fn slip_stands_as_agreed() {
    insta::assert_snapshot!("missing", body(&of(PaperKind::Missing, &card(), true)));
}

#[test]
fn the_ledger_is_no_paper_of_a_case() {
    assert!(case_paper(PaperKind::Reserve, &card(), &printing(false)).is_none());
}

#[test]
fn cells_hold_what_the_case_holds() {
    let first = cells(&of(PaperKind::FirstAid, &card(), false));
    assert_eq!(beside(&first, "姓名"), "郑有田");
    assert_eq!(beside(&first, "身份证号"), HIS_ID);
    assert_eq!(beside(&first, "救助金额"), "450.00元（大写：人民币肆佰伍拾元整）");
    assert_eq!(beside(&first, "到场时间"), "2026年3月2日 10:05");
    assert_eq!(
        beside(&first, "授权人、时间、方式"),
        "乡镇 白志远　2026年3月2日 10:20　电话授权　授权450.00元"
    );
    assert!(first.contains(&"表号：26-102-0031/F13".to_owned()));

    let form = cells(&of(PaperKind::Application, &card(), false));
    assert_eq!(
        beside(&form, "上次享受救助时间、数量"),
        "2026年1月8日，300.00元（26-102-0002）",
        "not what came later"
    );
    assert_eq!(beside(&form, "本次累计救助次数、金额"), "2026年第2次，连同本次累计750.00元");
    assert!(beside(&form, "家庭类别").contains("√农村低保"));
    assert!(beside(&form, "家庭类别").contains("√遭受突发事件"));
    assert!(form.contains(&HER_ID.to_owned()), "F2 carries the members' numbers");

    let ledger = cells(&reserve_paper(&month(), &printing(false)));
    assert_eq!(beside(&ledger, "期末结余"), "2,500.00元（大写：人民币贰仟伍佰元整）");
}

#[test]
fn totals_of_the_ledger_are_those_of_the_month() {
    let month = month();
    let paper = reserve_paper(&month, &printing(false)).paper;
    let total = paper.blocks.iter().find_map(|block| match block {
        crate::store::export::paper::Block::Table { total, .. } => Some(total.clone()),
        _ => None,
    });
    let total = total.unwrap();
    let sum = |at: usize| yuan(&total[at]);
    assert_eq!(sum(5), month.income);
    assert_eq!(sum(6) + sum(7), month.spending);
    assert_eq!(month.opening() + sum(5) - sum(6) - sum(7), month.closing());
}

#[test]
fn slip_and_ledger_hold_no_full_number() {
    for printed in [of(PaperKind::Missing, &card(), false), reserve_paper(&month(), &printing(false))] {
        let mut all = cells(&printed);
        all.push(body(&printed));
        for text in all {
            let longest = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
            assert!(longest < 15, "{}", printed.code);
        }
    }
    assert!(body(&of(PaperKind::Missing, &card(), false)).contains("211321********0012"));
    assert!(body(&reserve_paper(&month(), &printing(false))).contains("211321********0012"));
}

#[test]
fn remarks_lose_their_numbers_and_keep_the_rest() {
    assert_eq!(parts::without_ids("付21132119751103078X，450.00元"), "付211321********078X，450.00元");
    assert_eq!(parts::without_ids("电话13842100001"), "电话13842100001");
    assert_eq!(parts::without_ids(""), "");
}

#[test]
fn practice_is_marked_on_every_paper() {
    let all = PaperKind::ALL.into_iter().filter_map(|kind| case_paper(kind, &card(), &printing(true)));
    let more = [reserve_paper(&month(), &printing(true)), blank_first_aid(102, "0012", &printing(true))];
    for printed in all.chain(more) {
        assert!(body(&printed).contains("<div class=\"mark\">练习</div>"), "{}", printed.code);
        assert!(cells(&printed).iter().any(|cell| cell.starts_with("【练习】")), "{}", printed.code);
    }
    assert!(!body(&of(PaperKind::Application, &card(), false)).contains("练习"));
}

#[test]
fn the_slip_tells_what_to_bring_from_what_the_office_does() {
    let slip = of(PaperKind::Missing, &card(), false);
    let cells = cells(&slip);
    assert!(!cells.iter().any(|cell| cell.contains("消防")), "what is done is not asked for again");
    assert!(cells.iter().any(|cell| cell.contains("您不用跑的：经办人签字、盖章、审批人补签。")));
    let mut done = card();
    for item in &mut done.items {
        item.done = Some(day(3, 6));
    }
    assert!(body(&of(PaperKind::Missing, &done, false)).contains("没有需要再补的"));
}

#[test]
fn a_county_decision_stands_with_the_county() {
    let mut card = card();
    card.case.way = Some(Way::Ordinary);
    card.case.asked = vec![money_line("800")];
    card.case.granted = vec![Line {
        kind: LineKind::Goods,
        goods: Some(Goods {
            item: "大米".to_owned(),
            unit: "袋".to_owned(),
            quantity_milli: 2_500,
            price: yuan("280"),
        }),
        ..money_line("700")
    }];
    card.opening.decided_tier = Some(Tier::County);
    card.case.decided_by = Some(OfficerNo::from("1029"));
    let cells = cells(&of(PaperKind::Application, &card, false));
    assert!(beside(&cells, "乡镇（场、街道）审核意见").starts_with("建议救助金额________元"));
    assert!(
        beside(&cells, "县民政局审批意见").starts_with("同意救助，批准金额700.00元（大写：人民币柒佰元整）")
    );
    assert!(beside(&cells, "救助方式").starts_with("实物：大米 2.5袋，每袋280.00元，计700.00元"));
    assert!(cells.iter().any(|cell| cell.starts_with("分管业务领导（盖章）：白志远")));
    assert!(cells.iter().any(|cell| cell.starts_with("主管领导（盖章）：\n")), "the township did not decide");
}

pub(super) fn step(zh: &str, stage: Stage, detail: &str, text: &str) -> Step {
    Step {
        n: 9,
        at: Stamp::at(day(3, 4), 15, 0),
        desk_at: Stamp::at(day(3, 4), 15, 0),
        who: OfficerNo::from("1029"),
        name: String::new(),
        carrier: OfficerNo::from("1029"),
        zh: zh.to_owned(),
        stage,
        detail: detail.to_owned(),
        text: text.to_owned(),
    }
}

#[test]
fn what_the_county_ratified_stands_with_the_county() {
    let mut card = card();
    card.steps = vec![step("追认", Stage::Paid, "追认450.00元", "情况属实")];
    let cells = cells(&of(PaperKind::Application, &card, false));
    let said = beside(&cells, "县民政局审批意见");
    assert!(said.starts_with("追认450.00元。确定救助金额450.00元") && said.ends_with("情况属实"), "{said}");
    assert!(cells.iter().any(|cell| cell == "分管业务领导（盖章）：白志远\n2026年3月4日"));
}

#[test]
fn a_refusal_stands_on_the_form_with_its_reason() {
    let mut card = card();
    card.case.granted.clear();
    card.case.way = None;
    card.case.stage = Stage::Refused;
    card.steps = vec![step("不予救助", Stage::Refused, "", "保险已全额赔付")];
    let cells = cells(&of(PaperKind::Application, &card, false));
    assert_eq!(beside(&cells, "办理结果"), "不予救助：保险已全额赔付\n白志远　2026年3月4日");
}

#[test]
fn somebody_without_papers_gets_a_form_too() {
    let mut card = card();
    card.family = None;
    card.lead = None;
    card.matter = None;
    card.items.clear();
    for kind in PaperKind::ALL.into_iter().filter(|kind| case_paper(*kind, &card, &printing(true)).is_some())
    {
        assert!(body(&of(kind, &card, false)).contains("26-102-0031"));
    }
    let cells = cells(&of(PaperKind::FirstAid, &card, false));
    assert_eq!(beside(&cells, "发现时间"), "2026年3月2日 09:40", "without a lead, when it was registered");
}

#[test]
fn how_a_word_was_given_is_told_apart() {
    let how = |tier, signed, verified| {
        let word = GivenWord { tier, signed, verified, ..card().authorisations.remove(0) };
        word.how_zh()
    };
    assert_eq!(how(Tier::County, true, true), "电脑签署");
    assert_eq!(how(Tier::County, false, true), "电话报授权码");
    assert_eq!(how(Tier::County, false, false), "电话授权（未验码）");
    assert_eq!(how(Tier::Township, false, false), "电话授权");
}

#[test]
fn files_are_named_by_number_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let printed = of(PaperKind::FirstAid, &card(), false);
    let first = write(&printed, folder.path(), Format::Html).unwrap();
    assert_eq!(first.file_name().unwrap(), "26-102-0031-F13.html");
    assert_eq!(write(&printed, folder.path(), Format::Html).unwrap(), first, "unchanged: the same file");
    std::fs::write(&first, "finished by hand").unwrap();
    let second = write(&printed, folder.path(), Format::Html).unwrap();
    assert_eq!(second.file_name().unwrap(), "26-102-0031-F13-2.html");
    assert_eq!(std::fs::read_to_string(&first).unwrap(), "finished by hand");
    let practice = of(PaperKind::Missing, &card(), true);
    let sheet = write(&practice, folder.path(), Format::Xlsx).unwrap();
    assert_eq!(sheet.file_name().unwrap(), "练习-26-102-0031-缺件.xlsx");
    assert_eq!(
        write(&practice, folder.path(), Format::Xlsx).unwrap(),
        sheet,
        "same paper, same day, same bytes"
    );
}

#[test]
fn a_folder_that_cannot_be_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let fault = write(&of(PaperKind::FirstAid, &card(), false), &file, Format::Html).unwrap_err();
    assert!(fault.to_string().starts_with("建立打印文件夹："), "{fault}");
}

#[test]
fn the_month_sheet_stands_as_agreed() {
    use crate::domain::code::Code;
    use crate::domain::nouns::Fund;
    use crate::ledger::{Hash, Head};
    use crate::office::audit::chronicle::Event;
    use crate::store::replica::views::exceptions::{ExceptionRow, MarkRow};
    use crate::store::replica::views::monthly::{OpenMonth, WhyOpen};
    let at = Stamp::at(day(3, 9), 9, 30);
    let event = |n: u64, by: &str, verb: &str, what: &str, recovery: bool, marks: &[&str]| Event {
        n,
        at,
        by: by.to_owned(),
        carrier: by.to_owned(),
        verb: verb.to_owned(),
        zh: verb.to_owned(),
        what: vec![what.to_owned()],
        recovery,
        marks: marks.iter().map(|mark| (*mark).to_owned()).collect(),
    };
    let mark = MarkRow {
        n: 118,
        at,
        by: "1021".into(),
        code: Code::TierAuth,
        sentence: "本户本事项累计900.00元，超出乡镇权限。".to_owned(),
        clause: "四（三）二".to_owned(),
        case: Some(CASE),
        number: "26-102-0031".to_owned(),
        settled: true,
    };
    let exception = ExceptionRow {
        n: 120,
        at,
        by: "1021".into(),
        case: CASE,
        number: "26-102-0031".to_owned(),
        township: Some(102),
        code: Code::EmergCap,
        settled: false,
    };
    let sheet = month::MonthSheet {
        month: (2026, 3),
        head: Head { n: 131, hash: Hash([0x5a; 32]) },
        head_at: at,
        before: 100,
        running: false,
        root: Hash([0x11; 32]).groups(),
        wrote: vec![("1021".into(), 30), ("9000".into(), 1)],
        events: vec![
            event(101, "9000", "登记操作员", "操作员登记（操作员 1029，波罗赤镇，审批人）", false, &[]),
            event(102, "1021", "授予岗位", "岗位授予（操作员 1021，县局，管理员）", false, &["E-ROLE"]),
            event(103, "0", "recover", "密钥设定（操作员 9000）", true, &[]),
        ],
        marks: vec![(mark, Some(130))],
        blanks: [(1, Fate::Used("26-102-0031".to_owned())), (2, Fate::Missing(day(3, 9))), (3, Fate::Unused)]
            .map(|(no, fate)| BlankRow {
                blank: crate::domain::pad::number(2026, 102, no),
                township: 102,
                pad: 60,
                on: day(3, 2),
                by: "1021".into(),
                fate,
                case: None,
            })
            .to_vec(),
        exceptions: vec![exception],
        open: [(2, WhyOpen::Unconfirmed), (3, WhyOpen::Missing)]
            .map(|(month, why)| OpenMonth { year: 2026, month, fund: Fund::Central, why })
            .to_vec(),
    };
    let printed = month::of_month(&sheet, &printing(false));
    assert_eq!(printed.code, "26-03/核对单");
    insta::assert_snapshot!("month", body(&printed));
}
