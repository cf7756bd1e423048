//! A sheet to read: labels with values, tables, sentences, two halves side by side; turned by pages.
//!
//! Must never be typed into, and never hold more than it was given: what stands on it is derived anew when it is shown.

use super::canvas::{Canvas, columns};
use super::role::Role;
use super::screen::Size;
use super::table::{Align, Column, cell, plan};
use crate::base::width;

/// Below this width the halves of [`Block::Beside`] stand one under the other.
const BESIDE_MIN: u16 = 72;

/// A label with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The Chinese label.
    pub label: String,
    /// The value as shown.
    pub value: String,
    /// How the value looks.
    pub role: Role,
}

impl Pair {
    /// An ordinary pair.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Pair {
        Pair { label: label.into(), value: value.into(), role: Role::Text }
    }

    /// The same, looking otherwise.
    pub fn role(mut self, role: Role) -> Pair {
        self.role = role;
        self
    }
}

/// A row of a table on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Its cells.
    pub cells: Vec<String>,
    /// How it looks.
    pub role: Role,
}

/// A part of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The head of a section.
    Heading(String),
    /// Pairs one after the other, as many on a line as fit.
    Pairs(Vec<Pair>),
    /// A sentence, wrapped.
    Text(String, Role),
    /// Rows under heads.
    Table(&'static [Column], Vec<TableRow>),
    /// Two halves, the second one beginning at that column.
    Beside(Vec<Block>, u16, Vec<Block>),
    /// A free line.
    Free,
    /// A thin rule.
    Rule,
    /// What follows stands on the next page.
    Page,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Span {
    col: u16,
    cols: u16,
    text: String,
    align: Align,
    role: Role,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Row {
    Spans(Vec<Span>),
    Rule,
    Page,
}

/// A card and the page that is seen.
#[derive(Debug, Clone)]
pub struct Card {
    blocks: Vec<Block>,
    size: Size,
    page: usize,
    pages: Vec<Vec<Row>>,
}

impl Card {
    /// A card, opened at its first page.
    pub fn new(blocks: Vec<Block>) -> Card {
        let mut card = Card { blocks, size: Size { rows: 19, cols: 80 }, page: 0, pages: Vec::new() };
        card.lay();
        card
    }

    /// New content; the page stays as far as there is one.
    pub fn replace(&mut self, blocks: Vec<Block>) {
        self.blocks = blocks;
        self.lay();
    }

    /// The part of the window it has.
    pub fn resize(&mut self, size: Size) {
        if size != self.size {
            self.size = size;
            self.lay();
        }
    }

    /// Turns to the next page, after the last to the first (Tab).
    pub fn turn(&mut self) {
        self.page = if self.page + 1 < self.pages.len() { self.page + 1 } else { 0 };
    }

    /// Turns a page on or back and stops at the ends; false at an end.
    pub fn go(&mut self, forward: bool) -> bool {
        let to = if forward { self.page + 1 } else { self.page.wrapping_sub(1) };
        let there = to < self.pages.len();
        if there {
            self.page = to;
        }
        there
    }

    /// The page seen, from 1, and how many there are.
    pub fn pages(&self) -> (usize, usize) {
        (self.page + 1, self.pages.len())
    }

    /// Where the caret waits: at the end of the page mark, or at the top where there is but one page.
    pub fn caret(&self) -> (u16, u16) {
        (0, 0)
    }

    /// Draws the page; where there are several, the last line says which one it is.
    pub fn draw(&self, canvas: &mut Canvas) {
        for (at, row) in self.pages.get(self.page).into_iter().flatten().enumerate() {
            let Ok(at) = u16::try_from(at) else { break };
            match row {
                Row::Rule => canvas.rule(at),
                Row::Page => {}
                Row::Spans(spans) => {
                    for s in spans {
                        cell(canvas, at, s.col, s.cols, &s.text, s.align, s.role);
                    }
                }
            }
        }
        if self.pages.len() > 1 {
            let mark = format!("第 {} 页 共 {} 页  Tab翻页", self.page + 1, self.pages.len());
            canvas.put_right(self.size.rows.saturating_sub(1), self.size.cols - 1, &mark, Role::Muted);
        }
    }

    fn lay(&mut self) {
        let mut rows = Vec::new();
        for block in &self.blocks {
            lay(block, 1, self.size.cols, &mut rows);
        }
        let height = usize::from(self.size.rows).max(2);
        let fits = rows.len() <= height && !rows.contains(&Row::Page);
        let room = if fits { height } else { height - 1 };
        let mut pages: Vec<Vec<Row>> = vec![Vec::new()];
        for row in rows {
            let full = pages.last().is_some_and(|page| page.len() >= room);
            if row == Row::Page || full {
                pages.push(Vec::new());
            }
            if row != Row::Page
                && let Some(page) = pages.last_mut()
            {
                page.push(row);
            }
        }
        pages.retain(|page| !page.is_empty());
        self.page = self.page.min(pages.len().saturating_sub(1));
        self.pages = pages;
    }
}

fn span(col: u16, end: u16, text: &str, role: Role) -> Span {
    Span { col, cols: end.saturating_sub(col), text: text.to_owned(), align: Align::Left, role }
}

fn wide(text: &str) -> u16 {
    u16::try_from(columns(text)).unwrap_or(u16::MAX)
}

/// Lays a block between two columns.
fn lay(block: &Block, first: u16, end: u16, rows: &mut Vec<Row>) {
    let room = usize::from(end.saturating_sub(first + 1)).max(2);
    match block {
        Block::Heading(text) => rows.push(Row::Spans(vec![span(first, end, text, Role::Heading)])),
        Block::Pairs(pairs) => lay_pairs(pairs, first, end, rows),
        Block::Text(text, role) => {
            for line in width::wrap(text, room) {
                rows.push(Row::Spans(vec![span(first, end, &line, *role)]));
            }
        }
        Block::Table(heads, content) => lay_table(heads, content, first, end, rows),
        Block::Beside(left, _, right) if end < BESIDE_MIN => {
            for block in left.iter().chain(right) {
                lay(block, first, end, rows);
            }
        }
        Block::Beside(left, at, right) => {
            let (mut one, mut two) = (Vec::new(), Vec::new());
            left.iter().for_each(|block| lay(block, first, at.saturating_sub(1), &mut one));
            right.iter().for_each(|block| lay(block, *at, end, &mut two));
            for i in 0..one.len().max(two.len()) {
                let mut spans = Vec::new();
                for half in [&one, &two] {
                    if let Some(Row::Spans(of)) = half.get(i) {
                        spans.extend(of.iter().cloned());
                    }
                }
                rows.push(Row::Spans(spans));
            }
        }
        Block::Free => rows.push(Row::Spans(Vec::new())),
        Block::Rule => rows.push(Row::Rule),
        Block::Page => rows.push(Row::Page),
    }
}

fn lay_pairs(pairs: &[Pair], first: u16, end: u16, rows: &mut Vec<Row>) {
    let mut spans: Vec<Span> = Vec::new();
    let mut col = first;
    for pair in pairs {
        let label = wide(&pair.label);
        let need = label.saturating_add(1).saturating_add(wide(&pair.value));
        if col > first && col.saturating_add(need) >= end {
            rows.push(Row::Spans(std::mem::take(&mut spans)));
            col = first;
        }
        spans.push(span(col, end, &pair.label, Role::Label));
        let value = col + label + 1;
        let room = usize::from(end.saturating_sub(value + 1)).max(2);
        let lines = width::wrap(&pair.value, room);
        for (i, line) in lines.iter().enumerate() {
            if i > 0 {
                rows.push(Row::Spans(std::mem::take(&mut spans)));
            }
            spans.push(span(value, end, line, pair.role));
        }
        col = if lines.len() > 1 { end } else { value.saturating_add(wide(&pair.value)).saturating_add(3) };
    }
    if !spans.is_empty() {
        rows.push(Row::Spans(spans));
    }
}

fn lay_table(heads: &[Column], content: &[TableRow], first: u16, end: u16, rows: &mut Vec<Row>) {
    let plan = plan(heads, first, end);
    let line = |text_of: &dyn Fn(&Column, usize, u16) -> String, role: Role| {
        let each = plan.iter().map(|(column, place, col, cols)| Span {
            col: *col,
            cols: *cols,
            text: text_of(column, *place, *cols),
            align: column.align,
            role,
        });
        Row::Spans(each.collect())
    };
    rows.push(line(&|column, _, _| column.head.to_owned(), Role::Heading));
    rows.push(line(&|_, _, cols| "-".repeat(usize::from(cols)), Role::Rule));
    for row in content {
        rows.push(line(&|_, place, _| row.cells.get(place).cloned().unwrap_or_default(), row.role));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing;
    use crate::ui::theme::Theme;

    const PRIOR: &[Column] = &[
        Column::left("年度", 4),
        Column::left("情形", 8),
        Column::right("金额", 9),
        Column::left("状态", 6),
    ];

    fn drawn(card: &mut Card, cols: u16, rows: u16) -> String {
        card.resize(Size { rows, cols });
        let mut buffer = testing::buffer(cols, rows);
        let (theme, _) = Theme::load("plain", None, false);
        card.draw(&mut Canvas::new(&mut buffer, &theme));
        testing::assert_widths_certain(&buffer);
        testing::text(&buffer)
    }

    fn case() -> Card {
        let row = |cells: [&str; 4]| TableRow { cells: cells.map(str::to_owned).to_vec(), role: Role::Text };
        let checks = vec![
            Block::Heading("程序检查".to_owned()),
            Block::Text("[有] 入户调查 11-22".to_owned(), Role::Ok),
            Block::Text("[缺] 医院诊断书，12-07 前补".to_owned(), Role::Problem),
        ];
        let prior = vec![Block::Table(PRIOR, vec![row(["2025", "突患重病", "1,900.00", "已发放"])])];
        Card::new(vec![
            Block::Pairs(vec![
                Pair::new("申请人", "王桂兰 女 68岁"),
                Pair::new("情形", "突患重病 三（二）"),
                Pair::new(
                    "事由",
                    "突发心梗送县医院，家中无现金；总费用 21,000 报销 12,600 自付 8,400，余款待筹",
                ),
            ]),
            Block::Rule,
            Block::Beside(checks, 42, prior),
        ])
    }

    #[test]
    fn a_card_at_80_columns() {
        insta::assert_snapshot!(drawn(&mut case(), 80, 10), @r#"
 申请人 王桂兰 女 68岁   情形 突患重病 三（二）
 事由 突发心梗送县医院，家中无现金；总费用 21,000 报销 12,600 自付 8,400，余款
      待筹
--------------------------------------------------------------------------------
 程序检查                                 年度 情形          金额 状态
 [有] 入户调查 11-22                      ---- -------- --------- ------
 [缺] 医院诊断书，12-07 前补              2025 突患重病  1,900.00 已发放
"#);
    }

    #[test]
    fn halves_stand_one_under_the_other_in_a_narrow_window() {
        let text = drawn(&mut case(), 60, 14);
        let line = |what: &str| text.lines().position(|l| l.contains(what)).unwrap();
        assert!(line("程序检查") < line("年度"), "{text}");
    }

    #[test]
    fn a_long_card_is_turned_page_by_page() {
        let mut blocks: Vec<Block> = (0..20).map(|i| Block::Text(format!("第{i}行"), Role::Text)).collect();
        blocks.push(Block::Page);
        blocks.push(Block::Text("末页".to_owned(), Role::Text));
        let mut card = Card::new(blocks);
        assert!(drawn(&mut card, 80, 11).contains("第9行"));
        assert_eq!(card.pages(), (1, 3));
        assert!(!card.go(false));
        card.turn();
        assert!(drawn(&mut card, 80, 11).contains("第10行"));
        card.turn();
        assert!(drawn(&mut card, 80, 11).contains("末页"));
        assert!(!card.go(true));
        card.turn();
        assert_eq!(card.pages().0, 1);
    }
}
