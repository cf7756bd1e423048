//! 抽查: cases drawn by lot, for the supervisor to look at; a new draw on a key. What is found wrong is raised at the case.
//!
//! Must never choose: which cases are drawn, the seed says.

use crate::base::day::Stamp;
use crate::base::fold;
use crate::domain::office::Role as Duty;
use crate::office::front::deed::Deed;
use crate::office::front::paper_deeds::PaperDeed;
use crate::store::replica::views::sample::SampleRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::paper::{PaperAsk, PaperReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "编号/乡镇",
    columns: &[
        Column::left("抽取", 5),
        Column::left("编号", 11),
        Column::left("乡镇", 14),
        Column::left("决定日期", 10),
        Column::right("批准额", 12),
        Column::left("督导问题", 8).grow(),
    ],
    options: &[RowOption { digit: '1', label: "看办件" }, RowOption { digit: '5', label: "查看" }],
    ticks: false,
    empty: "还没有抽查过，按F6抽取",
};

/// A first draw looks back so many days.
const BACK: i64 = 90;
/// And takes so many cases.
const COUNT: &str = "5";

fn town(code: u16) -> &'static str {
    crate::base::division::township(code).map_or("", |township| township.name)
}

impl SampleRow {
    fn told(&self) -> String {
        format!(
            "第{}条，{}，{}至{}决定的{}件中抽取，种子 {}",
            self.n,
            self.at.text(),
            self.span.0,
            self.span.1,
            self.of,
            self.seed
        )
    }
}

impl Shown for SampleRow {
    fn id(&self) -> String {
        format!("{}-{}", self.n, self.number)
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        vec![
            self.at.day().month_day(),
            self.number.clone(),
            town(self.township).to_owned(),
            self.decided.map_or("已撤销".to_owned(), |day| day.to_string()),
            self.granted.grouped(),
            if self.findings == 0 { String::new() } else { format!("{}条", self.findings) },
        ]
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (town(self.township), vec![&self.number])
    }
}

/// What a prompt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    Draw,
}

/// The screen.
#[derive(Debug)]
pub struct SamplesScreen {
    with: Prompted<SampleRow, For>,
}

impl SamplesScreen {
    /// The draws.
    pub fn new() -> SamplesScreen {
        SamplesScreen { with: Prompted::new(TABLE) }
    }

    fn supervises(&self) -> bool {
        self.with.me.as_ref().is_some_and(|me| me.officer.is(Duty::Supervisor))
    }

    fn ask() -> Vec<Intent> {
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Paper(PaperAsk::Samples))]
    }

    fn draw_lots(&mut self) -> Vec<Intent> {
        if !self.supervises() {
            return vec![Intent::Warn("抽查由督导办，请督导登录".to_owned())];
        }
        let today = self.with.now().day();
        let prompt = Prompt::new(For::Draw, "抽查，由电脑随机抽取")
            .with("决定日期从", Kind::Day(today), &today.plus(-BACK).to_string())
            .with("到", Kind::Day(today), &today.to_string())
            .with("抽几件", Kind::Count, COUNT)
            .with("乡镇代码(全县不填)", Kind::Note, "");
        self.with.ask(Some(prompt));
        vec![Intent::Forget]
    }

    fn filled(prompt: &Prompt<For>) -> Result<PaperDeed, String> {
        let For::Draw = prompt.what;
        let typed = fold::digits(prompt.text(3)?.trim());
        let township = match typed.as_str() {
            "" => None,
            typed => {
                let known = crate::base::division::townships();
                let found = known.iter().find(|one| one.name == typed || format!("{:03}", one.code) == typed);
                let found = found.ok_or_else(|| {
                    format!("没有乡镇「{typed}」，请打三位代码或全名，如 波罗赤镇；全县的不填")
                })?;
                Some(found.code)
            }
        };
        Ok(PaperDeed::Draw { township, from: prompt.day(0)?, to: prompt.day(1)?, count: prompt.count(2)? })
    }

    fn submit(&self) -> Vec<Intent> {
        let Some(prompt) = &self.with.prompt else { return Vec::new() };
        match Self::filled(prompt) {
            Ok(deed) => vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::Paper(deed)), draft: 0 })],
            Err(text) => vec![Intent::Warn(text)],
        }
    }

    fn chosen(&self, chosen: Vec<(String, char)>) -> Option<Intent> {
        let (id, digit) = chosen.into_iter().next()?;
        let row = self.with.list.rows().of(&id)?;
        Some(match digit {
            '1' => Intent::Open(Place::Case(row.case)),
            _ => Intent::Say(row.told()),
        })
    }
}

impl Screen for SamplesScreen {
    fn name(&self) -> &'static str {
        "抽查"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let why = (!self.supervises()).then(|| "抽查由督导办".to_owned());
        let list = vec![
            Offer::key(Key::Enter, "看办件"),
            Offer::named(Action::New, "抽取").unless(why),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.with.list.one_page()),
        ];
        self.with.offers("抽取", list)
    }

    fn hint(&self) -> String {
        match &self.with.prompt {
            Some(prompt) => prompt.hint(),
            None => self.with.selected().map(SampleRow::told).unwrap_or_default(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "抽哪几件由随机种子定，种子写入记录，谁都可以照着再抽一遍核对。五（三）".to_owned(),
                "看办件发现问题的，在办件里按F6提出问题。".to_owned(),
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
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => return Self::ask(),
            Msg::Reply(Reply::Me(me)) => self.with.me = Some(me),
            Msg::Reply(Reply::Paper(PaperReply::Samples(rows))) => self.with.replace(rows),
            Msg::Reply(reply) => return self.with.answered(&reply, Self::ask()),
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::New) if self.with.prompt.is_none() => return self.draw_lots(),
            Msg::Action(Action::Cancel | Action::Back) if self.with.prompt.is_some() => {
                return self.with.leave();
            }
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
    use crate::base::money::Money;
    use crate::domain::ids::CaseId;
    use crate::ui::screens::fixtures::{self, drawn};

    fn screen(duty: Duty) -> SamplesScreen {
        let mut screen = SamplesScreen::new();
        screen.update(Msg::Reply(Reply::Me(fixtures::me(&[duty], None))));
        let today = fixtures::now().day();
        let row = |no: u8, findings| SampleRow {
            n: 901,
            at: fixtures::now(),
            by: "9004".into(),
            span: (today.plus(-90), today),
            seed: "00112233445566778899aabbccddeeff".to_owned(),
            of: 37,
            case: CaseId([no; 16]),
            number: format!("26-103-01{no}"),
            township: 103,
            decided: (no != 21).then(|| today.plus(-7)),
            granted: Money::from_fen(50_000),
            findings,
        };
        screen.update(Msg::Reply(Reply::Paper(PaperReply::Samples(vec![row(17, 0), row(21, 1)]))));
        screen
    }

    #[test]
    fn a_draw_at_80_columns_says_out_of_how_many_and_by_which_seed() {
        let mut screen = screen(Duty::Supervisor);
        insta::assert_snapshot!(drawn(&mut screen));
        assert!(screen.hint().contains("37件中抽取，种子 0011"), "{}", screen.hint());
        let open = screen.update(Msg::Key(Key::Enter));
        assert_eq!(open, vec![Intent::Open(Place::Case(CaseId([17; 16])))]);
    }

    #[test]
    fn the_supervisor_draws_with_f6_and_f9_and_nobody_else_does() {
        let mut other = screen(Duty::Approver);
        assert!(matches!(other.update(Msg::Action(Action::New)).as_slice(), [Intent::Warn(_)]));
        let mut screen = screen(Duty::Supervisor);
        screen.update(Msg::Action(Action::New));
        let intents = screen.update(Msg::Action(Action::Submit));
        let today = fixtures::now().day();
        let deed = PaperDeed::Draw { township: None, from: today.plus(-90), to: today, count: 5 };
        let deed = Box::new(Deed::Paper(deed));
        assert_eq!(intents, vec![Intent::Ask(Ask::Do { deed, draft: 0 })]);
        assert!(screen.update(Msg::Action(Action::Back)) != vec![Intent::Back], "the prompt first");
        assert_eq!(screen.update(Msg::Action(Action::Back)), vec![Intent::Back]);
    }
}
