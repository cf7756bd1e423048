//! 银行回盘 (7b): the bank's file is chosen, every row is looked at beside the one that was sent, and it is read with F10.
//!
//! Must never read a file that was not looked at, nor one that differs by a fen.

use super::{TEMPLATES, template};
use crate::base::day::Stamp;
use crate::base::money::Money;
use crate::domain::code::Weight;
use crate::domain::ids::BatchId;
use crate::office::front::deed::Deed;
use crate::office::front::money::MoneyDeed;
use crate::office::front::money::files::{FilesView, Preview, PreviewRow, ReturnFile};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{Happened, List, ListTable, RowOption};
use crate::ui::product::money::{MoneyAsk, MoneyPlace, MoneyReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::held::{Held, Shown};
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::signing::Signing;
use crate::ui::screens::words;
use crate::ui::table::Column;

const FILES: ListTable = ListTable {
    locate: "文件名",
    columns: &[Column::left("文件", 30).grow(), Column::right("字节", 10)],
    options: &[RowOption { digit: '1', label: "核对" }],
    ticks: false,
    empty: "文件夹里没有回盘文件：把银行给的文件放进去按 F5，或按 F6 打路径",
};

const ROWS: ListTable = ListTable {
    locate: "户名/拼音首字母/编号",
    columns: &[
        Column::right("行", 4).rank(2),
        Column::right("序", 4),
        Column::left("编号", 11),
        Column::left("户名", 8).grow(),
        Column::right("提交金额", 11).rank(1),
        Column::right("回盘金额", 11),
        Column::left("结果", 16),
    ],
    options: &[RowOption { digit: '5', label: "看提示" }],
    ticks: false,
    empty: "没有一行明细",
};

/// Rows above the list of files, and above the rows.
const HEAD: u16 = 2;

impl Shown for ReturnFile {
    fn id(&self) -> String {
        self.path.clone()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        vec![self.name.clone(), self.size.to_string()]
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.name, Vec::new())
    }
}

impl PreviewRow {
    fn wrong(&self) -> bool {
        self.sent != Some(self.amount)
    }
}

impl Shown for PreviewRow {
    fn id(&self) -> String {
        self.row.to_string()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let what = match (self.sent, self.returned) {
            (None, _) => "批次里没有".to_owned(),
            (Some(sent), _) if sent != self.amount => "金额不符".to_owned(),
            (_, Some(why)) => format!("退汇:{}", why.zh()),
            (_, None) => "已付".to_owned(),
        };
        vec![
            self.row.to_string(),
            self.seq.to_string(),
            self.number.clone(),
            self.holder.clone(),
            self.sent.map(Money::grouped).unwrap_or_default(),
            self.amount.grouped(),
            what,
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        match (self.wrong(), self.returned) {
            (true, _) => Some(Role::Problem),
            (false, Some(_)) => Some(Role::Warning),
            _ => None,
        }
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.holder, vec![&self.number])
    }
}

/// The screen.
#[derive(Debug)]
pub struct TakeScreen {
    id: BatchId,
    files: Prompted<ReturnFile, ()>,
    view: Option<FilesView>,
    preview: Option<Preview>,
    rows: List<Held<PreviewRow>>,
    signing: Signing,
    size: Size,
}

impl TakeScreen {
    /// For a batch that is with the bank.
    pub fn new(id: BatchId) -> TakeScreen {
        TakeScreen {
            id,
            files: Prompted::new(FILES),
            view: None,
            preview: None,
            rows: List::new(ROWS, Held::empty()),
            signing: Signing::new(),
            size: Size { rows: 19, cols: 80 },
        }
    }

    fn ask(&self) -> Vec<Intent> {
        vec![Intent::Ask(Ask::Money(MoneyAsk::Files(self.id)))]
    }

    fn begin(&mut self, path: &str) -> Vec<Intent> {
        let prompt = Prompt::new((), "核对回盘文件，核对不写入")
            .with("文件", Kind::Text, path)
            .with("模板", Kind::Choice(TEMPLATES.to_vec()), "1")
            .with("模板文件", Kind::Note, "");
        self.files.ask(Some(prompt));
        let own = self.view.as_ref().map(|view| view.templates.join("、")).filter(|own| !own.is_empty());
        own.map(|own| Intent::Say(format!("自备模板有：{own}"))).into_iter().collect()
    }

    fn look(&mut self) -> Vec<Intent> {
        let Some(prompt) = &self.files.prompt else {
            let path = self.files.selected().map(|file| file.path.clone()).unwrap_or_default();
            return self.begin(&path);
        };
        let asked = prompt.text(0).and_then(|file| {
            let template = template(prompt.choice(1)?, prompt.text(2)?)?;
            Ok(MoneyAsk::Preview { batch: self.id, file, template })
        });
        match asked {
            Ok(ask) => vec![Intent::Ask(Ask::Money(ask))],
            Err(sentence) => vec![Intent::Warn(sentence)],
        }
    }

    /// Why the file cannot be read; none where it can.
    fn why_not(&self) -> Option<String> {
        let preview = self.preview.as_ref()?;
        let first = preview.refused.iter().find(|one| one.code.weight() == Weight::Refuses);
        first.map(|refusal| format!("{} {}", refusal.code, refusal.full()))
    }

    fn sums(&self) -> String {
        let Some(preview) = &self.preview else { return String::new() };
        let of = |back: bool| {
            let rows = preview.rows.iter().filter(|row| row.returned.is_some() == back);
            rows.fold((0, Money::ZERO), |(count, sum), row| (count + 1, sum + row.amount))
        };
        let ((paid, sum), (back, returned)) = (of(false), of(true));
        format!("已付 {paid} 笔 {} 元；退汇 {back} 笔 {} 元", sum.grouped(), returned.grouped())
    }

    fn sign(&mut self) -> Vec<Intent> {
        if self.signing.is_busy() {
            return self.signing.again();
        }
        let Some(preview) = &self.preview else {
            return vec![Intent::Say("先选回盘文件核对，再按 F10 读入".to_owned())];
        };
        if let Some(why) = self.why_not() {
            return vec![Intent::Warn(why)];
        }
        let deed = Deed::Money(MoneyDeed::Read(Box::new(preview.read.clone())));
        self.signing.begin(deed, true)
    }

    fn chosen(&mut self, chosen: &[(String, char)]) -> Vec<Intent> {
        chosen.first().map(|(path, _)| path.clone()).map(|path| self.begin(&path)).unwrap_or_default()
    }

    fn row_chosen(&self, happened: Happened) -> Vec<Intent> {
        match happened {
            Happened::Say(text) => vec![Intent::Say(text)],
            Happened::Chosen(_) => vec![Intent::Say(self.hint())],
            Happened::Nothing | Happened::Moved => Vec::new(),
        }
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        if let Some(intents) = self.signing.reply(&reply) {
            return intents;
        }
        match reply {
            Reply::Money(reply) => match *reply {
                MoneyReply::Files(view) => {
                    self.files.replace(view.files.clone());
                    self.view = Some(view);
                    Vec::new()
                }
                MoneyReply::Preview(preview) => {
                    self.rows.replace(Held { items: preview.rows.clone(), now: Stamp(0) });
                    self.preview = Some(preview);
                    self.files.ask(None);
                    self.why_not().map(Intent::Warn).into_iter().collect()
                }
                _ => Vec::new(),
            },
            Reply::Done { .. } | Reply::Held(_) => {
                let mut intents = vec![Intent::Replace(Place::Money(MoneyPlace::Batch(self.id)))];
                intents.extend(words::outcome(&reply));
                intents
            }
            reply => words::outcome(&reply).into_iter().collect(),
        }
    }

    fn back(&mut self, action: Action) -> Vec<Intent> {
        if self.signing.is_busy() {
            self.signing.cancel();
        } else if self.preview.take().is_some() {
            return vec![Intent::Say("没有读入，可以另选文件".to_owned())];
        } else if self.files.prompt.is_some() {
            self.files.ask(None);
        } else if action == Action::Back {
            return vec![Intent::Back];
        }
        Vec::new()
    }

    fn resize(&mut self) {
        let inner = Size { rows: self.size.rows.saturating_sub(HEAD), ..self.size };
        self.files.resize(inner);
        self.rows.resize(Size { rows: inner.rows.saturating_sub(1), ..inner });
    }
}

impl Screen for TakeScreen {
    fn name(&self) -> &'static str {
        "银行回盘"
    }

    fn subject(&self) -> String {
        self.view.as_ref().map(|view| view.number.clone()).unwrap_or_default()
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        if self.preview.is_some() {
            return vec![
                Offer::named(Action::Sign, "读入").unless(self.why_not()),
                Offer::named(Action::Cancel, "另选文件"),
                Offer::new(Action::Back),
                Offer::key(Key::Tab, "定位"),
            ];
        }
        let offers = vec![
            Offer::key(Key::Enter, self.files.list.first_option()),
            Offer::named(Action::New, "打路径"),
            Offer::named(Action::Refresh, "重看文件夹"),
            Offer::new(Action::Back),
            Offer::key(Key::Tab, "定位"),
        ];
        self.files.offers("核对", offers)
    }

    fn hint(&self) -> String {
        if self.signing.is_busy() {
            return "请输密码，回车读入；F12不读".to_owned();
        }
        if self.preview.is_some() {
            let row = self.rows.selected().and_then(|at| self.rows.rows().items.get(at));
            return match row {
                Some(row) if row.wrong() => {
                    format!("第 {} 行与提交的不符，整个文件不能读入，请与银行核对", row.row)
                }
                Some(row) if row.returned.is_some() => {
                    format!("{}：退汇，钱回到原资金来源；读入后打 6 更正账户", row.number)
                }
                Some(row) => format!("{} 已付", row.number),
                None => String::new(),
            };
        }
        match &self.files.prompt {
            Some(prompt) => prompt.hint(),
            None => "打 1 回车核对一个文件；核对不写入".to_owned(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "银行给的回盘文件放进上面写的文件夹，按 F5；也可以按 F6 打文件的路径。四（三）三".to_owned(),
                "先核对：每一行与提交的比，金额差一分、序号不在批次里、缺行，整个文件不收，并指出是第几行。".to_owned(),
                "再读入：F10 输密码。已付的办件变为已发放；退汇的钱回到原来的资金来源，账户更正后进下一批次。".to_owned(),
                "同一个文件读第二次什么都不改。事后又退汇的，再读入银行后来的文件。".to_owned(),
                "银行的列名、原因和随程序的不一样时，把模板另存到 templates 文件夹里改，核对时选「自备模板」。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        self.signing.is_busy() && !self.signing.is_asking()
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                self.resize();
                Vec::new()
            }
            Msg::Shown | Msg::Action(Action::Refresh) if self.preview.is_none() => self.ask(),
            Msg::Reply(reply) => self.reply(reply),
            Msg::Key(key) if self.signing.is_busy() => self.signing.key(key),
            Msg::Burst(text) if self.signing.is_busy() => self.signing.burst(&text),
            Msg::Key(key) if self.preview.is_some() => {
                let happened = self.rows.key(key);
                self.row_chosen(happened)
            }
            Msg::Burst(text) if self.preview.is_some() => {
                let happened = self.rows.burst(&text);
                self.row_chosen(happened)
            }
            Msg::Key(key) => {
                let (chosen, mut intents) = self.files.key(key);
                intents.extend(self.chosen(&chosen));
                intents
            }
            Msg::Burst(text) => {
                let (chosen, mut intents) = self.files.burst(&text);
                intents.extend(self.chosen(&chosen));
                intents
            }
            Msg::Action(Action::Sign) => self.sign(),
            Msg::Action(Action::Submit) if self.preview.is_none() => self.look(),
            Msg::Action(Action::Submit) => vec![Intent::Say("读入要签批，请按 F10".to_owned())],
            Msg::Action(Action::New) if self.preview.is_none() => self.begin(""),
            Msg::Action(action @ (Action::Back | Action::Cancel)) => self.back(action),
            Msg::Shown | Msg::Action(_) => Vec::new(),
        }
    }

    fn draw(&self, canvas: &mut Canvas) {
        let cols = self.size.cols.saturating_sub(1);
        let body = self.size.rows.saturating_sub(HEAD);
        if let Some(preview) = &self.preview {
            let head = format!("{}：{}", preview.file, self.sums());
            canvas.put_within(0, 1, cols, &head, Role::Heading);
            let (told, role) = match self.why_not() {
                Some(why) => (format!("x {why}"), Role::Problem),
                None => ("与提交的逐行相符，按 F10 读入".to_owned(), Role::Text),
            };
            canvas.put_within(1, 1, cols, &told, role);
            self.rows.draw(&mut canvas.rows(HEAD, body.saturating_sub(1)));
            self.signing.draw(canvas, self.size.rows.saturating_sub(1), self.size.cols);
            return;
        }
        let folder = self.view.as_ref().map(|view| view.folder.as_str()).unwrap_or_default();
        canvas.put_within(0, 1, cols, "银行给的回盘文件放在这个文件夹：", Role::Label);
        canvas.put_within(1, 1, cols, folder, Role::Text);
        self.files.draw(&mut canvas.rows(HEAD, body));
    }

    fn caret(&self) -> (u16, u16) {
        if self.signing.is_asking() {
            return (self.size.rows.saturating_sub(1), self.signing.caret().1);
        }
        let (row, col) = if self.preview.is_some() { self.rows.caret() } else { self.files.caret() };
        (row + HEAD, col)
    }
}

#[cfg(test)]
#[path = "take_tests.rs"]
mod tests;
