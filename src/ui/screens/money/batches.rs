//! 发放批次: every batch with what comes next for it. One builds it, another counts it blind, it goes to the bank as a file,
//! the bank's answer is read.
//!
//! Must never show the sum of a batch to who has still to count it.

use super::{TEMPLATES, template};
use crate::base::day::Stamp;
use crate::base::width;
use crate::domain::ids::BatchId;
use crate::domain::nouns::BatchState;
use crate::office::front::deed::Deed;
use crate::office::front::money::MoneyDeed;
use crate::office::front::money::desk::{BatchLine, BatchesView};
use crate::office::front::money::files::Exported;
use crate::office::front::papers::Sheet;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::money::{MoneyAsk, MoneyPlace, MoneyReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::signed_prompt::SignedPrompt;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "批次号/付款银行",
    columns: &[
        Column::left("批次号", 8),
        Column::left("状态", 6),
        Column::left("付款银行", 10).grow(),
        Column::left("资金", 8).rank(2),
        Column::left("建批", 5).rank(3),
        Column::right("笔数", 4),
        Column::right("合计", 12),
        Column::right("退汇", 10).rank(1),
        Column::left("制单", 6).rank(4),
    ],
    options: &[
        RowOption { digit: '1', label: "打开" },
        RowOption { digit: '2', label: "复核" },
        RowOption { digit: '3', label: "导出" },
        RowOption { digit: '4', label: "撤销" },
        RowOption { digit: '6', label: "提交" },
        RowOption { digit: '8', label: "回盘" },
    ],
    ticks: false,
    empty: "这里没有批次；F6 建立，F11 换状态",
};

/// What is filled in at the foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Check(BatchId),
    Export(BatchId),
    Send(BatchId),
    Drop(BatchId),
}

impl Shown for BatchLine {
    fn id(&self) -> String {
        self.row.id.to_string()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let row = &self.row;
        let (count, total) = match self.blind {
            true => (String::new(), "待复核".to_owned()),
            false => (row.count.to_string(), row.total.grouped()),
        };
        let returned = if row.returned.is_zero() { String::new() } else { row.returned.grouped() };
        vec![
            row.number.clone(),
            row.state.zh().to_owned(),
            row.bank.clone(),
            row.fund.zh().to_owned(),
            row.opened.month_day(),
            count,
            total,
            returned,
            self.by.clone(),
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        match self.row.state {
            BatchState::Dropped => Some(Role::Muted),
            BatchState::Returned if !self.row.returned.is_zero() => Some(Role::Warning),
            _ => None,
        }
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.row.bank, vec![&self.row.number, self.row.fund.zh()])
    }
}

/// The screen.
#[derive(Debug)]
pub struct BatchesScreen {
    parts: SignedPrompt<BatchLine, Act>,
    state: Option<BatchState>,
    view: Option<BatchesView>,
    /// The file that was written last.
    written: Option<Exported>,
    size: Size,
}

impl BatchesScreen {
    /// The batches in a state, or all.
    pub fn new(state: Option<BatchState>) -> BatchesScreen {
        BatchesScreen {
            parts: SignedPrompt::new(TABLE),
            state,
            view: None,
            written: None,
            size: Size { rows: 19, cols: 80 },
        }
    }

    fn ask(&self) -> Vec<Intent> {
        vec![Intent::Ask(Ask::Money(MoneyAsk::Batches(self.state)))]
    }

    fn may(&self) -> Option<String> {
        let finance = self.view.as_ref().is_some_and(|view| view.finance);
        (!finance).then(|| "批次由县局财务办理，您可以打开看".to_owned())
    }

    /// Why a thing cannot be done with a batch now.
    fn why_not(&self, line: &BatchLine, digit: char) -> Option<String> {
        let (number, state) = (&line.row.number, line.row.state);
        let own = self.view.as_ref().is_some_and(|view| view.me == line.row.by);
        let must = |wanted: &[BatchState], how: &str| {
            (!wanted.contains(&state)).then(|| format!("{number}{}，{how}", state.zh()))
        };
        match digit {
            '1' => None,
            '2' if own => Some(format!("{number}由您制单，请另一名财务登录复核。五（三）")),
            '2' => must(&[BatchState::Open], "不用再复核"),
            '3' => must(
                &[BatchState::Checked, BatchState::Sent, BatchState::Returned],
                "先由另一名财务复核，才能导出",
            ),
            '4' => must(&[BatchState::Open, BatchState::Checked], "不能撤销；已提交的请读入回盘"),
            '6' => must(&[BatchState::Checked], "复核后、没有提交的才能提交"),
            _ => must(&[BatchState::Sent, BatchState::Returned], "提交银行后才有回盘"),
        }
    }

    fn begin(&mut self, line: &BatchLine, digit: char) -> Vec<Intent> {
        let (id, number) = (line.row.id, line.row.number.clone());
        if digit != '1'
            && let Some(why) = self.may().or_else(|| self.why_not(line, digit))
        {
            return vec![Intent::Warn(why)];
        }
        let sum = format!(
            "{number} {}笔 {} 元 {}",
            line.row.count,
            line.row.total.grouped(),
            line.row.total.capitals()
        );
        let choose = |prompt: Prompt<Act>| {
            prompt.with("模板", Kind::Choice(TEMPLATES.to_vec()), "1").with("模板文件", Kind::Note, "")
        };
        let prompt = match digit {
            '1' => return vec![Intent::Open(Place::Money(MoneyPlace::Batch(id)))],
            '8' => return vec![Intent::Open(Place::Money(MoneyPlace::Return(id)))],
            '2' => Prompt::new(
                Act::Check(id),
                format!("复核 {number}：对着审批表自己加总、清点，屏上不显示合计"),
            )
            .with("合计", Kind::Money, "")
            .with("笔数", Kind::Count, "")
            .signed(),
            '3' => choose(Prompt::new(Act::Export(id), format!("导出 {sum}"))),
            '4' => Prompt::new(Act::Drop(id), format!("撤销 {number}，其中的办件可以另建批次"))
                .with("原因", Kind::Text, "")
                .signed(),
            _ => choose(Prompt::new(Act::Send(id), format!("提交银行 {sum}"))).signed(),
        };
        self.written = None;
        self.resize();
        self.parts.with.ask(Some(prompt));
        vec![Intent::Forget]
    }

    fn chosen(&mut self, chosen: &[(String, char)]) -> Vec<Intent> {
        let Some((id, digit)) = chosen.first() else { return Vec::new() };
        let line = self.parts.with.list.rows().of(id).cloned();
        line.map(|line| self.begin(&line, *digit)).unwrap_or_default()
    }

    fn deed(prompt: &Prompt<Act>) -> Result<Deed, String> {
        Ok(Deed::Money(match prompt.what {
            Act::Check(batch) => {
                MoneyDeed::Check { batch, total: prompt.money(0)?, count: u32::from(prompt.count(1)?) }
            }
            Act::Send(batch) => {
                MoneyDeed::Send { batch, template: template(prompt.choice(0)?, prompt.text(1)?)? }
            }
            Act::Drop(batch) => MoneyDeed::Drop { batch, reason: prompt.text(0)? },
            Act::Export(_) => return Err("请按 F9 导出".to_owned()),
        }))
    }

    /// F9: what is not signed.
    fn submit(&mut self) -> Vec<Intent> {
        let Some(prompt) = &self.parts.with.prompt else { return Vec::new() };
        let Act::Export(batch) = prompt.what else {
            return vec![Intent::Say("这一项要签批，请按 F10".to_owned())];
        };
        let chosen = prompt.choice(0).and_then(|at| template(at, prompt.text(1)?));
        match chosen {
            Ok(template) => vec![Intent::Ask(Ask::Money(MoneyAsk::Export { batch, template }))],
            Err(sentence) => vec![Intent::Warn(sentence)],
        }
    }

    fn sign(&mut self) -> Vec<Intent> {
        match &self.parts.with.prompt {
            Some(prompt) if prompt.is_signed() => self.parts.submit(Self::deed),
            Some(_) => vec![Intent::Say("导出不用签批，请按 F9".to_owned())],
            None => Vec::new(),
        }
    }

    fn turn(&mut self) -> Vec<Intent> {
        let all = BatchState::ALL;
        let next =
            self.state.map_or(0, |state| all.iter().position(|one| *one == state).map_or(0, |at| at + 1));
        self.state = all.get(next).copied();
        self.ask()
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        if let Some(intents) = self.parts.signing.reply(&reply) {
            return intents;
        }
        match reply {
            Reply::News if self.parts.with.prompt.is_none() => self.ask(),
            Reply::Money(reply) => match *reply {
                MoneyReply::Batches(view) => {
                    self.parts.with.replace(view.rows.clone());
                    self.view = Some(view);
                    Vec::new()
                }
                MoneyReply::Exported(written) => {
                    self.parts.with.ask(None);
                    self.written = Some(written);
                    self.resize();
                    vec![Intent::Say("文件已写好，请拷给银行；提交时再打 6".to_owned())]
                }
                _ => Vec::new(),
            },
            Reply::Done { .. } | Reply::Held(_) => {
                self.parts.with.ask(None);
                let mut intents = self.ask();
                intents.extend(words::outcome(&reply));
                intents
            }
            reply => {
                self.parts.with.lead_by(&reply);
                words::outcome(&reply).into_iter().collect()
            }
        }
    }

    /// What stands below the list once a file was written.
    fn notice(&self) -> Vec<(String, Role)> {
        let Some(written) = &self.written else { return Vec::new() };
        let cols = usize::from(self.size.cols.saturating_sub(4));
        let told = [
            (
                format!("{}：{} 笔 {} 元，写成文件", written.number, written.count, written.total.grouped()),
                Role::Heading,
            ),
            (written.path.clone(), Role::Text),
            (format!("文件校验值 {}", written.hash), Role::Muted),
        ];
        let wrapped = |(text, role): (String, Role)| {
            width::wrap(&width::fold_glyphs(&text), cols).into_iter().map(move |line| (line, role))
        };
        told.into_iter().flat_map(wrapped).collect()
    }

    fn above(&self) -> u16 {
        self.size.rows.saturating_sub(u16::try_from(self.notice().len()).unwrap_or(0))
    }

    fn resize(&mut self) {
        self.parts.with.resize(Size { rows: self.above(), ..self.size });
    }

    fn next_step(line: &BatchLine) -> String {
        let number = &line.row.number;
        match line.row.state {
            BatchState::Open if line.blind => format!("{number}：对着审批表自己加总，打 2 复核"),
            BatchState::Open => format!("{number}：等另一名财务复核（打 2），或撤销（打 4）"),
            BatchState::Checked => format!("{number}：打 3 导出文件，打 6 提交银行"),
            BatchState::Sent => format!("{number}：银行答复后打 8 读入回盘"),
            BatchState::Returned if !line.row.returned.is_zero() => {
                format!("{number}：有退汇 {} 元，打 1 打开更正账户", line.row.returned.grouped())
            }
            BatchState::Returned => format!("{number}：全部已付"),
            BatchState::Dropped => format!("{number}：已撤销"),
        }
    }
}

impl Screen for BatchesScreen {
    fn name(&self) -> &'static str {
        "发放批次"
    }

    fn subject(&self) -> String {
        self.state.map_or("全部", BatchState::zh).to_owned()
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let offers = vec![
            Offer::key(Key::Enter, self.parts.with.list.first_option()),
            Offer::named(Action::New, "建批次").unless(self.may()),
            Offer::named(Action::Scope, "换状态"),
            Offer::named(Action::Print, "打印F17"),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
        ];
        let does = match self.parts.with.prompt.as_ref().map(|prompt| prompt.what) {
            Some(Act::Check(_)) => "复核",
            Some(Act::Export(_)) => "导出",
            Some(Act::Send(_)) => "提交银行",
            Some(Act::Drop(_)) => "撤销",
            None => "",
        };
        self.parts.with.offers(does, offers)
    }

    fn hint(&self) -> String {
        let told = || self.parts.with.selected().map(Self::next_step).unwrap_or_default();
        self.parts.hint().unwrap_or_else(told)
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "救助金原则上由金融机构打到本人卡（折）。四（三）三".to_owned(),
                "一个批次只由一家银行付款。制单、复核必须是两个人；复核的人对着审批表自己加总，屏上不显示合计。五（三）"
                    .to_owned(),
                "3 导出：按模板写成银行文件；名字里有 GBK 没有的字会列出来，不会替换。6 提交：再输密码，F10，资金转为在途。"
                    .to_owned(),
                "8 回盘：银行的答复逐行核对，差一分钱整个文件不收；退汇的钱回到原来的资金来源。".to_owned(),
                "4 撤销：没有提交的才能撤销。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        self.parts.holds()
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                self.resize();
            }
            Msg::Shown | Msg::Action(Action::Refresh) => return self.ask(),
            Msg::Reply(reply) => return self.reply(reply),
            Msg::Key(key) => {
                let (chosen, mut intents) = self.parts.key(key);
                intents.extend(self.chosen(&chosen));
                return intents;
            }
            Msg::Burst(text) => {
                let (chosen, mut intents) = self.parts.burst(&text);
                intents.extend(self.chosen(&chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::Sign) => return self.sign(),
            Msg::Action(Action::New) => return vec![Intent::Open(Place::Money(MoneyPlace::Build))],
            Msg::Action(Action::Scope) => return self.turn(),
            Msg::Action(Action::Print) => {
                let batch = self.parts.with.selected().map(|line| line.row.id);
                return batch.map(|id| Intent::Ask(Ask::PrintSheet(Sheet::Roster(id)))).into_iter().collect();
            }
            Msg::Action(action @ (Action::Back | Action::Cancel)) => {
                if !self.parts.leave() && action == Action::Back {
                    return vec![Intent::Back];
                }
            }
            Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        let above = self.above();
        self.parts.draw(&mut canvas.rows(0, above));
        for (row, (text, role)) in (above..).zip(self.notice()) {
            canvas.put(row, 2, &text, role);
        }
    }

    fn caret(&self) -> (u16, u16) {
        self.parts.caret()
    }
}

#[cfg(test)]
#[path = "batches_tests.rs"]
mod tests;
