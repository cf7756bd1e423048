//! Templates of bank files (模板): TOML that the office can edit. Two are shipped: a bank's and that of 财政一卡通.

use crate::domain::nouns::ReturnReason;
use crate::store::fault::{Fault, FaultKind};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The shipped templates, by the name on the command line.
pub const SHIPPED: [(&str, &str); 2] =
    [("bank", include_str!("templates/bank.toml")), ("yikatong", include_str!("templates/yikatong.toml"))];

/// A template.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its name, for titles and file names.
    pub name: String,
    /// The file to the bank.
    pub out: Layout,
    /// The bank's return file.
    pub back: Back,
}

/// The file to the bank.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Which kind of file.
    pub format: Format,
    /// In which encoding, for CSV.
    #[serde(default)]
    pub encoding: Encoding,
    /// Whether the first row says what the columns are.
    pub heading: bool,
    /// Whether a last row says sum and count.
    #[serde(default)]
    pub total: bool,
    /// The columns.
    pub column: Vec<Column>,
}

/// Kinds of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Comma-separated.
    Csv,
    /// A workbook.
    Xlsx,
}

/// Encodings of CSV.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// GBK, which banks' old programs read.
    #[default]
    Gbk,
    /// UTF-8.
    #[serde(rename = "utf-8")]
    Utf8,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// What stands in it.
    pub what: What,
    /// The words of a column of fixed words.
    #[serde(default)]
    pub text: String,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// 序号.
    Seq,
    /// 批次号.
    Batch,
    /// 户名.
    Holder,
    /// 账号.
    Account,
    /// 开户行.
    Bank,
    /// Yuan with two places.
    Amount,
    /// Fen.
    AmountFen,
    /// The person helped.
    Name,
    /// His id number.
    IdNo,
    /// 乡镇.
    Township,
    /// 编号.
    Case,
    /// 用途.
    Purpose,
    /// Fixed words.
    Text,
}

/// The bank's return file: how its columns are called and what its words mean.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Back {
    /// 序号.
    pub seq: String,
    /// 批次号, where it has one.
    #[serde(default)]
    pub batch: Option<String>,
    /// 账号, where it has one.
    #[serde(default)]
    pub account: Option<String>,
    /// 户名, where it has one: one of the two has to be there, or nothing ties a row to what was sent.
    #[serde(default)]
    pub holder: Option<String>,
    /// 金额, yuan.
    pub amount: String,
    /// Whether it was paid.
    pub result: String,
    /// Why not.
    #[serde(default)]
    pub reason: Option<String>,
    /// Words of a result that mean paid.
    pub paid: Vec<String>,
    /// Words of a result that mean sent back.
    pub failed: Vec<String>,
    /// The bank's reasons and the words of ours.
    pub reasons: BTreeMap<String, String>,
}

impl Back {
    /// What a reason of the bank's means; none where the template does not say.
    pub fn reason_of(&self, words: &str) -> Option<ReturnReason> {
        self.reasons.get(words.trim()).and_then(|word| ReturnReason::from_zh(word))
    }
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// A text that is none, with the reader's words; reasons that are none of ours.
    pub fn read(text: &str) -> Result<Template, Fault> {
        let bad = |why: String| {
            let next = "请对照随程序的模板改正，用 batch template 可以看";
            Fault::new(FaultKind::User, format!("模板读不懂：{why}"), next)
        };
        let template: Template = toml::from_str(text).map_err(|error| bad(error.message().to_owned()))?;
        if template.out.column.is_empty() {
            return Err(bad("没有一列".to_owned()));
        }
        if template.back.account.is_none() && template.back.holder.is_none() {
            return Err(bad("[back] 里 account、holder 至少要写一个，不然认不出回盘是哪一批次的".to_owned()));
        }
        if let Some(word) = template.back.reasons.values().find(|word| ReturnReason::from_zh(word).is_none())
        {
            let known: Vec<&str> = ReturnReason::ALL.iter().map(|reason| reason.zh()).collect();
            return Err(bad(format!("「{word}」不是退汇原因，可以写：{}", known.join(" "))));
        }
        Ok(template)
    }

    /// A shipped template by its name, or one out of a file.
    ///
    /// # Errors
    /// No such file, or one that is no template.
    pub fn find(name: &str) -> Result<Template, Fault> {
        if let Some((_, text)) = SHIPPED.iter().find(|(known, _)| *known == name) {
            return Template::read(text);
        }
        let text = std::fs::read_to_string(name)
            .map_err(|error| Fault::of_io(&format!("读取模板 {name}（随程序的有 bank、yikatong）"), error))?;
        Template::read(&text)
    }
}
