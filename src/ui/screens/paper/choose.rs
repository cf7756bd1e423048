//! 打印: the papers of a case, those that it can give and those that it cannot yet, each with why.
//!
//! Must never change anything but write files on this PC, save 归档, which is an order like any other.

use crate::base::day::Stamp;
use crate::domain::archive::Retention;
use crate::domain::command::archive::Archive;
use crate::domain::ids::CaseId;
use crate::office::front::deed::Deed;
use crate::office::front::paper_deeds::PaperDeed;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::paper::{PaperAsk, PaperReply, PaperRow};
use crate::ui::product::{Ask, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "表号/名称/拼音首字母",
    columns: &[Column::left("表号", 8), Column::left("名称", 28), Column::left("能否打印", 26).grow()],
    options: &[RowOption { digit: '7', label: "打印" }, RowOption { digit: '8', label: "归档" }],
    ticks: false,
    empty: "没有可打印的表",
};

impl Shown for PaperRow {
    fn id(&self) -> String {
        self.kind.name().to_owned()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let state = self.why_not.clone().unwrap_or_else(|| "可以打印".to_owned());
        vec![self.kind.form().to_owned(), self.kind.zh().to_owned(), state]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        self.why_not.is_some().then_some(Role::Muted)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (self.kind.zh(), vec![self.kind.form()])
    }
}

/// What a prompt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    Archive,
}

/// The screen.
#[derive(Debug)]
pub struct ChooseScreen {
    case: CaseId,
    number: String,
    no_archive: Option<String>,
    with: Prompted<PaperRow, For>,
}

impl ChooseScreen {
    /// The papers of a case.
    pub fn new(case: CaseId) -> ChooseScreen {
        ChooseScreen { case, number: String::new(), no_archive: None, with: Prompted::new(TABLE) }
    }

    fn ask(&self) -> Vec<Intent> {
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Paper(PaperAsk::Offered(self.case)))]
    }

    /// 归档 of the case: its number, counts, term and place.
    fn archive(&mut self) -> Vec<Intent> {
        if let Some(why) = &self.no_archive {
            return vec![Intent::Warn(why.clone())];
        }
        let today = self.with.now().day();
        let terms = Retention::ALL.iter().map(|term| term.zh()).collect();
        let prompt = Prompt::new(For::Archive, format!("归档 {}", self.number))
            .with("归档号", Kind::Text, "")
            .with("归档日期", Kind::Day(today), &today.to_string())
            .with("件数", Kind::Count, "")
            .with("页数", Kind::Count, "")
            .with("保管期限", Kind::Choice(terms), "")
            .with("存放位置", Kind::Text, "");
        self.with.ask(Some(prompt));
        vec![Intent::Forget]
    }

    fn filled(&self, prompt: &Prompt<For>) -> Result<PaperDeed, String> {
        let For::Archive = prompt.what;
        let (number, on) = (prompt.text(0)?, prompt.day(1)?);
        let (items, pages) = (prompt.count(2)?, u32::from(prompt.count(3)?));
        let keep = Retention::ALL.get(prompt.choice(4)?).copied();
        let keep = keep.ok_or_else(|| "保管期限没有选，请按数字".to_owned())?;
        let (case, shelf) = (self.case, prompt.text(5)?);
        Ok(PaperDeed::Archive(Archive { case, number, on, items, pages, keep, shelf }))
    }

    fn submit(&self) -> Vec<Intent> {
        let Some(prompt) = &self.with.prompt else { return Vec::new() };
        match self.filled(prompt) {
            Ok(deed) => vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::Paper(deed)), draft: 0 })],
            Err(text) => vec![Intent::Warn(text)],
        }
    }

    /// Prints what was chosen; the first that cannot be says why.
    fn print(&mut self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        if chosen.iter().any(|(_, digit)| *digit == '8') {
            return self.archive();
        }
        let mut intents = Vec::new();
        for row in chosen.iter().filter_map(|(id, _)| self.with.list.rows().of(id)) {
            intents.push(match &row.why_not {
                Some(why) => Intent::Warn(format!("{}：{why}", row.kind.zh())),
                None => Intent::Ask(Ask::Print(row.kind, Some(self.case))),
            });
        }
        intents
    }

    fn selected(&mut self) -> Vec<Intent> {
        let chosen = self.with.selected().map(|row| (row.id(), '7'));
        chosen.map(|chosen| self.print(vec![chosen])).unwrap_or_default()
    }
}

impl Screen for ChooseScreen {
    fn name(&self) -> &'static str {
        "打印"
    }

    fn subject(&self) -> String {
        self.number.clone()
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let why = match self.with.selected() {
            Some(row) => row.why_not.clone(),
            None => Some("没有选中的表".to_owned()),
        };
        let list = vec![
            Offer::key(Key::Enter, "打印").unless(why.clone()),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::new(Action::Print).unless(why),
        ];
        self.with.offers("归档", list)
    }

    fn hint(&self) -> String {
        if let Some(prompt) = &self.with.prompt {
            return prompt.hint();
        }
        match self.with.selected() {
            Some(PaperRow { kind, why_not: Some(why) }) => format!("{}：{why}", kind.zh()),
            Some(row) => format!("{}：按回车打印；几张一起打的，在选里各打7再回车", row.kind.zh()),
            None if !self.with.read => "正在读本机的记录".to_owned(),
            None => String::new(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "每张表写成网页和XLSX两个文件：网页用浏览器打印，XLSX可用WPS改。".to_owned(),
                "F4、F5、F6和F23办之前就能打，带去填写、签字；通知书只在作出决定以后打。".to_owned(),
                "办结以后，在任一行打8归档：归档号、件数、页数、保管期限、存放位置印在F25封面上。".to_owned(),
                "公示F8只写半个姓名，不写病名、费用、证件号、电话和账号。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        !self.with.read
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.with.resize(size),
            Msg::Reply(Reply::News) if self.with.prompt.is_some() => {}
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => return self.ask(),
            Msg::Reply(Reply::Me(me)) => self.with.me = Some(me),
            Msg::Reply(Reply::Paper(PaperReply::Offered { number, papers, no_archive })) => {
                self.number = number;
                self.no_archive = no_archive;
                self.with.replace(papers);
            }
            Msg::Reply(reply) => return self.with.answered(&reply, self.ask()),
            Msg::Key(key) => {
                let (chosen, mut intents) = self.with.key(key);
                intents.extend(self.print(chosen));
                return intents;
            }
            Msg::Burst(text) => {
                let (chosen, mut intents) = self.with.burst(&text);
                intents.extend(self.print(chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::Cancel | Action::Back) if self.with.prompt.is_some() => {
                return self.with.leave();
            }
            Msg::Action(Action::Print) if self.with.prompt.is_none() => return self.selected(),
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        self.with.draw(canvas);
    }

    fn caret(&self) -> (u16, u16) {
        self.with.caret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::print::{CasePaper, PaperKind};
    use crate::ui::screens::fixtures::{self, drawn};

    fn screen() -> ChooseScreen {
        let mut screen = ChooseScreen::new(CaseId([7; 16]));
        let row = |kind, why: Option<&str>| PaperRow { kind, why_not: why.map(str::to_owned) };
        let case = PaperKind::Case;
        let papers = vec![
            row(PaperKind::Application, None),
            row(PaperKind::FirstAid, Some("没有先行救助，请打印申请审批表F1")),
            row(case(CasePaper::Survey), None),
            row(case(CasePaper::MeansReport), Some("核对报告还没有回来，请先登记核对报告")),
            row(case(CasePaper::Cover), None),
        ];
        screen.update(Msg::Reply(Reply::Paper(PaperReply::Offered {
            number: "26-103-0117".into(),
            papers,
            no_archive: None,
        })));
        screen
    }

    #[test]
    fn papers_at_80_columns_say_why_not() {
        let mut screen = screen();
        insta::assert_snapshot!(drawn(&mut screen));
    }

    #[test]
    fn enter_prints_one_and_sevens_print_several() {
        let mut one = screen();
        let print = |kind| Intent::Ask(Ask::Print(kind, Some(CaseId([7; 16]))));
        assert_eq!(one.update(Msg::Key(Key::Enter)), vec![print(PaperKind::Application)]);
        assert_eq!(one.update(Msg::Action(Action::Print)), vec![print(PaperKind::Application)]);
        let mut several = screen();
        for key in [Key::Char('7'), Key::Down, Key::Char('7'), Key::Down, Key::Char('7')] {
            several.update(Msg::Key(key));
        }
        let intents = several.update(Msg::Key(Key::Enter));
        assert_eq!(intents.len(), 3, "{intents:?}");
        assert!(matches!(&intents[1], Intent::Warn(why) if why.contains("没有先行救助")), "{intents:?}");
        assert_eq!(intents[2], print(PaperKind::Case(CasePaper::Survey)));
    }

    #[test]
    fn eight_asks_where_the_paper_lies_and_f9_archives() {
        let mut screen = screen();
        screen
            .update(Msg::Reply(Reply::Me(fixtures::me(&[crate::domain::office::Role::Handler], Some(103)))));
        for key in [Key::Char('8'), Key::Enter] {
            screen.update(Msg::Key(key));
        }
        assert_eq!(screen.update(Msg::Action(Action::Submit)).len(), 1, "nothing typed is not enough");
        let typed = ["2026-LSJZ-0001", "", "14", "37", "2", "二楼2号柜"];
        for text in typed {
            screen.update(Msg::Burst(text.to_owned()));
            if text == "2" {
                screen.update(Msg::Key(Key::Char('2')));
            }
            screen.update(Msg::Key(Key::Enter));
        }
        insta::assert_snapshot!("archive", drawn(&mut screen));
        let intents = screen.update(Msg::Action(Action::Submit));
        let [Intent::Ask(Ask::Do { deed, .. })] = intents.as_slice() else { panic!("{intents:?}") };
        let Deed::Paper(PaperDeed::Archive(archive)) = &**deed else { panic!("{deed:?}") };
        assert_eq!((archive.items, archive.pages, archive.keep), (14, 37, Retention::Long));
        assert_eq!(archive.number, "2026-LSJZ-0001");
        screen.update(Msg::Action(Action::Back));
        assert_eq!(screen.update(Msg::Action(Action::Back)), vec![Intent::Back]);
    }

    #[test]
    fn a_case_that_is_not_over_says_so_before_anything_is_typed() {
        let mut screen = screen();
        let no_archive = Some("现在是「已批准」，办结以后才能归档".to_owned());
        let papers = vec![PaperRow { kind: PaperKind::Application, why_not: None }];
        screen.update(Msg::Reply(Reply::Paper(PaperReply::Offered {
            number: "26".into(),
            papers,
            no_archive,
        })));
        screen.update(Msg::Key(Key::Char('8')));
        let said = screen.update(Msg::Key(Key::Enter));
        assert!(matches!(said.as_slice(), [Intent::Warn(why)] if why.contains("办结以后")), "{said:?}");
    }
}
