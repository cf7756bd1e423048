//! Files to the bank and back, by template.

use super::back::{Given, read};
use super::export::file;
use super::template::{SHIPPED, Template};
use super::*;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::ids::{AccountId, BatchId, CaseId, LineId};
use crate::domain::nouns::{AccountKind, Fund, Payee, ReturnReason};
use crate::domain::payout::BatchLine;
use crate::store::replica::views::payout::RosterRow;

fn row(seq: u8, holder: &str, account: &str, fen: i64) -> RosterRow {
    RosterRow {
        seq: seq.into(),
        case: CaseId([seq; 16]),
        line: LineId([seq; 16]),
        number: format!("26-102-{seq:04}"),
        township: 102,
        name: holder.to_owned(),
        id_no: "211321196804120012".to_owned(),
        payee: Payee::Self_,
        kind: AccountKind::Card,
        holder: holder.to_owned(),
        account: account.to_owned(),
        bank: "县农信联社".to_owned(),
        amount: Money::from_fen(fen),
        instalment: None,
        returned: None,
    }
}

fn roster() -> Vec<RosterRow> {
    vec![row(1, "张三", "6299990000000000018", 30_000), row(2, "王强", "0512345678901", 40_001)]
}

fn batch(roster: &[RosterRow], state: BatchState) -> Batch {
    let line = |row: &RosterRow| BatchLine {
        case: row.case,
        line: row.line,
        account: AccountId([9; 16]),
        amount: row.amount,
        end: None,
    };
    Batch {
        id: BatchId([1; 16]),
        number: "P26-001".to_owned(),
        bank: "县农信联社".to_owned(),
        fund: Fund::County,
        state,
        opened: Day::new(2026, 3, 2).unwrap(),
        by: "9005".into(),
        checked_by: Some("9006".into()),
        sent_by: None,
        sent: None,
        file: None,
        lines: roster.iter().map(line).collect(),
    }
}

fn bank() -> Template {
    Template::find("bank").unwrap()
}

#[test]
fn the_shipped_templates_read() {
    for (name, text) in SHIPPED {
        assert!(Template::read(text).is_ok(), "{name}");
    }
    let spoilt = SHIPPED[0].1.replace("\"户名不符\" = \"户名不符\"", "\"户名不符\" = \"名字不对\"");
    assert!(Template::read(&spoilt).unwrap_err().to_string().contains("名字不对"));
}

#[test]
fn the_bank_s_file_is_gbk_with_a_sum_and_the_same_each_time() {
    let roster = roster();
    let sent = batch(&roster, BatchState::Checked);
    let made = file(&sent, &roster, &bank(), false).unwrap();
    let (text, _, bad) = encoding_rs::GBK.decode(&made.bytes);
    assert!(!bad);
    assert_eq!(
        text,
        "序号,账号,户名,开户行,金额,用途,批次号,办件编号\r\n\
         1,6299990000000000018,张三,县农信联社,300.00,临时救助金,P26-001,26-102-0001\r\n\
         2,0512345678901,王强,县农信联社,400.01,临时救助金,P26-001,26-102-0002\r\n\
         合计2笔,,,,700.01,,,\r\n"
    );
    assert_eq!((made.total, made.count), (Money::from_fen(70_001), 2));
    assert_eq!(made.hash, hash(&made.bytes));
    for (name, _) in SHIPPED {
        let template = Template::find(name).unwrap();
        let (one, two) = (
            file(&sent, &roster, &template, false).unwrap(),
            file(&sent, &roster, &template, false).unwrap(),
        );
        assert_eq!(one.bytes, two.bytes, "{name}");
    }
}

#[test]
fn what_nobody_counted_or_cannot_be_written_makes_no_file() {
    let good = roster();
    for state in [BatchState::Open, BatchState::Dropped] {
        assert!(file(&batch(&good, state), &good, &bank(), false).is_err(), "{state:?}");
    }
    let rare = vec![row(1, "张𬭩", "6299990000000000018", 30_000)];
    let told = file(&batch(&rare, BatchState::Checked), &rare, &bank(), false).unwrap_err().to_string();
    assert!(told.contains("第2行第3列「𬭩」"), "{told}");
    let xlsx = Template::find("yikatong").unwrap();
    assert!(file(&batch(&rare, BatchState::Checked), &rare, &xlsx, false).is_ok());
    let runs = vec![row(1, "=1+1", "6299990000000000018", 30_000)];
    assert!(file(&batch(&runs, BatchState::Checked), &runs, &bank(), false).is_err());
    let unread = vec![row(1, "张三", "", 30_000)];
    assert!(file(&batch(&unread, BatchState::Checked), &unread, &bank(), false).is_err());
}

#[test]
fn practice_pays_nobody() {
    let roster = roster();
    let made = file(&batch(&roster, BatchState::Checked), &roster, &bank(), true).unwrap();
    let (text, ..) = encoding_rs::GBK.decode(&made.bytes);
    assert!(
        made.name.starts_with("练习-") && text.contains("练习0018") && !text.contains("6299990000000000018")
    );
}

fn back(text: &str) -> Result<ReadBack, String> {
    let roster = roster();
    let (bytes, ..) = encoding_rs::GBK.encode(text);
    let given = Given { name: "回盘.csv", bytes: &bytes };
    let told = read(given, &batch(&roster, BatchState::Sent), &roster, &bank(), false);
    told.map(|read| read.rows.iter().map(|row| (row.row, row.seq, row.amount.fen(), row.returned)).collect())
        .map_err(|fault| fault.to_string())
}

type ReadBack = Vec<(u32, u32, i64, Option<ReturnReason>)>;

#[test]
fn a_return_file_is_read_row_by_row() {
    let good = "代发结果\n序号,账号,户名,金额,处理结果,失败原因\n1,6299990000000000018,张三,300.00,成功,\n\
                2,0512******901,王强,400.01,失败,账户已销户\n合计,,,700.01,,\n";
    assert_eq!(
        back(good).unwrap(),
        vec![(3, 1, 30_000, None), (4, 2, 40_001, Some(ReturnReason::AccountClosed))]
    );
}

#[test]
fn what_is_not_what_was_sent_is_refused_with_its_row() {
    let head = "序号,账号,户名,金额,处理结果,失败原因\n";
    for (rows, said) in [
        ("1,6299990000000000019,张三,300.00,成功,\n", "第2行账号与提交的不同"),
        ("1,6299990000000000018,张四,300.00,成功,\n", "第2行户名与提交的不同"),
        ("一,6299990000000000018,张三,300.00,成功,\n", "第2行序号不是数字"),
        ("1,6299990000000000018,张三,三百,成功,\n", "第2行金额读不懂"),
        ("1,6299990000000000018,张三,300.00,处理中,\n", "第2行的处理结果「处理中」"),
        ("1,6299990000000000018,张三,300.00,失败,无此人\n", "第2行的失败原因「无此人」"),
        ("1,6299990000000000018,张三,300.00,失败,\n", "第2行是失败的，没有写失败原因"),
        ("1,,张三,300.00,成功,\n", "第2行账号与提交的不同"),
        (
            "1,6299990000000000018,张三,300.00,成功,\n合计1笔,,,300.01,,\n",
            "第3行合计300.01元，各行相加是300.00元",
        ),
        ("1,6299990000000000018,张三,300.00,成功,\n合计2笔,,,300.00,,\n", "第3行合计2笔，文件里是1笔"),
    ] {
        let told = back(&format!("{head}{rows}")).unwrap_err();
        assert!(told.contains(said) && told.contains("E-RETURN-MISMATCH"), "{told}");
    }
    assert!(back("编号,钱\n1,2\n").unwrap_err().contains("找不到列"));
}

#[test]
fn the_answer_to_another_batch_with_the_same_sums_is_refused() {
    let bare = "序号,金额,处理结果,失败原因\n1,300.00,成功,\n2,400.01,成功,\n合计2笔,700.01,,\n";
    let told = back(bare).unwrap_err();
    assert!(told.contains("没有列「账号」") && told.contains("E-RETURN-MISMATCH"), "{told}");
    let head = "序号,批次号,账号,户名,金额,处理结果,失败原因\n";
    let row = |number: &str| format!("{head}1,{number},6299990000000000018,张三,300.00,成功,\n");
    let told = back(&row("P26-002")).unwrap_err();
    assert!(told.contains("第2行的批次号是「P26-002」，不是P26-001"), "{told}");
    assert_eq!(back(&row("P26-001")).unwrap().len(), 1);
    assert_eq!(back(&row("")).unwrap().len(), 1, "a column left empty says nothing");
    let read_by = |template: &str, text: &str| {
        let roster = roster();
        let (bytes, ..) = encoding_rs::GBK.encode(text);
        let given = Given { name: "回盘.csv", bytes: &bytes };
        let template = Template::read(template).unwrap();
        read(given, &batch(&roster, BatchState::Sent), &roster, &template, false)
            .map_err(|fault| fault.to_string())
    };
    // a bank that gives no accounts is told by names, one that gives neither by nothing
    let named = SHIPPED[0].1.replace("account = \"账号\"\n", "");
    let by_name = "序号,户名,金额,处理结果,失败原因\n1,张三,300.00,成功,\n2,王强,400.01,成功,\n";
    assert_eq!(read_by(&named, by_name).unwrap().rows.len(), 2);
    assert!(read_by(&named, &by_name.replace("王强", "王刚")).unwrap_err().contains("第3行户名"));
    assert!(read_by(&named, bare).unwrap_err().contains("没有列「户名」"));
    assert!(
        Template::read(&named.replace("holder = \"户名\"\n", "")).unwrap_err().to_string().contains("至少")
    );
    // an account that is nothing but stars ties nothing
    let starred = "序号,账号,金额,处理结果,失败原因\n1,*******************,300.00,成功,\n";
    assert!(back(starred).unwrap_err().contains("第2行账号被遮住"));
    assert_eq!(back(&starred.replace("*******************", "***************0018")).unwrap().len(), 1);
}

#[test]
fn a_word_of_the_bank_s_that_nobody_knows_is_quoted_with_the_line_that_makes_it_known() {
    let head = "序号,账号,户名,金额,处理结果,失败原因\n";
    let told = back(&format!("{head}1,6299990000000000018,张三,300.00,失败,查无此户\n")).unwrap_err();
    for part in ["「查无此户」", "[back.reasons]", "\"查无此户\" = ", "templates", "账号不存在"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn a_workbook_and_utf8_come_back_alike() {
    let roster = roster();
    let sent = batch(&roster, BatchState::Sent);
    let text = "序号,账号,户名,金额,处理结果,失败原因\n1,6299990000000000018,张三,300.00,成功,\n";
    let given = Given { name: "a.csv", bytes: text.as_bytes() };
    assert_eq!(read(given, &sent, &roster, &bank(), false).unwrap().rows.len(), 1);
    let yikatong = Template::find("yikatong").unwrap();
    let made = file(&sent, &roster, &yikatong, false).unwrap();
    // the file that was sent is no return: it says of no row whether it was paid
    let given = Given { name: &made.name, bytes: &made.bytes };
    assert!(read(given, &sent, &roster, &yikatong, false).unwrap_err().to_string().contains("找不到列"));
}

#[test]
fn the_sample_return_file_reads_as_its_readme_says() {
    let bytes = include_bytes!("../../../sample-data/回盘_示例.csv");
    let roster = vec![
        row(1, "王福生", "6299990000000000012", 30_000),
        row(2, "李秀珍", "6299990000000000020", 45_000),
        row(3, "赵德发", "6299990000000000046", 26_050),
        row(4, "周玉兰", "6299990000000053", 50_000),
    ];
    let given = Given { name: "回盘_示例.csv", bytes };
    let told = read(given, &batch(&roster, BatchState::Sent), &roster, &bank(), false).unwrap();
    let back: Vec<_> = told.rows.iter().map(|row| (row.row, row.returned)).collect();
    assert_eq!(
        back,
        vec![
            (3, None),
            (4, Some(ReturnReason::AccountClosed)),
            (5, None),
            (6, Some(ReturnReason::NameDiffers))
        ]
    );
    let other = vec![row(1, "王福生", "6299990000000000013", 30_000)];
    assert!(read(given, &batch(&other, BatchState::Sent), &other, &bank(), false).is_err());
}
