//! What an import came to, for the terminal and for programs.

use super::Reading;
use crate::base::money::Money;
use serde::Serialize;

/// The outcome of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The file's name.
    pub file: String,
    /// Rows written now.
    pub written: usize,
    /// Entries they stand in.
    pub parts: usize,
    /// The sum of the rows taken over, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
    /// Rows that were known already.
    pub known: usize,
    /// Rows that cannot be taken over, by their number in the file.
    pub bad: Vec<usize>,
    /// People whom the log did not know.
    pub people_new: usize,
    /// Rows whose number is on file under another name; they are taken over for the holder of the number.
    pub clashes: Vec<usize>,
}

impl Report {
    /// The report before anything is written.
    pub fn of(reading: &Reading) -> Report {
        Report {
            file: reading.plan.file.clone(),
            written: 0,
            parts: 0,
            amount: reading.plan.total(),
            known: reading.plan.known,
            bad: reading.plan.bad_rows(),
            people_new: 0,
            clashes: Vec::new(),
        }
    }

    /// In a few lines of Chinese.
    pub fn text(&self) -> String {
        let mut out = format!(
            "{}：写入 {} 行，合计 {} 元；新登记 {} 人；已导入过 {} 行；有问题 {} 行\n",
            self.file,
            self.written,
            self.amount.grouped(),
            self.people_new,
            self.known,
            self.bad.len()
        );
        if !self.clashes.is_empty() {
            let rows: Vec<String> = self.clashes.iter().take(20).map(usize::to_string).collect();
            out.push_str(&format!(
                "  提醒：{} 行的身份证号已登记为另一姓名，已记在证件号的本人名下，请核对第 {} 行\n",
                self.clashes.len(),
                rows.join("、")
            ));
        }
        out
    }
}
