//! 主动发现统计: what was heard of each village by which channel, how long it took until somebody was there and until it was
//! decided (四（一）二), and the register F21 on paper.
//!
//! Must never add what was not visited or not decided as if it took no time.

use crate::base::day::Stamp;
use crate::domain::nouns::Channel;
use crate::office::front::papers::Sheet;
use crate::office::front::registers::Discovery;
use crate::store::replica::views::discovery::{Figures, Took, Where};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::registers::{RegisterAsk, RegisterReply};
use crate::ui::product::{Ask, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "村(居)名/拼音首字母",
    columns: &[
        Column::left("村(居)", 10).grow(),
        Column::left("乡镇", 12).rank(4),
        Column::right("线索", 4),
        Column::right("窗口", 4).rank(3),
        Column::right("热线", 4).rank(3),
        Column::right("村委", 4).rank(2),
        Column::right("志愿", 4).rank(2),
        Column::right("走访", 4).rank(2),
        Column::right("转来", 4).rank(3),
        Column::right("到人(时)", 9),
        Column::right("决定(天)", 9),
    ],
    options: &[RowOption { digit: '5', label: "查看" }],
    ticks: false,
    empty: "没有线索；F11 看全部年度",
};

/// A village, or all of them.
#[derive(Debug, Clone)]
struct Row {
    place: Option<Where>,
    figures: Figures,
}

impl Row {
    fn name(&self) -> &'static str {
        match self.place {
            None => "合计",
            Some((_, None)) => "村不详",
            Some((_, Some(code))) => words::village(code),
        }
    }

    fn told(&self) -> String {
        let by: Vec<String> = Channel::ALL
            .iter()
            .zip(&self.figures.by_channel)
            .filter(|(_, count)| **count > 0)
            .map(|(channel, count)| format!("{}{count}", channel.zh()))
            .collect();
        let took = |what: &str, unit: &str, took: Took| match took.count {
            0 => format!("没有{what}的"),
            count => format!("{what}{count}条，中位{}{unit}、最长{}{unit}", took.median, took.longest),
        };
        let (visited, decided) = (self.figures.visited, self.figures.decided);
        format!(
            "{} 线索{}条（{}）；{}；{}",
            self.name(),
            self.figures.leads,
            by.join("、"),
            took("到人", "小时", visited),
            took("决定", "天", decided)
        )
    }
}

/// 中位/最长; nothing where it never came to that.
fn cell(took: Took) -> String {
    if took.count == 0 { "无".to_owned() } else { format!("{}/{}", took.median, took.longest) }
}

impl Shown for Row {
    fn id(&self) -> String {
        format!("{:?}", self.place)
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let count = |count: &u32| if *count == 0 { String::new() } else { count.to_string() };
        let mut cells = vec![
            self.name().to_owned(),
            self.place.map_or_else(String::new, |(township, _)| words::township(township)),
            self.figures.leads.to_string(),
        ];
        cells.extend(self.figures.by_channel.iter().map(count));
        cells.extend([cell(self.figures.visited), cell(self.figures.decided)]);
        cells
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        self.place.is_none().then_some(Role::Heading)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (self.name(), vec![])
    }
}

/// The screen. Nothing is filled in on it.
#[derive(Debug)]
pub struct DiscoveryScreen {
    with: Prompted<Row, ()>,
    all: bool,
}

impl DiscoveryScreen {
    /// The figures of this year.
    pub fn new() -> DiscoveryScreen {
        DiscoveryScreen { with: Prompted::new(TABLE), all: false }
    }

    /// The year that is shown; none is all. Before the desk told the time there is nothing to show.
    fn year(&self) -> Option<i32> {
        if self.all { None } else { self.with.me.as_ref().map(|me| me.now.day().year()) }
    }

    fn ask(&self) -> Vec<Intent> {
        vec![Intent::Ask(Ask::Registers(RegisterAsk::Discovery(self.year())))]
    }

    fn take(&mut self, told: Discovery) {
        let mut rows: Vec<Row> = Vec::new();
        if told.total.leads > 0 {
            rows.push(Row { place: None, figures: told.total });
        }
        let villages = told.villages.into_iter();
        rows.extend(villages.map(|(place, figures)| Row { place: Some(place), figures }));
        self.with.replace(rows);
    }
}

impl Screen for DiscoveryScreen {
    fn name(&self) -> &'static str {
        "主动发现统计"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let none = self.with.list.rows().items.is_empty().then(|| "没有可打印的".to_owned());
        vec![
            Offer::key(Key::Enter, "查看"),
            Offer::named(Action::Print, "打印登记簿").unless(none),
            Offer::named(Action::Scope, if self.all { "只看本年" } else { "看全部" }),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.with.list.one_page()),
        ]
    }

    fn hint(&self) -> String {
        let scope = self.year().map_or("全部年度".to_owned(), |year| format!("{year}年"));
        self.with.selected().map_or(scope.clone(), |row| format!("{scope} {}", row.told()))
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "各村听到的线索，按发现渠道数。「村委」「志愿」「走访」是主动发现的，其余是找上门或转来的。四（一）二".to_owned(),
                "到人：从接报到有人到场，小时；决定：从接报到批准或先行救助，天。前面是中位数（一半比它快），后面是最长的；\
                 还没有到场、没有决定的不算在内。"
                    .to_owned(),
                "Ctrl-P 打印登记簿 F21（HTML和表格各一份），后面附各村统计。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        !self.with.read
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.with.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => {
                return vec![Intent::Ask(Ask::Me)];
            }
            Msg::Reply(Reply::Me(me)) => {
                self.with.me = Some(me);
                return self.ask();
            }
            Msg::Reply(Reply::Registers(RegisterReply::Discovery(told))) => self.take(*told),
            Msg::Reply(reply) => {
                self.with.read |= matches!(reply, Reply::Failed(_));
                return words::outcome(&reply).into_iter().collect();
            }
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                let row = chosen.first().and_then(|(id, _)| self.with.list.rows().of(id));
                intents.extend(row.map(|row| Intent::Say(row.told())));
                return intents;
            }
            Msg::Action(Action::Scope) => {
                self.all = !self.all;
                return self.ask();
            }
            Msg::Action(Action::Print) => {
                return vec![Intent::Ask(Ask::PrintSheet(Sheet::Heard(self.year())))];
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
    use crate::base::division;
    use crate::domain::office::Role as Duty;
    use crate::ui::screens::fixtures::{self, drawn, drawn_at};

    fn told() -> Discovery {
        let took = |count, median, longest| Took { count, median, longest };
        let figures = |leads, by_channel: [u32; 6], visited, decided| Figures {
            leads,
            by_channel: by_channel.to_vec(),
            visited,
            decided,
        };
        let villages: Vec<Where> =
            division::villages_of(103).take(2).map(|village| (103, Some(village.code))).collect();
        Discovery {
            villages: vec![
                ((103, None), figures(1, [0, 1, 0, 0, 0, 0], took(0, 0, 0), took(0, 0, 0))),
                (villages[0], figures(12, [2, 3, 4, 1, 2, 0], took(11, 2, 26), took(9, 3, 41))),
                (villages[1], figures(2, [0, 0, 1, 1, 0, 0], took(1, 1, 1), took(0, 0, 0))),
            ],
            total: figures(15, [2, 4, 5, 2, 2, 0], took(12, 2, 26), took(9, 3, 41)),
        }
    }

    fn screen() -> DiscoveryScreen {
        let mut screen = DiscoveryScreen::new();
        assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Me)]);
        let asked = screen.update(Msg::Reply(Reply::Me(fixtures::me(&[Duty::Approver], Some(103)))));
        let year = fixtures::now().day().year();
        assert_eq!(asked, vec![Intent::Ask(Ask::Registers(RegisterAsk::Discovery(Some(year))))]);
        let reply = Box::new(told());
        screen.update(Msg::Reply(Reply::Registers(RegisterReply::Discovery(reply))));
        screen
    }

    #[test]
    fn villages_with_channels_and_times_at_both_sizes() {
        let mut screen = screen();
        insta::assert_snapshot!("discovery", drawn(&mut screen));
        assert!(screen.hint().contains("中位2小时、最长26小时"), "{}", screen.hint());
        let narrow = drawn_at(&mut screen, 60, 20);
        assert!(narrow.contains("3/41"), "{narrow}");
        insta::assert_snapshot!("discovery_narrow", narrow);
    }

    #[test]
    fn the_register_of_what_is_shown_is_printed() {
        let mut screen = screen();
        let year = fixtures::now().day().year();
        let print = screen.update(Msg::Action(Action::Print));
        assert_eq!(print, vec![Intent::Ask(Ask::PrintSheet(Sheet::Heard(Some(year))))]);
        let all = screen.update(Msg::Action(Action::Scope));
        assert_eq!(all, vec![Intent::Ask(Ask::Registers(RegisterAsk::Discovery(None)))]);
        let print = screen.update(Msg::Action(Action::Print));
        assert_eq!(print, vec![Intent::Ask(Ask::PrintSheet(Sheet::Heard(None)))]);
        let said = screen.update(Msg::Key(Key::Enter));
        assert!(matches!(&said[..], [Intent::Say(text)] if text.contains("合计 线索15条")), "{said:?}");
    }
}
