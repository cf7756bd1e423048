//! A line that waits for a batch or an account, as lists show it.
//!
//! Must never show more of an account than its last eight digits.

use crate::base::day::Stamp;
use crate::domain::ids::OfficerNo;
use crate::store::replica::views::money::{Checked, PayLine};
use crate::ui::role::Role;
use crate::ui::screens::held::Shown;
use crate::ui::screens::words;
use crate::ui::table::Column;

/// A line, and who looks at it.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The line.
    pub line: PayLine,
    /// Whoever looks decided it: he does not pay it.
    pub own: bool,
}

impl Waiting {
    /// As an officer sees it.
    pub fn of(line: PayLine, me: &OfficerNo) -> Waiting {
        let own = line.decided_by.as_ref() == Some(me);
        Waiting { line, own }
    }

    /// Why it cannot be paid by this officer now, in a word.
    pub fn why_not(&self) -> Option<&'static str> {
        self.line.why_not().or(self.own.then_some("您审批的"))
    }

    /// What is the matter with it, in the last column.
    fn state(&self) -> String {
        let line = &self.line;
        match (self.why_not(), line.refused, line.payee) {
            (Some("未到期"), ..) => {
                line.ahead.map(|day| format!("{}起", day.short_zh())).unwrap_or_default()
            }
            (_, Some(why), _) if !line.marked => format!("退汇:{}", why.zh()),
            (Some(why), ..) => why.to_owned(),
            (None, _, Some(payee)) if payee != crate::domain::nouns::Payee::Self_ => payee.zh().to_owned(),
            _ => String::new(),
        }
    }

    /// What the line under the list says of it.
    pub fn told(&self) -> String {
        let line = &self.line;
        let place = words::township(line.township);
        let next = match (self.why_not(), line.checked) {
            (Some("违规标记"), _) => "有违规标记，县局处理之前不能发放。五（三）".to_owned(),
            (Some("没有账户"), _) => "没有登记账户，打 6 登记".to_owned(),
            (Some("未到期"), _) => {
                let from = line.ahead.map(crate::base::day::Day::short_zh).unwrap_or_default();
                format!("分期发放的一期，{from}起才能进批次")
            }
            (Some("您审批的"), _) => "由您审批的不能由您发放，请其他财务办理。五（三）".to_owned(),
            (Some(_), _) => "银行退回过，打 6 更正账户后才能再发".to_owned(),
            (None, Checked::Doubtful) => "卡号末位校验不符，请核对卡折；错了打 6 更正".to_owned(),
            (None, _) => format!("户名 {}，打卡 {} 尾号 {}", line.holder, line.bank, line.tail),
        };
        format!("{place} {}：{next}", line.number)
    }
}

/// The columns, without what a narrow window leaves out.
pub const COLUMNS: &[Column] = &[
    Column::left("编号", 11),
    Column::left("收款人", 8),
    Column::left("乡镇", 8).rank(3),
    Column::left("开户行", 10).grow().rank(1),
    Column::left("尾号", 8),
    Column::right("金额", 10),
    Column::left("校验", 8).rank(2),
    Column::left("情况", 13),
];

impl Shown for Waiting {
    fn id(&self) -> String {
        format!("{}/{}", self.line.case, self.line.line)
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let line = &self.line;
        let payee = if line.holder.is_empty() { &line.name } else { &line.holder };
        vec![
            line.number.clone(),
            payee.clone(),
            words::township(line.township),
            line.bank.clone(),
            line.tail.clone(),
            line.amount.grouped(),
            line.checked.zh().to_owned(),
            self.state(),
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        match (self.why_not(), self.line.checked) {
            (Some(_), _) => Some(Role::Problem),
            (None, Checked::Doubtful) => Some(Role::Warning),
            _ => None,
        }
    }

    fn untickable(&self) -> Option<String> {
        self.why_not().map(|_| self.told())
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.line.name, vec![&self.line.number, &self.line.tail])
    }
}
