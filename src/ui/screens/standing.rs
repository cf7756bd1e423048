//! 委托、值班、交接、近亲属备案: what stands, and the small prompts that add to it.
//!
//! Must never show more of a relative than his name: the id number is typed to find him and not kept.

use crate::base::day::{Day, Stamp};
use crate::base::{division, fold};
use crate::domain::delegation::Delegation;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role as Duty};
use crate::domain::pad::{self, Fate};
use crate::office::front::deed::Deed;
use crate::office::front::duty::{Arranged, NamedRelative};
use crate::office::front::papers::Sheet;
use crate::store::replica::views::goods::BlankRow;
use crate::store::replica::views::standing::{Named, Standing};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::goods::{GoodsAsk, GoodsReply};
use crate::ui::product::{Ask, Reply, office_name};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母/操作员号",
    columns: &[
        Column::left("事项", 12),
        Column::left("谁", 16),
        Column::left("对谁", 16),
        Column::left("日期", 23).rank(1),
        Column::left("状态", 20).grow(),
    ],
    options: &[
        RowOption { digit: '1', label: "办理" },
        RowOption { digit: '4', label: "终止委托" },
        RowOption { digit: '7', label: "打印" },
    ],
    ticks: false,
    empty: "没有委托、值班、交接和备案",
};

/// Which line of 工作交接 holds the numbers of blank sheets.
const BLANKS: usize = 3;
/// The longest run of days of one duty row: a holiday of three weeks.
const DUTY_DAYS: i64 = 21;

/// What is begun from a row of its own at the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum New {
    Lend,
    OnDuty,
    HandOver,
    Relative,
}

impl New {
    const ALL: [New; 4] = [New::Lend, New::OnDuty, New::HandOver, New::Relative];

    fn zh(self) -> &'static str {
        match self {
            New::Lend => "＋委托代批",
            New::OnDuty => "＋值班",
            New::HandOver => "＋工作交接",
            New::Relative => "＋近亲属",
        }
    }

    fn says(self) -> &'static str {
        match self {
            New::Lend => "出差、休假时由本单位或县局的人代为审批",
            New::OnDuty => "节假日、夜间谁可以答复、授权",
            New::HandOver => "调离、离职：办件、现金、空白单，审批人监交",
            New::Relative => "备案本人的近亲属，办到时系统提示回避",
        }
    }
}

#[derive(Debug, Clone)]
enum What {
    New(New),
    Loan(Delegation),
    Sheet(Sheet),
    Told,
}

#[derive(Debug, Clone)]
struct Row {
    id: String,
    what: What,
    kind: &'static str,
    who: Named,
    other: String,
    days: String,
    state: String,
    past: bool,
}

impl Shown for Row {
    fn id(&self) -> String {
        self.id.clone()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let who =
            if self.who.0.0.is_empty() { String::new() } else { words::officer(&self.who.1, &self.who.0) };
        vec![self.kind.to_owned(), who, self.other.clone(), self.days.clone(), self.state.clone()]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        self.past.then_some(Role::Muted)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.who.1, vec![&self.who.0.0])
    }
}

fn named((no, name): &Named) -> String {
    words::officer(name, no)
}

fn begins() -> impl Iterator<Item = Row> {
    New::ALL.into_iter().map(|new| Row {
        id: new.zh().to_owned(),
        what: What::New(new),
        kind: new.zh(),
        who: (OfficerNo::from(""), String::new()),
        other: String::new(),
        days: String::new(),
        state: new.says().to_owned(),
        past: false,
    })
}

fn rows(standing: &Standing, today: Day) -> Vec<Row> {
    let mut rows: Vec<Row> = begins().collect();
    for (at, row) in standing.delegations.iter().enumerate() {
        let known = &row.delegation;
        let state = match row.ended {
            Some(day) => format!("{} 终止", day.month_day()),
            None if known.stands(today) => format!("代批中：{}", row.reason),
            None if today < known.since => format!("未到：{}", row.reason),
            None => "已到期".to_owned(),
        };
        let past = row.ended.is_some() || known.until < today;
        rows.push(Row {
            id: format!("loan {at}"),
            what: if past { What::Told } else { What::Loan(known.clone()) },
            kind: "代批",
            who: (known.to.clone(), row.to_name.clone()),
            other: format!("代 {}", words::officer(&row.from_name, &known.from)),
            days: format!("{} 至 {}", known.since, known.until),
            state,
            past,
        });
    }
    for duty in &standing.duties {
        let first = duty.officers.first().cloned().unwrap_or((OfficerNo::from(""), String::new()));
        let others: Vec<String> = duty.officers.iter().skip(1).map(named).collect();
        rows.push(Row {
            id: format!("duty {} {}", duty.day, duty.office),
            what: What::Told,
            kind: "值班",
            who: first,
            other: others.join("、"),
            days: duty.day.to_string(),
            state: format!("{} {}", office_name(duty.office), duty.phone),
            past: false,
        });
    }
    for handed in &standing.handed {
        let cash = handed.cash.map_or(String::new(), |cash| format!("，现金{}元", cash.grouped()));
        rows.push(Row {
            id: format!("handed {}", handed.n),
            what: What::Sheet(Sheet::HandOver(handed.n)),
            kind: "交接",
            who: handed.from.clone(),
            other: format!("交 {}", named(&handed.to)),
            days: handed.on.to_string(),
            state: format!(
                "办件{}件，逾期{}项留原人{cash}，监交 {}",
                handed.cases,
                handed.late,
                named(&handed.witness)
            ),
            past: true,
        });
    }
    for row in &standing.relatives {
        rows.push(Row {
            id: format!("relative {} {}", row.officer.0, row.person),
            what: What::Sheet(Sheet::Relatives(row.officer.0.clone())),
            kind: "近亲属",
            who: row.officer.clone(),
            other: row.name.clone(),
            days: String::new(),
            state: [row.relation.as_str(), &row.born, "办到时回避"]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("，"),
            past: false,
        });
    }
    rows
}

/// The screen.
#[derive(Debug)]
pub struct StandingScreen {
    with: Prompted<Row, New>,
    /// Whose relative is being looked for.
    looking: Option<(OfficerNo, String)>,
}

impl Default for StandingScreen {
    fn default() -> StandingScreen {
        StandingScreen::new()
    }
}

impl StandingScreen {
    /// The screen, still empty.
    pub fn new() -> StandingScreen {
        StandingScreen { with: Prompted::new(TABLE), looking: None }
    }

    fn begin(&mut self, new: New) -> Vec<Intent> {
        let Some(me) = &self.with.me else { return Vec::new() };
        if new != New::Relative && !me.officer.is(Duty::Approver) {
            return vec![Intent::Warn(format!(
                "{}由审批人办理，请审批人登录",
                new.zh().trim_start_matches('＋')
            ))];
        }
        let (own, today) = (me.officer.no.to_string(), me.now.day());
        let prompt = Prompt::new(new, new.zh().trim_start_matches('＋'));
        self.with.ask(Some(match new {
            New::Lend => prompt
                .with("委托人", Kind::Officer, &own)
                .with("代批人", Kind::Officer, "")
                .with("起日", Kind::Day(today), "")
                .with("止日", Kind::Day(today), "")
                .with("原因", Kind::Text, ""),
            New::OnDuty => prompt
                .with("起日", Kind::Day(today), "")
                .with("止日", Kind::Day(today), "")
                .with("值班人", Kind::Text, "")
                .with("值班电话", Kind::Note, ""),
            New::HandOver => prompt
                .with("移交人", Kind::Officer, "")
                .with("接收人", Kind::Officer, "")
                .with("实点现金", Kind::NoteMoney, "")
                .with("空白单号", Kind::Note, "")
                .hinted("本上没有用的号，照本子核对；连号写作 K26-102-0012至0015")
                .with("说明", Kind::Note, ""),
            New::Relative => {
                let town = me.officer.office.township().map(|own| format!("{own:03}")).unwrap_or_default();
                prompt
                    .with("操作员", Kind::Officer, &own)
                    .with("关系", Kind::Text, "")
                    .with("近亲属证件号(不知道不填)", Kind::Note, "")
                    .with("没有证件号的填姓名", Kind::Note, "")
                    .with("出生年(大约)", Kind::Note, "")
                    .with("所在乡镇代码", Kind::Note, &town)
                    .with("村(居)", Kind::Note, "")
            }
        }));
        match new {
            New::HandOver => vec![Intent::Forget, Intent::Ask(Ask::Goods(GoodsAsk::Blanks))],
            New::Lend | New::OnDuty | New::Relative => vec![Intent::Forget],
        }
    }

    /// The numbers that still stand on the township's pads go into the hand-over by themselves; the county's approver stands
    /// by in any township, and looks at its pads.
    fn fill_blanks(&mut self, rows: &[BlankRow]) {
        let own = self.with.me.as_ref().and_then(|me| me.officer.office.township());
        let unused = rows.iter().filter(|row| Some(row.township) == own && row.fate == Fate::Unused);
        let numbers: Vec<String> = unused.map(|row| row.blank.clone()).collect();
        if let Some(prompt) = self.with.prompt.as_mut().filter(|prompt| prompt.what == New::HandOver) {
            prompt.fill(BLANKS, &pad::spans(&numbers));
        }
    }

    fn leave(&mut self) -> Vec<Intent> {
        self.looking = None;
        self.with.leave()
    }

    fn chosen(&mut self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let Some((id, digit)) = chosen.into_iter().next() else { return Vec::new() };
        let Some(row) = self.with.list.rows().of(&id) else { return Vec::new() };
        match (row.what.clone(), digit) {
            (What::New(new), '1') => self.begin(new),
            (What::Loan(loan), '4') => arrange(Arranged::EndLoan(loan)),
            (What::Sheet(sheet), '7') => vec![Intent::Ask(Ask::PrintSheet(sheet))],
            (_, '7') => vec![Intent::Warn("交接单和近亲属备案表可以打印，请选这样的一行".to_owned())],
            (What::Loan(_), _) => vec![Intent::Say("要提前终止的打 4".to_owned())],
            (_, '4') => vec![Intent::Warn("只有还没有到期的委托可以终止，请选这样的一行".to_owned())],
            _ => vec![Intent::Say(row.cells(Stamp(0)).join(" "))],
        }
    }

    fn submit(&mut self) -> Vec<Intent> {
        let (Some(prompt), Some(me)) = (&self.with.prompt, &self.with.me) else { return Vec::new() };
        if prompt.what == New::Relative {
            return match relative(prompt) {
                Ok(Relative::Numbered(no, relation, id_no)) => {
                    self.looking = Some((no, relation));
                    vec![Intent::Ask(Ask::Holder(id_no))]
                }
                Ok(Relative::Named(named)) => arrange(Arranged::NamedRelative(named)),
                Err(text) => vec![Intent::Warn(text)],
            };
        }
        match arranged(prompt, me.officer.office) {
            Ok(arranged) => arrange(arranged),
            Err(text) => vec![Intent::Warn(text)],
        }
    }
}

/// A relative as typed: by number, or by name.
enum Relative {
    Numbered(OfficerNo, String, String),
    Named(Box<NamedRelative>),
}

fn relative(prompt: &Prompt<New>) -> Result<Relative, String> {
    let (officer, relation) = (OfficerNo(prompt.text(0)?), prompt.text(1)?);
    let (id_no, name) = (prompt.text(2)?.to_uppercase(), prompt.text(3)?);
    if !id_no.is_empty() {
        return Ok(Relative::Numbered(officer, relation, id_no));
    }
    if name.is_empty() {
        return Err("证件号和姓名填一样：知道证件号的填证件号，不知道的填姓名".to_owned());
    }
    let typed = fold::digits(prompt.text(5)?.trim());
    let known =
        division::townships().iter().find(|one| one.name == typed || format!("{:03}", one.code) == typed);
    let township = known.ok_or_else(|| format!("没有乡镇「{typed}」，请打三位代码或全名，如 波罗赤镇"))?.code;
    let (born, village) = (prompt.text(4)?, prompt.text(6)?);
    Ok(Relative::Named(Box::new(NamedRelative { officer, name, relation, born, township, village })))
}

fn arrange(arranged: Arranged) -> Vec<Intent> {
    vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::Arrange(arranged)), draft: 0 })]
}

fn parts(text: &str) -> Vec<String> {
    let split = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；'));
    split.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn arranged(prompt: &Prompt<New>, office: Office) -> Result<Arranged, String> {
    Ok(match prompt.what {
        New::Lend => {
            let (from, to) = (OfficerNo(prompt.text(0)?), OfficerNo(prompt.text(1)?));
            let loan = Delegation { since: prompt.day(2)?, from, to, until: prompt.day(3)? };
            Arranged::Lend(loan, prompt.text(4)?)
        }
        New::OnDuty => {
            let (first, last) = (prompt.day(0)?, prompt.day(1)?);
            let count = first.until(last);
            if !(0..DUTY_DAYS).contains(&count) {
                return Err(format!("止日须在起日当天到{}天以内，请改正", DUTY_DAYS - 1));
            }
            let officers = parts(&prompt.text(2)?).into_iter().map(OfficerNo).collect();
            let days = (0..=count).map(|day| first.plus(day)).collect();
            Arranged::OnDuty(office, days, officers, prompt.text(3)?)
        }
        New::HandOver => Arranged::HandOver {
            from: OfficerNo(prompt.text(0)?),
            to: OfficerNo(prompt.text(1)?),
            cash: prompt.money_if_any(2)?,
            blanks: pad::numbers(&prompt.text(BLANKS)?)?,
            note: prompt.text(4)?,
        },
        New::Relative => return Err("请填近亲属的证件号".to_owned()),
    })
}

impl Screen for StandingScreen {
    fn name(&self) -> &'static str {
        "委托值班交接"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let list = vec![
            Offer::key(Key::Enter, self.with.list.first_option()),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
        ];
        self.with.offers("办理", list)
    }

    fn hint(&self) -> String {
        match &self.with.prompt {
            Some(prompt) => prompt.hint(),
            None => self.with.selected().map(|row| row.state.clone()).unwrap_or_default(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "委托代批（AB角）：从起日到止日，由本单位或县局的一人代一位审批人；经办人、近亲属、权限的规定照样适用，\
                 代批的人不能再转委托。五（三）"
                    .to_owned(),
                "工作交接：由审批人监交；在办办件转给接收人，已逾期的手续仍记在移交人名下，移交人的授权码作废。".to_owned(),
                "近亲属备案：知道证件号的打证件号；不知道的按姓名、关系、出生年和村备案。办到他时提示回避，同名同乡镇的\
                 须写明不是同一人，转办给别人或转县局。五（三）"
                    .to_owned(),
                "值班人打操作员号，几个人用空格隔开。".to_owned(),
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
                return vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Standing)];
            }
            Msg::Reply(Reply::Me(me)) => self.with.me = Some(me),
            Msg::Reply(Reply::Goods(GoodsReply::Blanks(rows, _))) => self.fill_blanks(&rows),
            Msg::Reply(Reply::Standing(standing, today)) => self.with.replace(rows(&standing, today)),
            Msg::Reply(Reply::Family(found)) => {
                let Some((officer, relation)) = self.looking.take() else { return Vec::new() };
                return match found {
                    Some(card) => arrange(Arranged::Relative(officer, card.who.person, relation)),
                    None => vec![Intent::Warn(
                        "没有登记过这个证件号的人，请核对号码；没有登记过的不填号码，按姓名备案".to_owned(),
                    )],
                };
            }
            Msg::Reply(reply @ (Reply::Done { .. } | Reply::Held(_))) => {
                self.looking = None;
                self.with.ask(None);
                let mut intents = vec![Intent::Ask(Ask::Standing)];
                intents.extend(words::outcome(&reply));
                return intents;
            }
            Msg::Reply(reply) => {
                self.with.read |= matches!(reply, Reply::Failed(_));
                return words::outcome(&reply).into_iter().collect();
            }
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::Cancel | Action::Back) if self.with.prompt.is_some() => return self.leave(),
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
    use crate::store::replica::views::standing::{DelegationRow, HandedRow, RelativeRow};
    use crate::ui::screens::fixtures::{self, drawn};

    fn day(on: u32) -> Day {
        Day::new(2026, 3, on).unwrap()
    }

    fn pair(no: &str, name: &str) -> Named {
        (no.into(), name.to_owned())
    }

    fn shown() -> StandingScreen {
        let loan = Delegation { since: day(2), from: "1022".into(), to: "1023".into(), until: day(5) };
        let standing = Standing {
            delegations: vec![DelegationRow {
                delegation: loan,
                from_name: "安一".to_owned(),
                to_name: "吴一帆".to_owned(),
                reason: "出差".to_owned(),
                ended: None,
            }],
            duties: Vec::new(),
            handed: vec![HandedRow {
                n: 9,
                from: pair("1021", "吴一"),
                to: pair("1023", "吴一帆"),
                witness: pair("1022", "安一"),
                on: day(2),
                cases: 3,
                late: 1,
                cash: None,
                book: None,
                blanks: Vec::new(),
                note: String::new(),
            }],
            relatives: vec![RelativeRow {
                officer: pair("1021", "吴一"),
                person: crate::domain::ids::PersonId([1; 16]),
                name: "张三".to_owned(),
                relation: "姐夫".to_owned(),
                born: "约1962年".to_owned(),
            }],
        };
        let mut screen = StandingScreen::new();
        screen.update(Msg::Reply(Reply::Standing(Box::new(standing), day(2))));
        screen
    }

    #[test]
    fn what_stands_at_80_columns() {
        let text = drawn(&mut shown());
        for word in ["委托代批", "代批", "吴一帆(1023)", "代 安一(1022)", "交接", "近亲属", "张三"]
        {
            assert!(text.contains(word), "{word} in {text}");
        }
    }

    #[test]
    fn each_row_does_what_it_is() {
        let mut screen = shown();
        let of = |screen: &mut StandingScreen, id: &str, digit| screen.chosen(vec![(id.to_owned(), digit)]);
        let ended = of(&mut screen, "loan 0", '4');
        assert!(
            matches!(ended.as_slice(), [Intent::Ask(Ask::Do { deed, .. })]
                if matches!(**deed, Deed::Arrange(Arranged::EndLoan(_)))),
            "{ended:?}"
        );
        let paper = of(&mut screen, "handed 9", '7');
        assert_eq!(paper, vec![Intent::Ask(Ask::PrintSheet(Sheet::HandOver(9)))]);
        assert!(matches!(of(&mut screen, "handed 9", '4').as_slice(), [Intent::Warn(_)]));
    }

    #[test]
    fn a_hand_over_begins_with_the_numbers_that_stand_on_the_pads() {
        let mut screen = shown();
        screen.update(Msg::Reply(Reply::Me(fixtures::me(&[Duty::Approver], Some(103)))));
        let asked = screen.begin(New::HandOver);
        assert!(asked.contains(&Intent::Ask(Ask::Goods(GoodsAsk::Blanks))), "{asked:?}");
        let row = |township: u16, no: u32, fate: Fate| BlankRow {
            blank: pad::number(2026, township, no),
            township,
            pad: 90,
            on: day(1),
            by: "1031".into(),
            case: None,
            fate,
        };
        let rows = vec![
            row(103, 1, Fate::Used("26-103-0031".to_owned())),
            row(103, 2, Fate::Missing(day(1))),
            row(103, 3, Fate::Unused),
            row(103, 4, Fate::Unused),
            row(104, 1, Fate::Unused),
        ];
        screen.update(Msg::Reply(Reply::Goods(GoodsReply::Blanks(rows, day(2)))));
        let text = drawn(&mut screen);
        assert!(text.contains("K26-103-0003至0004") && !text.contains("104-0001"), "{text}");
        for no in ["1031", "1032"] {
            screen.update(Msg::Burst(no.to_owned()));
            screen.update(Msg::Key(Key::Enter));
        }
        let asked = screen.update(Msg::Action(Action::Submit));
        let blanks = vec![pad::number(2026, 103, 3), pad::number(2026, 103, 4)];
        let hands = |deed: &Deed| matches!(deed, Deed::Arrange(Arranged::HandOver { blanks: got, .. }) if *got == blanks);
        assert!(matches!(&asked[..], [Intent::Ask(Ask::Do { deed, .. })] if hands(deed)), "{asked:?}");
        screen.with.prompt.as_mut().unwrap().fill(BLANKS, "K26-103-0009");
        assert!(!drawn(&mut screen).contains("0009"), "what stands there is not written over");
    }

    #[test]
    fn only_an_approver_begins_a_delegation_and_anybody_files_his_relatives() {
        for (roles, begun) in [(&[Duty::Handler][..], false), (&[Duty::Approver][..], true)] {
            let mut screen = shown();
            let mut me = fixtures::me(&[Duty::Handler], Some(103));
            me.officer.roles = roles.iter().copied().collect();
            screen.update(Msg::Reply(Reply::Me(me)));
            screen.begin(New::Lend);
            assert_eq!(screen.with.prompt.is_some(), begun);
            screen.leave();
            screen.begin(New::Relative);
            assert!(screen.with.prompt.is_some());
            screen.update(Msg::Key(Key::Enter));
            screen.update(Msg::Burst("姐夫".to_owned()));
            assert!(
                matches!(&screen.update(Msg::Action(Action::Submit))[..], [Intent::Warn(text)] if text.contains("姓名"))
            );
            screen.update(Msg::Key(Key::Enter));
            screen.update(Msg::Key(Key::Enter));
            screen.update(Msg::Burst("张三".to_owned()));
            let asked = screen.update(Msg::Action(Action::Submit));
            let named = |deed: &Deed| {
                matches!(deed, Deed::Arrange(Arranged::NamedRelative(named))
                if named.name == "张三" && named.relation == "姐夫" && named.township == 103)
            };
            assert!(matches!(&asked[..], [Intent::Ask(Ask::Do { deed, .. })] if named(deed)), "{asked:?}");
        }
    }
}
