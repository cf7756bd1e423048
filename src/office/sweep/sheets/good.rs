//! Good files to begin with: an invented ledger in every encoding of text, real workbooks of Excel, and a workbook whose
//! parts lie unpacked in its archive, so that its inner text can be spoilt too.

use encoding_rs::GB18030;

const SMALL_XLS: &[u8] = include_bytes!("../../../../tests/data/small.xls");
const XLSX: [&[u8]; 2] = [
    include_bytes!("../../../../sample-data/台账_木头城子_2025.xlsx"),
    include_bytes!("../../../../sample-data/ledger-波罗赤镇-2023-2025.xlsx"),
];
const LEDGER: &[u8] = include_bytes!("../../../../sample-data/台账_木头城子_2023.csv");

/// A part of an archive: its name and its bytes.
pub(super) type Part = (&'static str, Vec<u8>);

/// Every good file, with its name.
pub(super) fn files() -> Vec<(&'static str, Vec<u8>)> {
    // A few dozen rows are enough to be spoilt in many ways, and are read quickly.
    let text: String = GB18030.decode(LEDGER).0.lines().take(30).map(|line| format!("{line}\r\n")).collect();
    let text = text.trim_start_matches('\u{feff}').to_owned();
    let utf16 = std::iter::once(0xfeff_u16).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    vec![
        ("a.csv", text.clone().into_bytes()),
        ("a.csv", [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat()),
        ("a.csv", GB18030.encode(&text).0.into_owned()),
        ("a.txt", utf16),
        ("a.txt", text.replace(',', "\t").into_bytes()),
        ("a.xls", SMALL_XLS.to_vec()),
        ("a.xlsx", XLSX.first().copied().unwrap_or_default().to_vec()),
        ("a.xlsx", XLSX.last().copied().unwrap_or_default().to_vec()),
        ("a.xlsx", archive(&parts())),
    ]
}

/// The parts of a small workbook.
pub(super) fn parts() -> Vec<Part> {
    let rows: String = (2..14)
        .map(|row| {
            format!(
                "<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>3</v></c><c r=\"B{row}\" t=\"inlineStr\"><is><t>211321196804120012</t></is></c>\
                 <c r=\"C{row}\"><v>{}.50</v></c><c r=\"D{row}\" s=\"1\"><v>{}</v></c></row>",
                row * 100,
                45_000 + row
            )
        })
        .collect();
    let sheet = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <dimension ref=\"A1:D13\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>\
         <c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"inlineStr\"><is><t>救助日期</t></is></c></row>{rows}</sheetData>\
         <mergeCells count=\"1\"><mergeCell ref=\"A2:A4\"/></mergeCells></worksheet>"
    );
    let text = |xml: &str| xml.as_bytes().to_vec();
    vec![
        (
            "[Content_Types].xml",
            text(
                "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>",
            ),
        ),
        (
            "_rels/.rels",
            text(
                "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
            ),
        ),
        (
            "xl/workbook.xml",
            text(
                "<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><workbookPr date1904=\"0\"/><sheets><sheet name=\"台账\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            text(
                "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"r3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>",
            ),
        ),
        (
            "xl/sharedStrings.xml",
            text(
                "<?xml version=\"1.0\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"4\" uniqueCount=\"4\"><si><t>姓名</t></si><si><t>身份证号</t></si><si><t>救助金额</t></si><si><r><t>王</t></r><r><t>桂兰</t></r></si></sst>",
            ),
        ),
        (
            "xl/styles.xml",
            text(
                "<?xml version=\"1.0\"?><styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy-mm-dd\"/></numFmts><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>",
            ),
        ),
        ("xl/worksheets/sheet1.xml", sheet.into_bytes()),
    ]
}

/// An archive with its parts as they are, not packed.
pub(super) fn archive(parts: &[Part]) -> Vec<u8> {
    let packed: Vec<Packed<'_>> = parts
        .iter()
        .map(|(name, bytes)| Packed { name, method: 0, bytes, size: bytes.len(), sum: crc(bytes) })
        .collect();
    zip(&packed)
}

/// A part as it lies in an archive.
pub(super) struct Packed<'a> {
    pub(super) name: &'a str,
    pub(super) method: u16,
    pub(super) bytes: &'a [u8],
    /// What the directory says of its size unpacked.
    pub(super) size: usize,
    pub(super) sum: u32,
}

/// An archive.
pub(super) fn zip(parts: &[Packed<'_>]) -> Vec<u8> {
    let four = |value: usize| u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes();
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let at = file.len();
        let mut head = vec![20, 0, 0, 0];
        head.extend(part.method.to_le_bytes());
        head.extend([0, 0, 0x21, 0x50]);
        head.extend(part.sum.to_le_bytes());
        head.extend(four(part.bytes.len()));
        head.extend(four(part.size));
        head.extend(u16::try_from(part.name.len()).unwrap_or(0).to_le_bytes());
        head.extend([0, 0]);
        file.extend(b"PK\x03\x04");
        file.extend(&head);
        file.extend(part.name.as_bytes());
        file.extend(part.bytes);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend(four(at));
        directory.extend(part.name.as_bytes());
    }
    let at = file.len();
    let count = u16::try_from(parts.len()).unwrap_or(0).to_le_bytes();
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count);
    file.extend(count);
    file.extend(four(directory.len()));
    file.extend(four(at));
    file.extend([0, 0]);
    file
}

/// The sum by which archives check their parts (CRC-32).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 },
        )
    })
}

/// A byte, then `runs` times "the last one 258 times over", as DEFLATE writes it: 158 times smaller than it unpacks to.
pub(super) fn deflated(runs: usize) -> Vec<u8> {
    let mut bits: Vec<u8> = vec![1, 1, 0];
    bits.extend((0..8).rev().map(|bit| (0x30u8 + b'a') >> bit & 1));
    for _ in 0..runs {
        bits.extend([1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
    }
    bits.extend([0; 7]);
    let byte = |eight: &[u8]| eight.iter().rev().fold(0u8, |sum, bit| sum << 1 | bit);
    bits.chunks(8).map(byte).collect()
}
