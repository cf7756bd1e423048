//! Sheets of every format that is read, and the files that must be refused.

use std::io::Write;

use proptest::prelude::*;

use super::*;

fn texts(sheet: &Sheet) -> Vec<Vec<String>> {
    sheet.rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect()
}

#[test]
fn letters_and_indexes_agree() {
    for (index, letters) in
        [(0, "A"), (7, "H"), (25, "Z"), (26, "AA"), (255, "IV"), (701, "ZZ"), (702, "AAA")]
    {
        assert_eq!(column_letter(index), letters);
        assert_eq!(column_index(letters), Some(index));
    }
    assert_eq!(column_index("ｈ"), Some(7));
    assert_eq!(column_index("8"), None);
    assert_eq!(column_index(""), None);
}

#[test]
fn every_encoding_is_read_and_named() {
    let text = "姓名,金额\r\n王桂兰,\"1,200\"\r\n";
    let (gbk, _, _) = encoding_rs::GBK.encode(text);
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let bom: Vec<u8> = [0xef, 0xbb, 0xbf].into_iter().chain(text.bytes()).collect();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (bom, Encoding::Utf8Bom),
        (gbk.into_owned(), Encoding::Gb18030),
        (utf16, Encoding::Utf16),
    ] {
        let sheet = from_bytes("台账.csv", &bytes).unwrap();
        assert_eq!(sheet.origin.encoding, encoding);
        assert_eq!(texts(&sheet), [["姓名", "金额"], ["王桂兰", "1,200"]], "{encoding:?}");
    }
}

#[test]
fn rare_characters_survive_gb18030() {
    let (bytes, _, _) = encoding_rs::GB18030.encode("姓名\n张𠮷山\n白・巴特尔");
    let sheet = from_bytes("a.csv", &bytes).unwrap();
    assert_eq!(texts(&sheet), [["姓名"], ["张𠮷山"], ["白・巴特尔"]]);
}

#[test]
fn a_broken_line_is_named() {
    let mut bytes = encoding_rs::GBK.encode("姓名\n王桂兰\n").0.into_owned();
    bytes.extend([0xff, 0xff, b'\n']);
    assert_eq!(from_bytes("a.csv", &bytes).unwrap_err(), SheetError::Encoding { line: 3 });
}

#[test]
fn blank_lines_and_quotes_keep_their_rows() {
    let sheet = from_bytes("a.csv", "a,b\n\n\"x\n y\"\"z\",2\n,,\n3".as_bytes()).unwrap();
    assert_eq!(texts(&sheet), [vec!["a", "b"], vec![], vec!["x\n y\"z", "2"], vec![], vec!["3"]]);
}

#[test]
fn other_separators_are_seen() {
    assert_eq!(texts(&from_bytes("a.txt", "a\tb,c\td".as_bytes()).unwrap()), [["a", "b,c", "d"]]);
    assert_eq!(texts(&from_bytes("a.txt", "a;b;c".as_bytes()).unwrap()), [["a", "b", "c"]]);
}

#[test]
fn what_is_no_sheet_is_refused_with_a_next_step() {
    let long = "\n".repeat(MAX_ROWS + 1);
    let wide = ",".repeat(MAX_COLUMNS) + "1";
    for (bytes, wanted) in [
        (Vec::new(), SheetError::Empty),
        (b"  \n ,,\n".to_vec(), SheetError::Empty),
        (b"\x7fELF\0\0\0".to_vec(), SheetError::NotASheet),
        (b"PK\x03\x04 and nothing".to_vec(), SheetError::Damaged),
        (vec![b'1'; MAX_BYTES + 1], SheetError::TooBig),
        (long.into_bytes(), SheetError::TooManyCells { what: "行", limit: MAX_ROWS }),
        (wide.into_bytes(), SheetError::TooManyCells { what: "列", limit: MAX_COLUMNS }),
    ] {
        let error = from_bytes("a", &bytes).unwrap_err();
        assert_eq!(error, wanted);
        assert!(error.what().ends_with('。') && error.next().contains('请'), "{error}");
    }
    let gone = read(Path::new("/no/such/台账.xlsx")).unwrap_err();
    assert_eq!(gone, SheetError::NotFound { file: "台账.xlsx".to_owned() });
}

/// An archive with one stored or deflated part; `claimed` is the size its directory tells.
fn archive(method: u16, packed: &[u8], claimed: u32) -> Vec<u8> {
    let mut head = Vec::new();
    head.extend([20, 0, 0, 0]);
    head.extend(method.to_le_bytes());
    head.extend([0; 8]);
    head.extend(u32::try_from(packed.len()).unwrap().to_le_bytes());
    head.extend(claimed.to_le_bytes());
    head.extend([1, 0, 0, 0]);
    let mut file = b"PK\x03\x04".to_vec();
    file.extend(&head);
    file.push(b'a');
    file.extend(packed);
    let at = u32::try_from(file.len()).unwrap();
    file.extend(b"PK\x01\x02\x14\0");
    file.extend(&head);
    file.extend([0; 14]);
    file.push(b'a');
    let size = u32::try_from(file.len()).unwrap() - at;
    file.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    file.extend(size.to_le_bytes());
    file.extend(at.to_le_bytes());
    file.extend([0, 0]);
    file
}

#[test]
fn bombs_are_refused_before_they_unpack() {
    // one literal 'a', then `runs` times "repeat 258 bytes at distance 1", in the fixed code
    let deflated = |runs: usize| {
        let mut bits: Vec<u8> = vec![1, 1, 0];
        bits.extend((0..8).rev().map(|bit| (0x30u8 + b'a') >> bit & 1));
        for _ in 0..runs {
            bits.extend([1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
        }
        bits.extend([0; 7]);
        let byte = |eight: &[u8]| eight.iter().rev().fold(0u8, |sum, bit| sum << 1 | bit);
        bits.chunks(8).map(byte).collect::<Vec<u8>>()
    };
    let size = |runs: usize| u32::try_from(1 + 258 * runs).unwrap();
    assert_eq!(inflate::unpacked_size(&deflated(100), 100_000), Some(u64::from(size(100))));
    assert_eq!(inflate::unpacked_size(&deflated(100), u64::from(size(100)) - 1), None);
    assert_eq!(
        zip_guard::check(&archive(8, &deflated(4000), size(4000))),
        Ok(()),
        "small parts may pack well"
    );
    assert_eq!(zip_guard::check(&archive(8, &deflated(5000), size(5000))), Err(SheetError::Bomb), "ratio");
    assert_eq!(zip_guard::check(&archive(8, &deflated(5000), 1000)), Err(SheetError::Bomb), "a lie");
    assert_eq!(zip_guard::check(&archive(0, b"abc", 3)), Ok(()));
    assert_eq!(zip_guard::check(&archive(0, b"abc", 2)), Err(SheetError::Bomb));
    assert_eq!(zip_guard::check(&archive(12, b"abc", 3)), Err(SheetError::Damaged));
}

fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Workbook)) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

#[test]
fn workbooks_are_read_with_dates_and_merged_rows() {
    let bytes = workbook(|book| {
        let page = book.add_worksheet();
        let date = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d");
        page.merge_range(0, 0, 0, 3, "标题", &rust_xlsxwriter::Format::new()).unwrap();
        page.merge_range(1, 0, 2, 0, "王桂兰", &rust_xlsxwriter::Format::new()).unwrap();
        page.write_number(1, 1, 500.5).unwrap().write_number_with_format(1, 2, 45356.0, &date).unwrap();
        page.write_number(2, 1, 300.0).unwrap();
        book.add_worksheet();
    });
    let sheet = from_bytes("a.xlsx", &bytes).unwrap();
    assert_eq!(texts(&sheet), [vec!["标题"], vec!["王桂兰", "500.5", "2024-03-05"], vec!["王桂兰", "300"]]);
    assert_eq!(sheet.origin.encoding, Encoding::Xlsx);
}

/// Written by another program in the format of Excel 97: a title, merged rows, a date cell, an empty second sheet.
const OLD: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/small.xls"));

#[test]
fn old_workbooks_are_read_alike() {
    let sheet = from_bytes("small.xls", OLD).unwrap();
    assert_eq!((sheet.name.as_str(), sheet.origin.encoding), ("台账", Encoding::Xls));
    assert_eq!(
        texts(&sheet),
        [
            vec!["临时救助台账"],
            vec!["姓名", "身份证号", "金额", "日期"],
            vec!["王福生", "211321196804120012", "500.5", "2024-03-05"],
            vec!["王福生", "211321196804120012", "300", "20240405"],
        ]
    );
    assert!(matches!(sheet.rows[3][0], Cell::Covered(_)));
    // the rows that its record of dimensions claims, set to four thousand million
    let at = OLD.windows(4).position(|window| window == [0x00, 0x02, 0x0e, 0x00]).unwrap();
    let mut greedy = OLD.to_vec();
    greedy[at + 8..at + 12].fill(0xff);
    assert_eq!(
        from_bytes("a.xls", &greedy).unwrap_err(),
        SheetError::TooManyCells { what: "格", limit: MAX_CELLS }
    );
    // an end before its beginning: in a release build the library would ask for half a terabyte and end the program
    let mut turned = OLD.to_vec();
    turned[at + 4..at + 8].fill(0xff);
    assert!(matches!(xls_guard::check(&turned), Err(SheetError::TooManyCells { .. })));
    let mut empty = OLD.to_vec();
    empty[at + 4..at + 16].fill(0);
    assert_eq!(xls_guard::check(&empty), Ok(()), "a sheet that says it is empty is none too large");
    assert_eq!(from_bytes("a.xls", &OLD[..512]).unwrap_err(), SheetError::Damaged);
}

#[test]
fn two_filled_sheets_are_asked_about() {
    let bytes = workbook(|book| {
        for name in ["2023年", "2024年"] {
            book.add_worksheet().set_name(name).unwrap().write_string(0, 0, name).unwrap();
        }
    });
    let error = from_bytes("a.xlsx", &bytes).unwrap_err();
    assert_eq!(error, SheetError::ManySheets { names: vec!["2023年".to_owned(), "2024年".to_owned()] });
    assert_eq!(all_from_bytes("a.xlsx", &bytes).unwrap().len(), 2);
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&bytes).unwrap();
    assert_eq!(texts(&read_named(file.path(), "2024年").unwrap()), [["2024年"]]);
    assert!(matches!(read_named(file.path(), "2025年"), Err(SheetError::NoSuchSheet { .. })));
}

#[test]
fn a_cell_in_the_last_corner_takes_no_memory() {
    let bytes = workbook(|book| {
        book.add_worksheet().write_string(1_048_575, 0, "x").unwrap();
    });
    assert_eq!(
        from_bytes("a.xlsx", &bytes).unwrap_err(),
        SheetError::TooManyCells { what: "行", limit: MAX_ROWS }
    );
}

#[test]
fn debug_tells_nothing_of_a_person() {
    assert_eq!(format!("{:?}", Cell::Text("王桂兰".to_owned())), "Text(3 chars)");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = all_from_bytes("a", &bytes);
    }

    #[test]
    fn no_broken_workbook_makes_it_panic(
        at in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = workbook(|book| {
            book.add_worksheet().write_string(0, 0, "王桂兰").unwrap().write_number(3, 2, 1.5).unwrap();
        });
        for (index, value) in at {
            let place = index.index(bytes.len());
            bytes[place] = value;
        }
        let _ = all_from_bytes("a.xlsx", &bytes);
    }

    #[test]
    fn no_broken_old_workbook_makes_it_panic(
        at in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = OLD.to_vec();
        for (index, value) in at {
            let place = index.index(bytes.len());
            bytes[place] = value;
        }
        let _ = all_from_bytes("a.xls", &bytes);
    }

    #[test]
    fn deflate_of_any_bytes_ends(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = inflate::unpacked_size(&bytes, 1 << 20);
    }

    #[test]
    fn text_cells_come_back(rows in proptest::collection::vec(
        proptest::collection::vec("[a-z王桂兰\"\n, ]{0,8}[a-z]", 1..5), 1..6)) {
        let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let line = |row: &Vec<String>| row.iter().map(quote).collect::<Vec<_>>().join(",");
        let text = rows.iter().map(line).collect::<Vec<_>>().join("\n");
        let sheet = from_bytes("a.csv", text.as_bytes()).unwrap();
        // quoted separators do not sway the choice of the separator here: only commas stand between cells
        let wanted: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect();
        prop_assert_eq!(texts(&sheet), wanted);
    }
}
