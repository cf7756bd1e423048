//! 建立批次 (S7): approved lines are ticked, their sum is typed as a control, one bank pays them.
//!
//! Must never put a line into a batch that cannot be paid: it cannot be ticked, and says why.

use super::waiting::{COLUMNS, Waiting};
use crate::base::money::Money;
use crate::domain::command::payout::ToPay;
use crate::domain::nouns::Fund;
use crate::office::front::deed::Deed;
use crate::office::front::money::MoneyDeed;
use crate::office::front::money::desk::WaitingView;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::money::{MoneyAsk, MoneyPlace, MoneyReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母/编号/尾号",
    columns: COLUMNS,
    options: &[RowOption { digit: '5', label: "查看" }, RowOption { digit: '6', label: "更正账户" }],
    ticks: true,
    empty: "没有等着进批次的打卡救助金",
};

/// The most lines of a batch, as the rules have it.
const MOST: usize = 200;

/// The screen.
#[derive(Debug)]
pub struct BuildScreen {
    with: Prompted<Waiting, ()>,
    view: Option<WaitingView>,
    /// The deed is on its way.
    busy: bool,
    /// What is said behind a batch that its source cannot pay yet.
    short: Option<String>,
    size: Size,
}

impl Default for BuildScreen {
    fn default() -> BuildScreen {
        BuildScreen::new()
    }
}

impl BuildScreen {
    /// A screen that asks the desk when it is shown.
    pub fn new() -> BuildScreen {
        BuildScreen {
            with: Prompted::new(TABLE),
            view: None,
            busy: false,
            short: None,
            size: Size { rows: 19, cols: 80 },
        }
    }

    fn ask() -> Vec<Intent> {
        vec![Intent::Ask(Ask::Money(MoneyAsk::Waiting))]
    }

    /// The ticked lines that can be paid, in the order of the list.
    fn picked(&self) -> Vec<&Waiting> {
        use crate::ui::screens::held::Shown as _;
        let ticked = self.with.list.ticked();
        let rows = self.with.list.rows().items.iter();
        rows.filter(|row| row.why_not().is_none() && ticked.contains(&row.id())).collect()
    }

    fn sum(&self) -> Money {
        self.picked().iter().map(|row| row.line.amount).sum()
    }

    fn begin(&mut self) -> Vec<Intent> {
        let Some(view) = &self.view else { return Vec::new() };
        let (count, sum) = (self.picked().len(), self.sum());
        if !view.finance {
            return vec![Intent::Warn("批次由县局财务建立，请用财务的操作员号登录".to_owned())];
        }
        if count == 0 {
            return vec![Intent::Warn("还没有选：空格选一笔，+ 全选，再按 F9".to_owned())];
        }
        if count > MOST {
            return vec![Intent::Warn(format!(
                "一个批次最多 {MOST} 笔，现选了 {count} 笔，请按空格去掉一些"
            ))];
        }
        let funds = Fund::ALL.iter().map(|fund| fund.zh()).collect();
        let title = format!("建立批次：选中 {count} 笔 {} 元 {}", sum.grouped(), sum.capitals());
        let prompt = Prompt::new((), title)
            .with("付款银行", Kind::Text, &view.bank)
            .with("资金来源", Kind::Choice(funds), "")
            .with("控制数", Kind::Money, "")
            .from_first_open();
        self.with.ask(Some(prompt));
        vec![Intent::Say("控制数：对着审批表打合计，与选中的相符才能建立".to_owned())]
    }

    fn deed(&self) -> Result<Deed, String> {
        let prompt = self.with.prompt.as_ref().ok_or("先选要装入的，再按 F9")?;
        let bank = prompt.text(0)?;
        let fund = u8::try_from(prompt.choice(1)? + 1).ok().and_then(Fund::from_digit);
        let fund = fund.ok_or("资金来源没有选，请按数字")?;
        let (control, sum) = (prompt.money(2)?, self.sum());
        if control != sum {
            return Err(format!(
                "控制数 {} 与选中的 {} 不符，差 {}；请核对审批表，或按 F12 重选",
                control.grouped(),
                sum.grouped(),
                (control - sum).grouped()
            ));
        }
        let lines =
            self.picked().iter().map(|row| ToPay { case: row.line.case, line: row.line.line }).collect();
        Ok(Deed::Money(MoneyDeed::Open { bank, fund, lines }))
    }

    fn submit(&mut self) -> Vec<Intent> {
        if self.busy {
            return vec![Intent::Say("正在建立，请稍候".to_owned())];
        }
        if self.with.prompt.is_none() {
            return self.begin();
        }
        match self.deed() {
            Ok(deed) => {
                self.busy = true;
                self.short = self.short_of(&deed);
                vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })]
            }
            Err(sentence) => {
                self.with.lead(&sentence);
                vec![Intent::Warn(sentence)]
            }
        }
    }

    /// A batch may be built while its money is on the way; that it is not there yet is said at once, and not first when it is
    /// sent.
    fn short_of(&self, deed: &Deed) -> Option<String> {
        let Deed::Money(MoneyDeed::Open { fund, .. }) = deed else { return None };
        let (_, free) = self.view.as_ref()?.free.iter().find(|(known, _)| known == fund)?;
        let sum = self.sum();
        (sum > *free).then(|| {
            let (free, sum) = (free.grouped(), sum.grouped());
            format!("{}可用{free}元，不够本批{sum}元，请等资金到账再提交，或撤销后另建", fund.zh())
        })
    }

    fn chosen(&self, chosen: &[(String, char)]) -> Vec<Intent> {
        let Some((id, digit)) = chosen.first() else { return Vec::new() };
        let Some(row) = self.with.list.rows().of(id) else { return Vec::new() };
        let case = row.line.case;
        vec![Intent::Open(match digit {
            '6' => Place::Money(MoneyPlace::Account(case)),
            _ => Place::Case(case),
        })]
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        match reply {
            Reply::News if self.with.prompt.is_none() => Self::ask(),
            Reply::Money(reply) => {
                if let MoneyReply::Waiting(view) = *reply {
                    let rows = view.rows.iter().cloned().map(|line| Waiting::of(line, &view.me)).collect();
                    self.with.replace(rows);
                    self.view = Some(view);
                }
                Vec::new()
            }
            Reply::Done { .. } | Reply::Held(_) => {
                self.busy = false;
                self.with.ask(None);
                let mut intents = Self::ask();
                let short = self.short.take();
                intents.extend(match (reply, short) {
                    (Reply::Done { sentence, .. }, Some(short)) => {
                        Some(Intent::Warn(format!("{}。{short}", sentence.trim_end_matches('。'))))
                    }
                    (reply, _) => words::outcome(&reply),
                });
                intents
            }
            reply => {
                self.busy &= !matches!(reply, Reply::Refused(_) | Reply::Failed(_));
                self.with.lead_by(&reply);
                words::outcome(&reply).into_iter().collect()
            }
        }
    }
}

impl Screen for BuildScreen {
    fn name(&self) -> &'static str {
        "待进批次"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let finance = self.view.as_ref().is_none_or(|view| view.finance);
        let why = (!finance).then(|| "批次由县局财务建立".to_owned());
        let offers = vec![
            Offer::key(Key::Char(' '), "选/不选"),
            Offer::key(Key::Char('+'), "全选"),
            Offer::named(Action::Submit, "建立批次").unless(why),
            Offer::key(Key::Enter, self.with.list.first_option()),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
        ];
        self.with.offers("建立批次", offers)
    }

    fn hint(&self) -> String {
        if let Some(prompt) = &self.with.prompt {
            return prompt.hint();
        }
        self.with.selected().map(Waiting::told).unwrap_or_default()
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "这里列出已批准、打卡、没有发放、不在批次里的救助金。空格选一笔，+ 全选，F9 建立批次。四（三）三".to_owned(),
                "标红的不能选：违规标记、没有账户、退汇待更正、由您审批的。打 6 登记或更正账户。".to_owned(),
                "末位存疑：卡号末位校验不符，请对着卡折再看一遍；存折没有校验位。".to_owned(),
                "控制数：对着审批表打一遍合计，与选中的相符才能建立。一个批次只由一家银行、一个资金来源付款。".to_owned(),
            ],
        }
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                self.with.resize(Size { rows: size.rows.saturating_sub(1), ..size });
            }
            Msg::Shown | Msg::Action(Action::Refresh) => return Self::ask(),
            Msg::Reply(reply) => return self.reply(reply),
            Msg::Key(key) => {
                let (chosen, mut intents) = self.with.key(key);
                intents.extend(self.chosen(&chosen));
                return intents;
            }
            Msg::Burst(text) => {
                let (chosen, mut intents) = self.with.burst(&text);
                intents.extend(self.chosen(&chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::Back | Action::Cancel) if self.with.prompt.is_some() => {
                self.busy = false;
                self.with.ask(None);
                return vec![Intent::Say("没有建立，选中的还在".to_owned())];
            }
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        let last = self.size.rows.saturating_sub(1);
        self.with.draw(&mut canvas.rows(0, last));
        let (count, sum) = (self.picked().len(), self.sum());
        let text = format!(" 选中 {count} 笔  合计 {} 元  {}", sum.grouped(), sum.capitals());
        let text = if count == 0 { " 选中 0 笔".to_owned() } else { text };
        canvas.put(last, 0, &text, Role::Heading);
    }

    fn caret(&self) -> (u16, u16) {
        self.with.caret()
    }
}

#[cfg(test)]
#[path = "build_tests.rs"]
mod tests;
