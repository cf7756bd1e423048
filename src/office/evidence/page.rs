//! The cover page (说明页) of a bundle: what is in it, for people.

use super::check::Report;
use crate::base::day::Stamp;
use crate::office::print::html;
use crate::store::export::PRACTICE;
use crate::store::export::paper::{Block, GridCell, Paper, PaperColumn};

/// The page.
pub fn page(report: &Report, file: &str, made: Stamp, practice: bool) -> String {
    let row = |label: &str, text: String| vec![GridCell::label(label), GridCell::value(&text, 1)];
    let table = |columns: &[(&str, u16)], rows: Vec<Vec<String>>| Block::Table {
        columns: columns.iter().map(|(name, share)| PaperColumn::new(name, *share)).collect(),
        rows,
        total: Vec::new(),
    };
    let mut blocks = vec![
        Block::Grid {
            shares: vec![1, 6],
            rows: vec![
                row("结论", format!("{}。", report.line())),
                row("证据文件", file.to_owned()),
                row("根指纹", report.root.clone()),
                row("末条", format!("第 {} 条　{}", report.head.n, report.head.hash.groups())),
                row(
                    "出具人",
                    report
                        .signed_by
                        .clone()
                        .map_or_else(|| "没有签名".to_owned(), |no| format!("操作员 {no}")),
                ),
            ],
        },
        Block::Heading("一、办件的记录".to_owned()),
        table(
            &[
                ("记录号", 1),
                ("时间", 2),
                ("下令人", 1),
                ("记录人", 1),
                ("指令", 2),
                ("内容", 6),
                ("哈希", 4),
            ],
            report
                .case
                .iter()
                .map(|held| {
                    vec![
                        held.n.to_string(),
                        held.at.text(),
                        held.by.clone(),
                        held.carrier.clone(),
                        held.zh.clone(),
                        held.what.join("；"),
                        held.hash.clone(),
                    ]
                })
                .collect(),
        ),
    ];
    let opened: Vec<_> =
        report.case.iter().filter_map(|held| Some(vec![held.n.to_string(), held.opened.clone()?])).collect();
    blocks.push(Block::Heading("二、公开的个人信息".to_owned()));
    blocks.push(if opened.is_empty() {
        Block::Text("没有公开：姓名、证件号、账号、事由仍在日志里加密保存。".to_owned())
    } else {
        table(&[("记录号", 1), ("内容（与记录的承诺相符）", 10)], opened)
    });
    blocks.push(Block::Heading("三、纸质材料的文件".to_owned()));
    blocks.push(if report.papers.is_empty() {
        Block::Text("没有。".to_owned())
    } else {
        let rows = report.papers.iter();
        let rows =
            rows.map(|paper| vec![paper.name.clone(), paper.size.to_string(), paper.sha256.to_string()]);
        table(&[("文件", 4), ("字节", 1), ("SHA-256", 7)], rows.collect())
    });
    blocks.push(Block::Heading("四、证明什么，不证明什么".to_owned()));
    blocks.extend(report.proves().into_iter().map(Block::Text));
    let how = format!(
        "核验：在任何一台装有 jiuji 的电脑上运行 jiuji verify {file} --root 纸上的根指纹，不需要账号。"
    );
    html::page(&Paper {
        title: "办件证据说明".to_owned(),
        header: vec![
            ("办件编号".to_owned(), report.number.clone()),
            ("出具时间（本机）".to_owned(), made.text()),
        ],
        blocks,
        footer: vec![how],
        practice: practice.then(|| PRACTICE.to_owned()),
        landscape: true,
    })
}
