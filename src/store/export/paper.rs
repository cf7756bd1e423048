//! A paper (表单) as plain data: what stands where, ready to be printed as HTML or written as XLSX.
//!
//! It holds finished words only, already masked where they must be; it must never fetch, reckon or decide anything.

/// How text stands in its cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the right, as amounts stand.
    Right,
}

/// What a cell of a grid is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellKind {
    /// The printed name of what follows.
    Label,
    /// What was filled in.
    #[default]
    Value,
}

/// A cell of a grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridCell {
    /// The words; line breaks are kept.
    pub text: String,
    /// Label or value.
    pub kind: CellKind,
    /// How many columns of the grid it takes; 0 counts as 1.
    pub span: u16,
    /// How it stands.
    pub align: Align,
    /// The fewest lines it is high: room for writing by hand.
    pub lines: u16,
}

impl GridCell {
    /// A label of one column.
    pub fn label(text: &str) -> GridCell {
        GridCell { text: text.to_owned(), kind: CellKind::Label, span: 1, align: Align::Center, lines: 1 }
    }

    /// A value that takes `span` columns.
    pub fn value(text: &str, span: u16) -> GridCell {
        GridCell { text: text.to_owned(), kind: CellKind::Value, span, align: Align::Left, lines: 1 }
    }

    /// The same cell, at least so many lines high.
    pub fn tall(mut self, lines: u16) -> GridCell {
        self.lines = lines;
        self
    }

    /// The same cell, standing so.
    pub fn aligned(mut self, align: Align) -> GridCell {
        self.align = align;
        self
    }
}

/// A column of a table on a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperColumn {
    /// The heading.
    pub name: String,
    /// Its share of the width against the other columns; 0 counts as 1.
    pub share: u16,
    /// How its cells stand.
    pub align: Align,
}

impl PaperColumn {
    /// A column of this heading and share, text at the left.
    pub fn new(name: &str, share: u16) -> PaperColumn {
        PaperColumn { name: name.to_owned(), share, align: Align::Left }
    }

    /// The same column, its cells standing so.
    pub fn aligned(mut self, align: Align) -> PaperColumn {
        self.align = align;
        self
    }
}

/// A place to sign: 经办人（签字）, and a name or a day where they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Who signs.
    pub role: String,
    /// The printed name, or empty for a blank line.
    pub name: String,
    /// The printed day, or empty for 年 月 日.
    pub day: String,
}

/// A part of a paper, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading inside the paper.
    Heading(String),
    /// A grid of labels and values; each row's spans add up to the number of columns.
    Grid {
        /// The share of the width of each column.
        shares: Vec<u16>,
        /// The rows.
        rows: Vec<Vec<GridCell>>,
    },
    /// A table of many rows under headings.
    Table {
        /// The columns.
        columns: Vec<PaperColumn>,
        /// The rows, each as long as the columns.
        rows: Vec<Vec<String>>,
        /// The line of totals under them; may be empty.
        total: Vec<String>,
    },
    /// A paragraph.
    Text(String),
    /// Places to sign, three in a line.
    Signatures(Vec<Signature>),
}

/// A paper of one or more A4 pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// The title.
    pub title: String,
    /// What stands over the body: 编号, 填报单位, 填报日期 and their values.
    pub header: Vec<(String, String)>,
    /// The parts.
    pub blocks: Vec<Block>,
    /// Lines at the foot of the last page.
    pub footer: Vec<String>,
    /// The watermark of a practice office, none in earnest.
    pub practice: Option<String>,
    /// Whether the page lies on its side.
    pub landscape: bool,
}
