//! 授权码单: whoever reads codes out issues a sheet of his own, sees how many are left, and voids it; an administrator voids
//! the sheet of somebody who telephones that it is lost.
//!
//! Must never show a code: codes stand on the printed page alone.

use crate::base::day::{Day, Stamp};
use crate::base::width;
use crate::domain::code_sheet::CodeSheet;
use crate::domain::ids::OfficerNo;
use crate::office::attempts::{PAUSE, TRIES};
use crate::office::code_sheet::reminder;
use crate::office::front::codes::{CodeDeed, CodesView};
use crate::office::front::deed::Deed;
use crate::store::replica::views::codes::SheetRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::{Ask, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::signed_prompt::SignedPrompt;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母/操作员号",
    columns: &[
        Column::left("持有人", 16),
        Column::left("印发", 10),
        Column::right("还剩", 6),
        Column::right("下一个", 6).rank(2),
        Column::right("报错", 4).rank(1),
        Column::left("状态", 20).grow(),
    ],
    options: READS,
    ticks: false,
    empty: "没有授权码单",
};

/// What a holder does.
const READS: &[RowOption] = &[
    RowOption { digit: '1', label: "印发新的" },
    RowOption { digit: '4', label: "作废" },
    RowOption { digit: '8', label: "报遗失" },
];

/// What an administrator does.
const ADMINISTERS: &[RowOption] =
    &[RowOption { digit: '4', label: "作废" }, RowOption { digit: '8', label: "报遗失" }];

/// A row, and the day on which it is looked at.
#[derive(Debug, Clone)]
struct Line {
    row: SheetRow,
    today: Day,
    /// Of what its holder is reminded.
    reminder: Option<String>,
}

impl Line {
    /// The sheet, where codes of it count.
    fn live(&self) -> Option<&CodeSheet> {
        self.row.sheet.as_ref().filter(|sheet| sheet.why_dead(self.today).is_none())
    }

    fn state(&self) -> String {
        match (&self.row.sheet, &self.reminder) {
            (None, _) => "还没有印发".to_owned(),
            (Some(sheet), reminder) => match sheet.why_dead(self.today) {
                Some(why) => why.to_owned(),
                None => match (sheet.until, reminder) {
                    (Some(until), _) => format!("代批期内，到{}", until.short_zh()),
                    (None, Some(_)) => "该换了".to_owned(),
                    (None, None) => "在用".to_owned(),
                },
            },
        }
    }

    fn told(&self) -> String {
        let who = words::officer(&self.row.officer.1, &self.row.officer.0);
        let missed = self
            .row
            .missed_last
            .as_ref()
            .map(|((no, name), at)| format!("；最近一次报错 {} {}", at.text(), words::officer(name, no)));
        let said = self.reminder.clone().unwrap_or_else(|| self.state());
        format!("{who}：{said}{}", missed.unwrap_or_default())
    }
}

impl Shown for Line {
    fn id(&self) -> String {
        self.row.officer.0.to_string()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let (no, name) = &self.row.officer;
        let sheet = self.row.sheet.as_ref();
        let of = |text: fn(&CodeSheet) -> String| sheet.map(text).unwrap_or_default();
        vec![
            words::officer(name, no),
            of(|sheet| sheet.issued.day().to_string()),
            sheet.map(|sheet| format!("{}/{}", sheet.left(self.today), sheet.size())).unwrap_or_default(),
            self.live().map(|sheet| format!("第{}", sheet.next + 1)).unwrap_or_default(),
            sheet.filter(|sheet| sheet.missed > 0).map(|sheet| sheet.missed.to_string()).unwrap_or_default(),
            self.state(),
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        self.reminder.is_some().then_some(Role::Warning)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.row.officer.1, vec![&self.row.officer.0.0])
    }
}

/// The screen.
#[derive(Debug)]
pub struct CodesScreen {
    parts: SignedPrompt<Line, CodeDeed>,
    me: Option<OfficerNo>,
    /// Whether the officer reads codes out.
    issues: bool,
    /// The page that was just written: it has to be printed, locked up and deleted.
    file: Option<String>,
    size: Size,
}

impl Default for CodesScreen {
    fn default() -> CodesScreen {
        CodesScreen::new()
    }
}

impl CodesScreen {
    /// A screen that asks the desk when it is shown.
    pub fn new() -> CodesScreen {
        CodesScreen {
            parts: SignedPrompt::new(TABLE),
            me: None,
            issues: false,
            file: None,
            size: Size { rows: 19, cols: 80 },
        }
    }

    fn learn(&mut self, view: CodesView) {
        self.parts.with.list.offer(if view.administers && !view.issues { ADMINISTERS } else { READS });
        (self.issues, self.me) = (view.issues, Some(view.me.clone()));
        let (today, figures) = (view.today, view.figures);
        let line = |row: SheetRow| {
            let reminder = reminder(row.sheet.as_ref(), today, &figures);
            Line { row, today, reminder }
        };
        self.parts.with.replace(view.rows.into_iter().map(line).collect());
    }

    fn begin(&mut self, line: &Line, digit: char) -> Vec<Intent> {
        let no = line.row.officer.0.clone();
        let own = Some(&no) == self.me.as_ref();
        let who = words::officer(&line.row.officer.1, &no);
        let prompt = match digit {
            '1' if !own => {
                return vec![Intent::Warn(format!("码单由本人印发，请 {who} 登录后办理"))];
            }
            '1' if !self.issues => {
                return vec![Intent::Warn("您现在不是县局审批人，也没有代批，不能印发授权码单".to_owned())];
            }
            '1' => {
                let old = line
                    .live()
                    .map(|sheet| format!("；旧的一张（还剩 {} 个）立刻作废，请撕掉", sheet.left(line.today)));
                let title = format!("印发新授权码单，码只在打印的那一页上{}", old.unwrap_or_default());
                Prompt::new(CodeDeed::Issue, title).with("确定", Kind::Choice(vec!["印发"]), "")
            }
            _ if line.live().is_none() => {
                return vec![Intent::Warn(format!("{who} 没有在用的码单，不必作废"))];
            }
            '8' => {
                let deed = CodeDeed::Void { officer: no, lost: true };
                Prompt::new(deed, format!("{who} 的授权码单遗失，立刻作废，记入经历")).with(
                    "确定",
                    Kind::Choice(vec!["报遗失"]),
                    "",
                )
            }
            _ => {
                let deed = CodeDeed::Void { officer: no, lost: false };
                Prompt::new(deed, format!("作废 {who} 的授权码单，纸请撕掉")).with(
                    "确定",
                    Kind::Choice(vec!["作废"]),
                    "",
                )
            }
        };
        self.file = None;
        self.resize();
        self.parts.with.ask(Some(prompt));
        Vec::new()
    }

    fn chosen(&mut self, chosen: &[(String, char)]) -> Vec<Intent> {
        let Some((id, digit)) = chosen.first() else { return Vec::new() };
        let line = self.parts.with.list.rows().of(id).cloned();
        line.map(|line| self.begin(&line, *digit)).unwrap_or_default()
    }

    fn deed(prompt: &Prompt<CodeDeed>) -> Result<Deed, String> {
        prompt.choice(0)?;
        Ok(Deed::Codes(prompt.what.clone()))
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        if let Some(intents) = self.parts.signing.reply(&reply) {
            return intents;
        }
        match reply {
            Reply::News => return vec![Intent::Ask(Ask::Codes)],
            Reply::Codes(view) => self.learn(*view),
            Reply::Printed(file) => {
                self.file = Some(file);
                self.resize();
                return vec![Intent::Say("请现在打印、锁好，再删除这个文件".to_owned())];
            }
            Reply::Done { .. } | Reply::Held(_) => {
                self.parts.with.ask(None);
                let mut intents = vec![Intent::Ask(Ask::Codes)];
                intents.extend(words::outcome(&reply));
                return intents;
            }
            reply => return words::outcome(&reply).into_iter().collect(),
        }
        Vec::new()
    }

    /// What stands below the list once a page was written.
    fn notice(&self) -> Vec<(String, Role)> {
        let Some(file) = &self.file else { return Vec::new() };
        let cols = usize::from(self.size.cols.saturating_sub(4));
        let told = [
            (format!("码单写成文件：{file}"), Role::Heading),
            (
                "一、用浏览器打开，按 Ctrl-P 打印一份；码只在这一页上，以后印不出第二份。".to_owned(),
                Role::Text,
            ),
            ("二、纸锁好，不拍照不抄写；旧的一张撕掉。".to_owned(), Role::Text),
            ("三、删除这个文件，清空回收站。".to_owned(), Role::Warning),
        ];
        let wrapped = |(text, role): (String, Role)| {
            width::wrap(&width::fold_glyphs(&text), cols).into_iter().map(move |line| (line, role))
        };
        told.into_iter().flat_map(wrapped).collect()
    }

    fn above(&self) -> u16 {
        let notice = u16::try_from(self.notice().len()).unwrap_or(0);
        self.size.rows.saturating_sub(notice)
    }

    fn resize(&mut self) {
        self.parts.with.resize(Size { rows: self.above(), ..self.size });
    }
}

impl Screen for CodesScreen {
    fn name(&self) -> &'static str {
        "授权码单"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let offers = vec![
            Offer::key(Key::Enter, self.parts.with.list.first_option()),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
        ];
        self.parts.with.offers("办理", offers)
    }

    fn hint(&self) -> String {
        let told = || self.parts.with.selected().map(Line::told).unwrap_or_default();
        self.parts.hint().unwrap_or_else(told)
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "授权码：乡镇先行救助超出限额时打电话请示，县局审批人同意后按顺序读一个码，对方填上即为验过。四（一）三"
                    .to_owned(),
                "1 印发：输密码后印一页，码只在那一页上，系统里没有；旧的一张立刻作废。纸锁好，文件打印后删除。".to_owned(),
                "「下一个」是该读第几个；对方说不符时，两边核对序号。读过的当场划掉。".to_owned(),
                "4 作废，8 报遗失。停用、调岗、密钥停用、工作交接、委托代批到期，码单自动作废。".to_owned(),
                format!("一台电脑连错 {TRIES} 次，{PAUSE} 分钟内不收授权码；每次报错都记下，「报错」列可见。"),
                "手边没有码单的，乡镇可按「未验码」先办，次一工作日内由县局追认。".to_owned(),
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
            Msg::Shown | Msg::Action(Action::Refresh) => return vec![Intent::Ask(Ask::Codes)],
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
            Msg::Action(Action::Submit | Action::Sign) => return self.parts.submit(Self::deed),
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
mod tests {
    use super::*;
    use crate::domain::pack::CodeFigures;
    use crate::ui::screens::fixtures::{drawn, now};

    fn sheet(next: u32) -> CodeSheet {
        CodeSheet {
            salt: "00".repeat(16),
            cost: 0,
            digests: vec!["11".repeat(16); 20],
            next,
            issued: now(),
            from: None,
            until: None,
            ended: None,
            missed: 0,
        }
    }

    fn row(no: &str, sheet: Option<CodeSheet>) -> SheetRow {
        SheetRow { officer: (no.into(), "程一".to_owned()), sheet, missed_last: None }
    }

    fn shown(me: &str, administers: bool, rows: Vec<SheetRow>) -> CodesScreen {
        let mut screen = CodesScreen::new();
        assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Codes)]);
        screen.update(Msg::Sized(Size { rows: 19, cols: 80 }));
        let view = CodesView {
            me: me.into(),
            issues: !administers,
            administers,
            today: now().day(),
            figures: CodeFigures::default(),
            rows,
        };
        screen.update(Msg::Reply(Reply::Codes(Box::new(view))));
        screen
    }

    #[test]
    fn a_sheet_at_80_columns_says_how_many_are_left_and_which_is_next() {
        let missed = CodeSheet { missed: 2, ..sheet(3) };
        let mut screen = shown("9001", false, vec![row("9001", Some(missed))]);
        insta::assert_snapshot!(drawn(&mut screen));
    }

    #[test]
    fn a_new_one_is_issued_with_the_password_and_the_page_says_what_to_do_with_it() {
        let mut screen = shown("9001", false, vec![row("9001", Some(sheet(16)))]);
        assert!(screen.hint().contains("只剩 4 个码"), "{}", screen.hint());
        screen.update(Msg::Key(Key::Char('1')));
        screen.update(Msg::Key(Key::Enter));
        let text = drawn(&mut screen);
        assert!(text.contains("还剩 4 个") && text.contains("立刻作废"), "{text}");
        screen.update(Msg::Key(Key::Char('1')));
        assert!(
            screen.update(Msg::Action(Action::Submit)).contains(&Intent::Forget),
            "the password is asked for"
        );
        screen.update(Msg::Burst("pw\n".to_owned()));
        screen.update(Msg::Key(Key::Enter));
        let asked = screen.update(Msg::Reply(Reply::RunOpened(now())));
        let deed = Box::new(Deed::Codes(CodeDeed::Issue));
        assert_eq!(asked, vec![Intent::Ask(Ask::Do { deed, draft: 0 })]);
        let done = Reply::Done { sentence: "已印发".to_owned(), case: None, notes: Vec::new() };
        screen.update(Msg::Reply(done));
        screen.update(Msg::Reply(Reply::Printed("/papers/9001-授权码单.html".to_owned())));
        let text = drawn(&mut screen);
        for word in ["9001-授权码单.html", "打印一份", "锁好", "清空回收站"] {
            assert!(text.contains(word), "{word}: {text}");
        }
    }

    #[test]
    fn an_administrator_voids_what_counts_and_issues_none() {
        let rows = vec![row("9001", Some(sheet(3))), row("9002", None)];
        let mut screen = shown("9900", true, rows);
        screen.update(Msg::Key(Key::Char('8')));
        screen.update(Msg::Key(Key::Enter));
        screen.update(Msg::Key(Key::Char('1')));
        screen.update(Msg::Action(Action::Submit));
        screen.update(Msg::Burst("pw\n".to_owned()));
        screen.update(Msg::Key(Key::Enter));
        let asked = screen.update(Msg::Reply(Reply::RunOpened(now())));
        let deed = Box::new(Deed::Codes(CodeDeed::Void { officer: "9001".into(), lost: true }));
        assert_eq!(asked, vec![Intent::Ask(Ask::Do { deed, draft: 0 })]);
        let mut screen = shown("9900", true, vec![row("9002", None)]);
        screen.update(Msg::Key(Key::Char('4')));
        let said = screen.update(Msg::Key(Key::Enter));
        assert!(matches!(said.as_slice(), [Intent::Warn(text)] if text.contains("不必作废")), "{said:?}");
    }
}
