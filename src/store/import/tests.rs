//! Ledgers of other makers: headings, places, days and sums as they are really written.

use proptest::prelude::*;

use super::headings::{Field, HeadingProblem, Override, recognise};
use super::place::{Found, village};
use super::plan::{self, Mark, Plan};
use super::rows::{Context, Skip, TierGuess};
use super::{report, values};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::store::sheet::{self, Cell, Sheet};

const HEADS: &str = "序号,姓名,身份证号码,家庭住址,救助金额（元）,审批时间,申请理由,自付金额,一卡通账号";

fn today() -> Day {
    Day::new(2026, 3, 2).unwrap()
}

fn context() -> Context {
    Context { today: today(), township: Some(102) }
}

/// A stand-in for the caller's keyed hash that is as good at telling inputs apart.
fn keyed(bytes: &[u8]) -> Mark {
    use sha2::{Digest, Sha256};
    let whole: [u8; 32] = Sha256::digest(bytes).into();
    whole[..16].try_into().unwrap()
}

fn read(text: &str) -> Sheet {
    sheet::from_bytes("台账.csv", text.as_bytes()).unwrap()
}

fn planned(text: &str) -> (Sheet, Plan) {
    let sheet = read(text);
    let plan = plan::make(&sheet, &[], context(), &keyed).unwrap();
    (sheet, plan)
}

fn with_rows(rows: &[&str]) -> (Sheet, Plan) {
    planned(&format!("波罗赤镇临时救助台账\n填报单位：民政办\n{HEADS}\n{}\n", rows.join("\n")))
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[test]
fn headings_are_found_under_titles() {
    let (_, plan) = with_rows(&["1,王福生,211321196804120012,南洼村,500,2024.3.5,失火,,6299990000000000012"]);
    assert_eq!(plan.mapping.heading_row, 3);
    assert_eq!(plan.mapping.label(Field::Amount), ("E".to_owned(), "救助金额（元）".to_owned()));
    assert_eq!(plan.mapping.columns.get(&Field::Village), Some(&3));
    let grant = &plan.good[0].grant;
    assert_eq!((grant.name.as_str(), grant.village), ("王福生", Some(211_321_102_201)));
    assert_eq!((grant.amount, grant.circumstance), (Money::from_fen(50_000), Some(1)));
    assert_eq!((grant.tier, grant.account_tail.as_str()), (TierGuess::Township, "00000012"));
    assert_eq!(grant.row_no, 4);
}

#[test]
fn the_better_heading_wins_and_the_other_is_told() {
    let sheet = read("户主,姓名,自付金额,审批金额,金额,申请时间,批准日期,身份证\n");
    let mapping = recognise(&sheet.rows, &[]).unwrap();
    let at = |field| mapping.columns.get(&field).copied();
    assert_eq!(
        [at(Field::Name), at(Field::Amount), at(Field::Decided), at(Field::IdNo)],
        [Some(1), Some(3), Some(6), Some(7)]
    );
    assert_eq!(mapping.unused, [0, 4, 5]);
}

#[test]
fn the_user_goes_before_what_is_recognised() {
    let sheet = read("姓名,补助款,金额,日期\n甲,1,2,20240305\n");
    let by = |map: &str| {
        let map = [Override::parse(map).unwrap()];
        recognise(&sheet.rows, &map).map(|mapping| mapping.columns.get(&Field::Amount).copied())
    };
    assert_eq!(by("金额=B"), Ok(Some(1)));
    assert_eq!(by("救助金额＝补助款"), Ok(Some(1)));
    assert_eq!(by("金额=Z"), Err(HeadingProblem::NoColumn { column: "Z".to_owned() }));
    assert!(matches!(Override::parse("钱=H"), Err(HeadingProblem::BadMap { .. })));
    assert!(matches!(Override::parse("金额"), Err(HeadingProblem::BadMap { .. })));
    let bare = read("甲,100,20240305\n乙,200,20240306\n");
    assert_eq!(recognise(&bare.rows, &[]), Err(HeadingProblem::None));
    let maps = ["姓名=A", "金额=B", "审批时间=C"].map(|map| Override::parse(map).unwrap());
    let plan = plan::make(&bare, &maps, context(), &keyed).unwrap();
    assert_eq!((plan.mapping.heading_row, plan.good.len()), (0, 2));
}

#[test]
fn what_is_missing_is_named_with_the_way_out() {
    let sheet = read("序号,姓名,身份证号\n1,甲,无\n");
    let problem = recognise(&sheet.rows, &[]).unwrap_err();
    assert_eq!(problem, HeadingProblem::Missing { fields: vec![Field::Amount, Field::Decided], row: 1 });
    assert_eq!(
        problem.to_string(),
        "第1行的表头里没有认出这些列：救助金额、审批时间。请改列名，或用 --map 救助金额=列字母 指定，例如 --map 救助金额=H。"
    );
}

#[test]
fn days_in_every_form() {
    let wanted = Day::new(2024, 3, 5).unwrap();
    let forms = [
        "2024.3.5",
        "20240305",
        "2024年3月5日",
        "2024-03-05",
        "2024/3/5",
        "45356",
        "２０２４．３．５",
        "2024年 3月 5日",
        "2024/3/5 0:00:00",
        "2024.3.5.",
        " 2024-3-5 ",
    ];
    for form in forms {
        assert_eq!(values::day(&text(form), today()), Ok(wanted), "{form}");
    }
    assert_eq!(values::day(&Cell::Number(45_356.0), today()), Ok(wanted));
    assert_eq!(values::day(&Cell::Number(20_240_305.0), today()), Ok(wanted));
    assert_eq!(values::day(&Cell::Day(wanted), today()), Ok(wanted));
    for bad in
        ["2024.2.30", "2024年3月", "24.3.5", "3月5日", "昨天", "2024.13.1", "500", "2026-03-03", "1024-3-5"]
    {
        assert!(values::day(&text(bad), today()).is_err(), "{bad}");
    }
    assert!(values::day(&text("2026-03-02"), today()).is_ok(), "today itself");
    assert!(values::day(&Cell::Number(45_356.5), today()).is_err());
}

#[test]
fn amounts_in_every_form() {
    let cases = [
        ("1,200元", 120_000),
        ("￥450.5", 45_050),
        ("５００", 50_000),
        ("500.", 50_000),
        ("人民币 300 元整", 30_000),
        ("伍佰元整", 50_000),
        ("0.01", 1),
    ];
    for (form, fen) in cases {
        assert_eq!(values::amount(&text(form)), Ok(Money::from_fen(fen)), "{form}");
    }
    assert_eq!(values::amount(&Cell::Number(0.1 + 0.2)), Ok(Money::from_fen(30)), "noise of a sum");
    for bad in ["待定", "500.005", "-300", "0", "1万", "500-800", ""] {
        assert!(values::amount(&text(bad)).is_err(), "{bad}");
    }
    assert!(values::amount(&Cell::Number(500.005)).is_err(), "never rounded");
    assert!(values::amount(&Cell::Number(f64::NAN)).is_err());
}

#[test]
fn id_numbers_in_every_form() {
    let whole = "211321196804120012";
    let forms = [
        "211321196804120012",
        "'211321196804120012",
        "211321196804120012'",
        "２１１３２１１９６８０４１２００１２",
        "211321 19680412 0012",
        "211321680412001",
    ];
    for form in forms {
        let id = values::id_no(&text(form), today()).unwrap().unwrap();
        assert_eq!(id.as_str(), whole, "{form}");
    }
    assert_eq!(
        values::id_no(&Cell::Number(211_321_680_412_001.0), today()).unwrap().unwrap().as_str(),
        whole
    );
    let x = values::id_no(&text("21132119751103078x"), today()).unwrap().unwrap();
    assert_eq!(x.as_str(), "21132119751103078X");
    for none in ["", "无", "不详", " / "] {
        assert_eq!(values::id_no(&text(none), today()), Ok(None), "{none}");
    }
    for lost in [text("2.11321E+17"), text("2.1132119680412e17"), Cell::Number(211_321_196_804_120_012.0)] {
        assert!(values::id_no(&lost, today()).unwrap_err().what.contains("丢失"));
    }
    let wrong = values::id_no(&text("211321196804120013"), today()).unwrap_err();
    assert!(wrong.what.contains("末位应为2"), "{wrong:?}");
}

#[test]
fn villages_are_sought_in_their_township() {
    for form in ["南洼村", "南洼", "波罗赤镇南洼村3组", "朝阳县波罗赤镇南洼村民委员会", "211321102201"]
    {
        assert_eq!(village(form, 102), Found::One(211_321_102_201), "{form}");
    }
    assert_eq!(village("波罗赤镇波罗赤村", 102), Found::One(211_321_102_200));
    assert_eq!(village("大庙镇水泉村", 108), Found::One(211_321_108_204), "not 大庙村");
    assert_eq!(village("西三家村", 102), Found::None);
    assert_eq!(village("邓杖子、宁杖子", 108), Found::Several("邓杖子村", "宁杖子村"));
}

#[test]
fn circumstances_by_words() {
    let cases = [
        ("家中失火", Some(1)),
        ("突患脑出血急需手术", Some(2)),
        ("长期患病透析", Some(3)),
        ("子女读大学学费", Some(4)),
        ("养殖亏损", Some(5)),
        ("群体性事件", Some(6)),
        ("特病变故", Some(7)),
        ("其他困难", Some(8)),
        ("3", Some(3)),
        ("生活困难", None),
    ];
    for (words, wanted) in cases {
        assert_eq!(values::circumstance(words), wanted, "{words}");
    }
}

#[test]
fn totals_feet_and_repeated_headings_are_passed_over() {
    let (_, plan) = with_rows(&[
        "1,王福生,211321196804120012,南洼村,500,2024.3.5,失火",
        "",
        HEADS,
        ",合计,,,500",
        "2024年合计,,,,500",
        "制表人：甲,,审核人：乙",
    ]);
    let skips: Vec<(usize, Skip)> = plan.skipped.clone();
    assert_eq!(
        skips,
        [(5, Skip::Blank), (6, Skip::Heading), (7, Skip::Total), (8, Skip::Total), (9, Skip::Foot)]
    );
    assert_eq!((plan.good.len(), plan.problems.len()), (1, 0));
}

#[test]
fn same_as_above_is_filled_only_where_it_says_so() {
    let first = "1,王福生,211321196804120012,南洼村,500,2024.3.5,失火";
    let (_, plan) = with_rows(&[
        first,
        ",,,,200,2024.5.5,其他",
        ",,211321196804120012,,200,2024.6.5,其他",
        "2,同上,同上,同上,100,同上,同上",
    ]);
    assert!(plan.problems.is_empty(), "{:?}", plan.problems);
    for row in &plan.good[1..] {
        assert_eq!(row.grant.name, "王福生");
        assert_eq!(row.grant.id_no, plan.good[0].grant.id_no);
        assert!(row.grant.filled && row.grant.village == Some(211_321_102_201));
    }
    let (_, other) = with_rows(&[first, ",,21132119751103078X,,200,2024.6.5,其他"]);
    assert_eq!(other.problems.len(), 1, "another number, no name: not guessed");
    let (_, total) = with_rows(&[first, ",合计,,,500", ",,,,200,2024.5.5,其他"]);
    assert_eq!(total.problems.len(), 1, "nothing continues beyond a total");
    let (_, broken) = with_rows(&["1,王福生,2.11321E+17,南洼村,500,2024.3.5,失火", ",,,,200,2024.5.5,其他"]);
    assert_eq!((broken.good.len(), broken.bad_rows()), (0, vec![4, 5]), "nobody is taken from a broken row");
}

#[test]
fn problems_name_the_place_and_hide_the_person() {
    let (sheet, plan) = with_rows(&["1,王福生,211321196804120013,南洼村,待定,2024.2.30,失火"]);
    let lines: Vec<String> = plan.problems.iter().map(ToString::to_string).collect();
    assert_eq!(lines.len(), 3, "all that is wrong at once");
    assert!(
        lines[0].starts_with("第4行 C列（身份证号码）“211321***********3”：身份证号校验不符"),
        "{}",
        lines[0]
    );
    assert!(lines[1].starts_with("第4行 E列（救助金额（元））“待定”"), "{}", lines[1]);
    assert!(lines[2].starts_with("第4行 F列（审批时间）“2024.2.30”"), "{}", lines[2]);
    let all = report::text(&sheet, &plan, 20) + &format!("{plan:?}");
    assert!(!all.contains("211321196804120013") && !all.contains("王福生"), "{all}");
}

#[test]
fn another_township_in_the_file_is_told() {
    let sheet = read(
        "姓名,乡镇,金额,日期\n甲某,大庙镇,100,20240305\n乙某,同上,100,20240305\n丙某,天庙镇,1,20240305\n",
    );
    let plan = plan::make(&sheet, &[], context(), &keyed).unwrap();
    assert_eq!(plan.bad_rows(), [2, 3, 4]);
    let open = plan::make(&sheet, &[], Context { township: None, ..context() }, &keyed).unwrap();
    assert_eq!((open.good.len(), open.bad_rows()), (2, vec![4]));
    assert_eq!(open.good[1].grant.township, 108);
}

#[test]
fn bad_rows_are_corrected_and_read_again() {
    let (sheet, plan) = with_rows(&[
        "1,王福生,211321196804120012,南洼村,500,2024.3.5,=失火",
        ",,,,待定,2024.5.5,\"其他,困难\"",
        "2,李秀珍,2.11321E+17,同上,300,2024.6.5,=SUM(A1)",
    ]);
    assert_eq!(plan.bad_rows(), [5, 6]);
    let csv = report::bad_rows_csv(&sheet, &plan).unwrap();
    assert!(csv.contains("'211321196804120012"), "kept as text: {csv}");
    assert!(csv.contains("'=SUM(A1)"), "runs nothing: {csv}");
    let fixed = csv.replacen("待定", "260", 1).replace("2.11321E+17", "21132119751103078X");
    let (_, again) = planned(&fixed);
    assert!(again.problems.is_empty(), "{:?}", again.problems);
    let names: Vec<&str> = again.good.iter().map(|row| row.grant.name.as_str()).collect();
    assert_eq!(names, ["王福生", "李秀珍"], "what was above is written out");
    assert_eq!(again.good[1].grant.village, Some(211_321_102_201));
    assert_eq!(again.good[1].grant.reason, "=SUM(A1)");
    assert!(report::bad_rows_csv(&sheet, &again).is_none());
}

#[test]
fn two_equal_rows_stay_two_and_are_known_again() {
    let line = "1,王福生,211321196804120012,南洼村,500,2024.3.5,失火";
    let (_, mut plan) = with_rows(&[line, line]);
    let marks: Vec<Mark> = plan.good.iter().map(|row| row.mark).collect();
    assert_ne!(marks[0], marks[1]);
    plan.without(&|mark| marks[..1].contains(mark));
    assert_eq!((plan.good.len(), plan.known, plan.good[0].mark), (1, 1, marks[1]));
}

#[test]
fn a_merged_name_is_one_person_and_a_merged_amount_is_not_two() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    for (at, head) in (0u16..).zip(["姓名", "身份证号", "金额", "日期"]) {
        page.write_string(0, at, head).unwrap();
    }
    page.merge_range(1, 0, 3, 0, "王福生", &plain).unwrap();
    page.merge_range(1, 1, 3, 1, "211321196804120012", &plain).unwrap();
    page.write_number(1, 2, 300.0).unwrap();
    page.merge_range(2, 2, 3, 2, "500", &plain).unwrap();
    for row in 1..4 {
        page.write_string(row, 3, "2024.3.5").unwrap();
    }
    let sheet = sheet::from_bytes("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let plan = plan::make(&sheet, &[], context(), &keyed).unwrap();
    assert_eq!((plan.good.len(), plan.bad_rows()), (2, vec![4]));
    assert_eq!(plan.total(), Money::from_fen(80_000));
    assert!(plan.good.iter().all(|row| row.grant.name == "王福生" && row.grant.id_no.is_some()));
    assert!(plan.problems[0].what.contains("合并"));
    let csv = report::bad_rows_csv(&sheet, &plan).unwrap();
    assert!(csv.contains("王福生") && !csv.contains("500"), "{csv}");
}

#[test]
fn our_own_export_is_read_again() {
    use crate::store::export::{Column, Kind, Table, Value, csv};
    let columns = [
        ("姓名", Kind::Text),
        ("身份证号", Kind::Text),
        ("住址", Kind::Text),
        ("金额", Kind::Money),
        ("审批时间", Kind::Day),
        ("申请理由", Kind::Text),
    ];
    let row = vec![
        Value::text("王福生"),
        Value::text("211321196804120012"),
        Value::text("南洼村"),
        Value::Money(Money::from_fen(50_050)),
        Value::Day(Day::new(2024, 3, 5).unwrap()),
        Value::text("-其他困难"),
    ];
    let columns = columns.map(|(name, kind)| Column::new(name, kind)).to_vec();
    let mut out = Vec::new();
    csv::write(Table { title: "台账".to_owned(), columns, rows: [row], practice: true }, &mut out).unwrap();
    let plan = plan::make(&sheet::from_bytes("a.csv", &out).unwrap(), &[], context(), &keyed).unwrap();
    let grant = &plan.good[0].grant;
    assert_eq!((grant.amount, grant.decided), (Money::from_fen(50_050), Day::new(2024, 3, 5).unwrap()));
    assert_eq!((grant.reason.as_str(), grant.village), ("-其他困难", Some(211_321_102_201)));
}

#[test]
fn parts_are_of_five_hundred() {
    let rows: Vec<String> =
        (0..1001).map(|n| format!("{n},王福生,无,南洼村,{},20240305,失火", n + 1)).collect();
    let (_, plan) = with_rows(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(plan.parts().map(<[_]>::len).collect::<Vec<_>>(), [500, 500, 1]);
}

#[test]
fn the_report_stands_as_agreed() {
    let (sheet, plan) = with_rows(&[
        "1,王福生,211321196804120012,南洼村,500,2024.3.5,失火",
        ",,,,1260.5,2025.5.5,其他",
        "2,李秀珍,2.11321E+17,卢杖子村,300,2024.6.5,失业",
        "合计,,,,2060.5",
    ]);
    insta::assert_snapshot!("import_report", report::text(&sheet, &plan, 20));
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        any::<f64>().prop_map(Cell::Number),
        (0.0..60_000.0).prop_map(Cell::Number),
        ".{0,20}".prop_map(Cell::Text),
        "[0-9Xx.,年月日元'同上合计无 ]{0,20}".prop_map(Cell::Text),
        (0i64..50_000).prop_map(|n| Cell::Day(Day::new(1900, 1, 1).unwrap().plus(n))),
    ]
}

proptest! {
    #[test]
    fn no_rows_make_it_panic(rows in proptest::collection::vec(proptest::collection::vec(any_cell(), 0..10), 0..12)) {
        let mut sheet = read(HEADS);
        sheet.rows.extend(rows);
        let plan = plan::make(&sheet, &[], context(), &keyed).unwrap();
        let _ = report::text(&sheet, &plan, 5);
        let _ = report::bad_rows_csv(&sheet, &plan);
        let listed = plan.good.len() + plan.skipped.len() + plan.bad_rows().len();
        prop_assert_eq!(listed, sheet.rows.len() - 1, "every row is good, bad or passed over");
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(sheet) = sheet::from_bytes("a", &bytes) {
            let _ = plan::make(&sheet, &[], context(), &keyed);
        }
    }

    #[test]
    fn only_edited_rows_differ(amounts in proptest::collection::vec(1u32..5, 1..30), edit in any::<prop::sample::Index>()) {
        let at = edit.index(amounts.len());
        let build = |amounts: &[u32]| {
            let rows: Vec<String> =
                amounts.iter().map(|n| format!(",王福生,211321196804120012,南洼村,{n},2024.3.5,失火")).collect();
            let (_, plan) = with_rows(&rows.iter().map(String::as_str).collect::<Vec<_>>());
            plan.good.into_iter().map(|row| row.mark).collect::<Vec<_>>()
        };
        let before = build(&amounts);
        prop_assert_eq!(&before, &build(&amounts), "twice the same");
        let mut edited = amounts.clone();
        edited[at] = 9;
        let after = build(&edited);
        let new = after.iter().filter(|mark| !before.contains(mark)).count();
        prop_assert_eq!(new, 1, "one row was edited, one is new");
        let mut unique = before.clone();
        unique.sort_unstable();
        unique.dedup();
        prop_assert_eq!(unique.len(), before.len());
    }
}
