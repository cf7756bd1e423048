//! Exported files read back: each format holds what was given, and no formula starts in a cell.

use std::io::Cursor;

use proptest::prelude::*;

use super::paper::{Align, Block, GridCell, Paper, PaperColumn, Signature};
use super::*;
use crate::store::sheet::{self, Cell};

fn made() -> Day {
    Day::new(2026, 3, 2).unwrap()
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("姓名", Kind::Text),
        Column::new("身份证号", Kind::Text),
        Column::new("金额", Kind::Money),
        Column::new("人数", Kind::Integer),
        Column::new("日期", Kind::Day),
    ]
}

fn row(name: &str, fen: i64) -> Vec<Value> {
    vec![
        Value::text(name),
        Value::text("211321196804120012"),
        Value::Money(Money::from_fen(fen)),
        Value::Integer(3),
        Value::Day(made()),
    ]
}

fn table(rows: Vec<Vec<Value>>, practice: bool) -> Table<Vec<Vec<Value>>> {
    Table { title: "临时救助台账".to_owned(), columns: columns(), rows, practice }
}

fn csv_text(table: Table<Vec<Vec<Value>>>) -> String {
    let mut out = Vec::new();
    csv::write(table, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn xlsx_bytes(table: Table<Vec<Vec<Value>>>) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    xlsx::write(table, made(), &mut out).unwrap();
    out.into_inner()
}

#[test]
fn csv_has_its_mark_and_runs_nothing() {
    let rows = vec![row("=cmd|' /C calc'!A0", -50), row("@王", 123_450)];
    assert_eq!(
        csv_text(table(rows, false)),
        "\u{feff}姓名,身份证号,金额,人数,日期\r\n\
         '=cmd|' /C calc'!A0,211321196804120012,-0.50,3,2026-03-02\r\n\
         '@王,211321196804120012,1234.50,3,2026-03-02\r\n"
    );
    let practice = csv_text(table(vec![], true));
    assert!(practice.starts_with("\u{feff}【练习】临时救助台账\r\n姓名,"), "{practice}");
}

#[test]
fn xlsx_is_typed() {
    let bytes = xlsx_bytes(table(vec![row("=1+1", 50_001), row("张𠮷山", 1)], false));
    let read = sheet::from_bytes("a.xlsx", &bytes).unwrap();
    assert_eq!(read.name, "临时救助台账");
    let second = &read.rows[1];
    assert_eq!(second[0].text(), "=1+1");
    assert!(matches!(second[1], Cell::Text(_)), "an id number is text");
    assert!(second[2] == Cell::Number(500.01) && second[3] == Cell::Number(3.0));
    assert!(second[4] == Cell::Day(made()));
    assert_eq!(read.rows[2][0].text(), "张𠮷山");
    assert_eq!(xlsx_bytes(table(vec![], false)), xlsx_bytes(table(vec![], false)), "no clock in the file");
    let practice = sheet::from_bytes("a.xlsx", &xlsx_bytes(table(vec![row("王", 1)], true))).unwrap();
    assert_eq!(practice.name, "练习临时救助台账");
    assert_eq!(practice.rows[0][0].text(), "【练习】临时救助台账");
    assert_eq!(practice.rows[1][0].text(), "姓名");
}

#[test]
fn sheet_names_fit_the_format() {
    assert_eq!(xlsx::sheet_name("a/b:c'", false), "abc");
    assert_eq!(xlsx::sheet_name("", false), "表");
    assert_eq!(xlsx::sheet_name(&"救".repeat(40), true).chars().count(), 31);
}

#[test]
fn sqlite_holds_fen_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("导出.db");
    let mut file = sqlite::SqliteFile::create(&path).unwrap();
    assert_eq!(file.add(table(vec![row("王'\"桂兰", 123_450), row("", 1)], true)).unwrap(), 2);
    assert!(file.add(table(vec![], true)).is_err(), "one title, one table");
    file.finish().unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    let read: (String, i64, String) = db
        .query_row("SELECT 姓名, 金额, 日期 FROM 临时救助台账 WHERE 金额 > 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    assert_eq!(read, ("王'\"桂兰".to_owned(), 123_450, "2026-03-02".to_owned()));
    let notes: Vec<String> = db
        .prepare("SELECT 内容 FROM 说明 ORDER BY rowid")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(notes, ["【练习】临时救助台账", "单位：分"]);
    assert!(matches!(sqlite::SqliteFile::create(&path), Err(ExportError::Exists)));
}

#[test]
fn a_hundred_thousand_rows_stream() {
    let rows = (0..100_000).map(|n| row("王桂兰", n));
    let mut out = Vec::new();
    let wide = Table { title: "大表".to_owned(), columns: columns(), rows, practice: false };
    assert_eq!(csv::write(wide, &mut out).unwrap(), 100_000);
    let read = sheet::from_bytes("a.csv", &out).unwrap();
    assert_eq!(read.rows.len(), 100_001);
    assert_eq!(read.rows[100_000][2].text(), "999.99");
}

#[test]
fn a_full_disk_is_told_as_such() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let error = csv::write(table(vec![], false), Full).unwrap_err();
    assert!(matches!(error, ExportError::Full));
    assert!(error.to_string().contains("磁盘已满"));
}

fn form() -> Paper {
    Paper {
        title: "急难型先行救助登记单".to_owned(),
        header: vec![
            ("编号".to_owned(), "26-102-0001".to_owned()),
            ("填报单位".to_owned(), "波罗赤镇".to_owned()),
        ],
        blocks: vec![
            Block::Heading("一、对象".to_owned()),
            Block::Grid {
                shares: vec![2, 3, 2, 3],
                rows: vec![
                    vec![
                        GridCell::label("姓名"),
                        GridCell::value("张𠮷山", 1),
                        GridCell::label("金额"),
                        GridCell::value("450.00", 1).aligned(Align::Right),
                    ],
                    vec![GridCell::label("事由"), GridCell::value("=房屋失火", 3).tall(4)],
                ],
            },
            Block::Table {
                columns: vec![PaperColumn::new("待补项", 3), PaperColumn::new("期限", 1)],
                rows: vec![vec!["经办人签字".to_owned(), "3月16日".to_owned()]],
                total: vec!["共1项".to_owned()],
            },
            Block::Text("以上属实。".to_owned()),
            Block::Signatures(vec![Signature { role: "经办人".to_owned(), ..Signature::default() }]),
        ],
        footer: vec!["实施办法第四部分第三项".to_owned()],
        practice: Some("练习".to_owned()),
        landscape: false,
    }
}

fn form_bytes(paper: &Paper) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    xlsx_form::write(paper, made(), &mut out).unwrap();
    out.into_inner()
}

#[test]
fn the_form_stands_as_agreed() {
    let bytes = form_bytes(&form());
    assert_eq!(bytes, form_bytes(&form()), "the same paper gives the same bytes");
    let read = sheet::from_bytes("f13.xlsx", &bytes).unwrap();
    let mut lines = vec![format!("[{}]", read.name)];
    for (at, row) in read.rows.iter().enumerate() {
        let cells: Vec<String> = row
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(column, cell)| {
                format!("{}{} {}", sheet::column_letter(column), at + 1, cell.text().replace('\n', "|"))
            })
            .collect();
        lines.push(cells.join("  "));
    }
    insta::assert_snapshot!("paper_xlsx", lines.join("\n"));
}

proptest! {
    #[test]
    fn the_guard_comes_off_again(text in "['=+@\t\r＝-]{0,4}.{0,6}") {
        let guarded = guard::add(&text).into_owned();
        prop_assert_eq!(guard::strip(&guarded), text.as_str());
        prop_assert!(!guarded.starts_with(['=', '+', '-', '@', '\t', '\r']));
    }

    #[test]
    fn csv_comes_back(names in proptest::collection::vec("['=+@-]{0,2}[a-z王桂兰\",\n]{1,6}[a-z]", 1..8)) {
        let rows = names.iter().map(|name| row(name, 1)).collect();
        let read = sheet::from_bytes("a.csv", csv_text(table(rows, false)).as_bytes()).unwrap();
        let back: Vec<String> = read.rows.iter().skip(1).map(|row| match &row[0] {
            Cell::Text(text) => text.clone(),
            _ => String::new(),
        }).collect();
        prop_assert_eq!(back, names);
    }

    #[test]
    fn any_form_is_written(
        shares in proptest::collection::vec(0u16..2000, 0..70),
        spans in proptest::collection::vec((0u16..9, ".{0,30}"), 0..12),
    ) {
        let mut paper = form();
        let cells = spans.iter().map(|(span, text)| GridCell::value(text, *span)).collect();
        let columns = shares.iter().map(|share| PaperColumn::new("列", *share)).collect();
        paper.blocks.push(Block::Grid { shares: shares.clone(), rows: vec![cells] });
        paper.blocks.push(Block::Table { columns, rows: vec![vec!["x".to_owned()]], total: vec![] });
        let bytes = form_bytes(&paper);
        prop_assert!(sheet::from_bytes("f.xlsx", &bytes).is_ok());
    }
}
