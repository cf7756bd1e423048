//! Papers as one HTML page for A4: everything inside, nothing fetched, ready for the browser's print key.
//!
//! Every word is escaped; characters that are not seen or that turn the direction of writing are left out. It must
//! never contain a script or an address, and never leave a practice paper without its mark.

use crate::store::export::paper::{Align, Block, CellKind, GridCell, Paper, PaperColumn, Signature};

const STYLE: &str = "\
*{box-sizing:border-box}
body{margin:0 auto;color:#000;background:#fff;font:10.5pt/1.5 SimSun,\"宋体\",\"Noto Serif CJK SC\",serif}
h1{font-size:18pt;text-align:center;margin:0 0 4mm;letter-spacing:.1em}
h2{font-size:12pt;margin:4mm 0 1mm}
.head{display:flex;flex-wrap:wrap;justify-content:space-between;margin-bottom:1mm}
table{width:100%;border-collapse:collapse;table-layout:fixed;margin-bottom:2mm}
td,th{border:.3mm solid #000;padding:.8mm 1.2mm;font-weight:normal;overflow-wrap:anywhere;white-space:pre-wrap}
th{text-align:center;font-weight:bold}
thead{display:table-header-group}
tr{break-inside:avoid}
.c{text-align:center}
.r{text-align:right}
p{margin:1mm 0;white-space:pre-wrap}
.signs{display:flex;flex-wrap:wrap;break-inside:avoid}
.signs div{width:33%;padding-top:9mm}
.signs span{display:block;padding-left:5em}
footer{font-size:9pt;border-top:.2mm solid #000;margin-top:3mm}
.mark{position:fixed;top:42%;left:0;width:100%;text-align:center;font-size:64pt;color:#000;opacity:.12;\
transform:rotate(-30deg);pointer-events:none}
";

/// The page of a paper.
pub fn page(paper: &Paper) -> String {
    pages(std::slice::from_ref(paper))
}

/// Papers of one kind in one file, each on a page of its own: the sheets of a pad.
pub fn pages(papers: &[Paper]) -> String {
    let Some(paper) = papers.first() else { return String::new() };
    let mut out = String::with_capacity(8 * 1024);
    let title = match &paper.practice {
        Some(mark) => format!("【{}】{}", escape(mark), escape(&paper.title)),
        None => escape(&paper.title),
    };
    let (sheet, wide) = if paper.landscape { ("A4 landscape", "261mm") } else { ("A4 portrait", "178mm") };
    out.push_str("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str(&format!("<title>{title}</title>\n<style>\n{STYLE}"));
    out.push_str(&format!(
        "@page{{size:{sheet};margin:14mm 16mm}}\nbody{{width:{wide}}}\n</style>\n</head>\n<body>\n"
    ));
    if let Some(mark) = &paper.practice {
        out.push_str(&format!("<div class=\"mark\">{}</div>\n", escape(mark)));
    }
    for (at, paper) in papers.iter().enumerate() {
        if at > 0 {
            out.push_str("<div style=\"break-after:page\"></div>\n");
        }
        body(&mut out, paper, &title);
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn body(out: &mut String, paper: &Paper, title: &str) {
    out.push_str(&format!("<h1>{title}</h1>\n"));
    if !paper.header.is_empty() {
        out.push_str("<div class=\"head\">\n");
        for (name, value) in &paper.header {
            out.push_str(&format!("<span>{}：{}</span>\n", escape(name), escape(value)));
        }
        out.push_str("</div>\n");
    }
    for block in &paper.blocks {
        put(out, block);
    }
    if !paper.footer.is_empty() || paper.practice.is_some() {
        out.push_str("<footer>\n");
        let mark = paper.practice.iter();
        for line in mark.chain(&paper.footer) {
            out.push_str(&format!("<div>{}</div>\n", escape(line)));
        }
        out.push_str("</footer>\n");
    }
}

fn put(out: &mut String, block: &Block) {
    match block {
        Block::Heading(text) => out.push_str(&format!("<h2>{}</h2>\n", escape(text))),
        Block::Text(text) => out.push_str(&format!("<p>{}</p>\n", escape(text))),
        Block::Grid { shares, rows } => grid(out, shares, rows),
        Block::Table { columns, rows, total } => table(out, columns, rows, total),
        Block::Signatures(all) => signatures(out, all),
    }
}

fn columns(out: &mut String, shares: &[u16]) {
    let sum: u32 = shares.iter().map(|share| u32::from((*share).max(1))).sum::<u32>().max(1);
    out.push_str("<table>\n<colgroup>");
    for share in shares {
        let tenths = 1000 * u32::from((*share).max(1)) / sum;
        out.push_str(&format!("<col style=\"width:{}.{}%\">", tenths / 10, tenths % 10));
    }
    out.push_str("</colgroup>\n");
}

fn grid(out: &mut String, shares: &[u16], rows: &[Vec<GridCell>]) {
    columns(out, shares);
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            let tag = if cell.kind == CellKind::Label { "th" } else { "td" };
            let span = if cell.span > 1 { format!(" colspan=\"{}\"", cell.span) } else { String::new() };
            // a line of the body is 1.5 times its size high
            let high = if cell.lines > 1 {
                format!(" style=\"height:{}em\"", u32::from(cell.lines) * 3 / 2 + 1)
            } else {
                String::new()
            };
            out.push_str(&format!("<{tag}{span}{}{high}>{}</{tag}>", class(cell.align), escape(&cell.text)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

fn table(out: &mut String, heads: &[PaperColumn], rows: &[Vec<String>], total: &[String]) {
    columns(out, &heads.iter().map(|column| column.share).collect::<Vec<_>>());
    out.push_str("<thead><tr>");
    for column in heads {
        out.push_str(&format!("<th>{}</th>", escape(&column.name)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    let sum = (!total.is_empty()).then_some(total);
    for row in rows.iter().map(Vec::as_slice).chain(sum) {
        out.push_str("<tr>");
        for (at, column) in heads.iter().enumerate() {
            let text = row.get(at).map_or("", String::as_str);
            out.push_str(&format!("<td{}>{}</td>", class(column.align), escape(text)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn signatures(out: &mut String, all: &[Signature]) {
    out.push_str("<div class=\"signs\">\n");
    for Signature { role, name, day } in all {
        let day = if day.is_empty() { "　　年　　月　　日" } else { day };
        out.push_str(&format!("<div>{}：{}<span>{}</span></div>\n", escape(role), escape(name), escape(day)));
    }
    out.push_str("</div>\n");
}

fn class(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Center => " class=\"c\"",
        Align::Right => " class=\"r\"",
    }
}

/// Text for the body or a quoted attribute. Controls but line breaks, and marks of direction, are left out.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' => safe.push('\n'),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {}
            other if other.is_control() => {}
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sample(practice: bool) -> Paper {
        Paper {
            title: "急难型先行救助登记单".to_owned(),
            header: vec![("编号".to_owned(), "26-102-0001".to_owned())],
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
                        vec![GridCell::label("事由"), GridCell::value("房屋<失火>", 3).tall(4)],
                    ],
                },
                Block::Table {
                    columns: vec![
                        PaperColumn::new("待补项", 3),
                        PaperColumn::new("期限", 1).aligned(Align::Center),
                    ],
                    rows: vec![vec!["经办人签字".to_owned(), "3月16日".to_owned()]],
                    total: vec!["共1项".to_owned()],
                },
                Block::Text("以上属实。".to_owned()),
                Block::Signatures(vec![Signature { role: "经办人".to_owned(), ..Signature::default() }]),
            ],
            footer: vec!["实施办法第四部分第三项".to_owned()],
            practice: practice.then(|| "练习".to_owned()),
            landscape: false,
        }
    }

    #[test]
    fn the_page_stands_as_agreed() {
        let page = page(&sample(true));
        let body = page.split_once("</style>").unwrap().1;
        insta::assert_snapshot!("paper_html", body);
    }

    #[test]
    fn practice_is_marked_and_earnest_is_not() {
        let marked = page(&sample(true));
        assert_eq!(marked.matches("练习").count(), 4, "title, heading, watermark, foot");
        assert!(!page(&sample(false)).contains("练习"));
    }

    proptest! {
        #[test]
        fn no_text_escapes(text in ".{0,40}") {
            let hostile = format!("<script src=\"http://x\">{text}</script>\u{202e}\u{1b}[0m");
            let mut paper = sample(true);
            paper.title = hostile.clone();
            paper.header.push((hostile.clone(), hostile.clone()));
            paper.footer.push(hostile.clone());
            paper.practice = Some(hostile.clone());
            paper.blocks.push(Block::Text(hostile.clone()));
            paper.blocks.push(Block::Heading(hostile.clone()));
            paper.blocks.push(Block::Signatures(vec![Signature {
                role: hostile.clone(), name: hostile.clone(), day: hostile.clone(),
            }]));
            let page = page(&paper);
            prop_assert!(!page.contains("<script"));
            let unseen = page.contains('\u{202e}') || page.contains('\u{1b}');
            prop_assert!(!unseen);
        }
    }
}
