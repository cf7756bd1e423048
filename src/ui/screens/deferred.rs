//! 补登记: cases that were paid first and whose papers are open, the earliest due first.
//!
//! Must never hide a late one: lateness stands in words.

use crate::base::day::Stamp;
use crate::domain::ids::OfficerNo;
use crate::domain::nouns::ItemKind;
use crate::domain::office::{Office, Officer, Role as Duty};
use crate::office::front::deed::Deed;
use crate::office::front::officers::OfficerLine;
use crate::office::print::PaperKind;
use crate::store::replica::views::deferred::DeferredRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母/编号",
    columns: &[
        Column::left("编号", 11),
        Column::left("姓名", 8),
        Column::left("乡镇", 12).rank(3),
        Column::right("金额", 10).rank(1),
        Column::left("经办", 8).rank(2),
        Column::left("期限", 8),
        Column::left("缺", 14).grow(),
    ],
    options: &[
        RowOption { digit: '1', label: "补登记" },
        RowOption { digit: '5', label: "看办件" },
        RowOption { digit: '7', label: "打印缺什么" },
        RowOption { digit: '8', label: "急需先办" },
    ],
    ticks: false,
    empty: "没有待补的手续",
};

/// What an officer sees who completes no papers.
const LOOKS: &[RowOption] =
    &[RowOption { digit: '5', label: "看办件" }, RowOption { digit: '7', label: "打印缺什么" }];
/// The line for who said so on the telephone.
const SAID_BY: &str = "准许人";

/// A paper in one hanzi for the narrow column; a noted one waits to be confirmed.
fn letter(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Subject => "对",
        ItemKind::Cause => "事",
        ItemKind::Amount => "金",
        ItemKind::HandlerSignature => "签",
        ItemKind::Seal => "章",
        ItemKind::ApproverSignature => "审",
        ItemKind::Minutes => "纪",
    }
}

impl Shown for DeferredRow {
    fn id(&self) -> String {
        self.case.to_string()
    }

    fn cells(&self, now: Stamp) -> Vec<String> {
        let open: Vec<&str> = self.open.iter().map(|(kind, _)| letter(*kind)).collect();
        vec![
            self.number.clone(),
            self.name.clone(),
            words::township(self.township),
            self.amount.grouped(),
            self.handler_name.clone(),
            words::left(self.due, now.day()),
            open.join(" "),
        ]
    }

    fn role(&self, now: Stamp) -> Option<Role> {
        self.late(now.day()).then_some(Role::Warning)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.name, vec![&self.number])
    }
}

/// Whose brake is lifted, and whether a handler notes down what an approver said on the telephone.
#[derive(Debug, Clone)]
struct Lift {
    handler: OfficerNo,
    by_telephone: bool,
}

/// The screen.
#[derive(Debug)]
pub struct DeferredScreen {
    with: Prompted<DeferredRow, Lift>,
    /// Approvers who may be called: number and name.
    approvers: Vec<(OfficerNo, String)>,
}

impl Default for DeferredScreen {
    fn default() -> DeferredScreen {
        DeferredScreen::new()
    }
}

impl DeferredScreen {
    /// The list that the officer sees.
    pub fn new() -> DeferredScreen {
        DeferredScreen { with: Prompted::new(TABLE), approvers: Vec::new() }
    }

    /// Why the brake of a row's handler cannot be lifted here.
    fn no_lift(&self, row: &DeferredRow) -> Option<String> {
        let officer = &self.with.me.as_ref()?.officer;
        if !officer.is(Duty::Approver) && !officer.is(Duty::Handler) {
            return Some("急需先办由乡镇审批人或县局准许，请审批人登录".to_owned());
        }
        if !self.by_telephone() && officer.no == row.handler {
            return Some("不能准许本人急需先办，请其他审批人或县局准许".to_owned());
        }
        (!row.late(self.with.list.rows().now.day()))
            .then(|| format!("{} 还没有逾期，经办人不受限，不用准许", row.number))
    }

    /// A handler can only note down what an approver said on the telephone.
    fn by_telephone(&self) -> bool {
        self.with.me.as_ref().is_some_and(|me| !me.officer.is(Duty::Approver))
    }

    /// Whom a handler may call: the approvers of his office, then the county's.
    fn learn_approvers(&mut self, officers: &[OfficerLine]) {
        let Some(me) = &self.with.me else { return };
        let own = me.officer.office;
        let mut fit: Vec<&Officer> = officers
            .iter()
            .map(|line| &line.officer)
            .filter(|one| one.is(Duty::Approver) && !one.ended)
            .filter(|one| one.office == own || one.office == Office::County)
            .collect();
        fit.sort_by_key(|one| one.office != own);
        self.approvers = fit.into_iter().map(|one| (one.no.clone(), one.name.clone())).collect();
    }

    fn chosen(&mut self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let mut intents = Vec::new();
        let mut opened = None;
        let mut lifting = None;
        for (id, digit) in chosen {
            let Some(row) = self.with.list.rows().of(&id) else { continue };
            match digit {
                '5' => opened = opened.or(Some(Place::Case(row.case))),
                '7' => intents.push(Intent::Ask(Ask::Print(PaperKind::Missing, Some(row.case)))),
                '8' => match self.no_lift(row) {
                    Some(why) => intents.push(Intent::Warn(why)),
                    None => lifting = lifting.or(Some(lift(row, self.by_telephone()))),
                },
                _ => opened = opened.or(Some(Place::Papers(row.case))),
            }
        }
        match (opened, lifting) {
            (Some(place), _) => intents.push(Intent::Open(place)),
            (None, Some(prompt)) => {
                if prompt.what.by_telephone {
                    intents.push(Intent::Ask(Ask::Officers));
                }
                self.with.ask(Some(prompt));
                intents.push(Intent::Forget);
            }
            (None, None) => {}
        }
        intents
    }

    fn submit(&self) -> Vec<Intent> {
        let Some(prompt) = &self.with.prompt else { return Vec::new() };
        let said = if prompt.what.by_telephone { self.said_by(prompt).map(Some) } else { Ok(None) };
        let reason = prompt.text(usize::from(prompt.what.by_telephone));
        match (said, reason) {
            (Ok(by), Ok(reason)) => {
                let deed = Box::new(Deed::LiftBrake(prompt.what.handler.clone(), by, reason));
                vec![Intent::Ask(Ask::Do { deed, draft: 0 })]
            }
            (Err(text), _) | (_, Err(text)) => vec![Intent::Warn(text)],
        }
    }

    fn said_by(&self, prompt: &Prompt<Lift>) -> Result<OfficerNo, String> {
        let typed = prompt.text(0)?;
        let known = self.approvers.iter().find(|(no, _)| no.0 == typed);
        known
            .map(|(no, _)| no.clone())
            .ok_or_else(|| format!("{typed} 不能准许，请打电话里同意的领导的操作员号：{}", self.may_say()))
    }

    fn may_say(&self) -> String {
        let each: Vec<String> = self.approvers.iter().map(|(no, name)| format!("{no} {name}")).collect();
        each.join("、")
    }
}

fn lift(row: &DeferredRow, by_telephone: bool) -> Prompt<Lift> {
    let who = words::officer(&row.handler_name, &row.handler);
    let what = Lift { handler: row.handler.clone(), by_telephone };
    let how = if by_telephone { "领导电话准许" } else { "准许" };
    let prompt = Prompt::new(what, format!("{how} {who} 急需先办一次，逾期的 {} 仍须补齐", row.number));
    let prompt = if by_telephone { prompt.with(SAID_BY, Kind::Officer, "") } else { prompt };
    prompt.with("原因", Kind::Text, "")
}

impl Screen for DeferredScreen {
    fn name(&self) -> &'static str {
        "待补登记"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let none = self.with.selected().is_none().then(|| "没有选中办件".to_owned());
        let offers = vec![
            Offer::key(Key::Enter, self.with.list.first_option()),
            Offer::new(Action::Lookup).unless(none),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
        ];
        self.with.offers("准许", offers)
    }

    fn hint(&self) -> String {
        if let Some(prompt) = &self.with.prompt {
            let hint = prompt.hint();
            return match hint.strip_prefix(SAID_BY) {
                Some(_) if !self.approvers.is_empty() => {
                    format!("{SAID_BY}：电话里同意的领导的操作员号：{}", self.may_say())
                }
                _ => hint,
            };
        }
        let Some(row) = self.with.selected() else { return String::new() };
        let open: Vec<String> = row
            .open
            .iter()
            .map(|(kind, noted)| if *noted { format!("{}(待确认)", kind.zh()) } else { kind.zh().to_owned() })
            .collect();
        let moved = if row.moved.is_empty() {
            String::new()
        } else {
            format!("；急难未缓解，已延期：{}", row.moved)
        };
        format!("{} 缺 {}，{} 前{moved}", row.number, open.join("、"), row.due.month_day())
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "先行救助的，付款后10个工作日内补登记救助对象、事由、金额，经办人签字、盖章。四（三）一"
                    .to_owned(),
                "缺：对=对象 事=事由 金=金额 签=经办人签字 章=盖章 审=审批人补签 纪=会议纪要。".to_owned(),
                "逾期没补的经办人不能再先行救助；确实急的，审批人或县局用 8 准许急需先办一次；领导在电话里同意的，\
                 经办人用 8 记下是谁、为什么。手续仍要补。"
                    .to_owned(),
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
                return vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Deferred)];
            }
            Msg::Reply(Reply::Me(me)) => {
                let completes = me.officer.is(Duty::Handler) || me.officer.is(Duty::Approver);
                self.with.list.offer(if completes { TABLE.options } else { LOOKS });
                self.with.me = Some(me);
            }
            Msg::Reply(Reply::Officers(officers)) => self.learn_approvers(&officers),
            Msg::Reply(Reply::Deferred(items, today)) => {
                self.with.replace_as_of(items, Stamp::at(today, 0, 0));
            }
            Msg::Reply(reply) => return self.with.answered(&reply, vec![Intent::Ask(Ask::Deferred)]),
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::Cancel | Action::Back) if self.with.prompt.is_some() => {
                return self.with.leave();
            }
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(Action::Lookup) => {
                let number = self.with.selected().map(|row| row.number.clone());
                return number.map(|number| Intent::Open(Place::Lookup(number))).into_iter().collect();
            }
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
    use crate::ui::screens::fixtures::{self, drawn};

    fn screen(roles: &[Duty]) -> DeferredScreen {
        let mut screen = DeferredScreen::new();
        assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Deferred)]);
        screen.update(Msg::Reply(Reply::Me(fixtures::me(roles, Some(103)))));
        screen.update(Msg::Reply(Reply::Deferred(fixtures::deferred(), fixtures::now().day())));
        screen
    }

    #[test]
    fn open_papers_at_80_columns() {
        let mut screen = screen(&[Duty::Handler]);
        assert!(screen.hint().contains("盖章"), "{}", screen.hint());
        insta::assert_snapshot!(drawn(&mut screen));
        let case = fixtures::deferred()[0].case;
        assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Open(Place::Papers(case))]);
    }

    #[test]
    fn a_handler_notes_down_what_an_approver_said_on_the_telephone() {
        let mut handler = screen(&[Duty::Handler]);
        handler.update(Msg::Key(Key::Char('8')));
        let asked = vec![Intent::Ask(Ask::Officers), Intent::Forget];
        assert_eq!(handler.update(Msg::Key(Key::Enter)), asked);
        let officers = vec![
            fixtures::officer("1203", &[Duty::Handler], Some(103)),
            fixtures::officer("1301", &[Duty::Approver], Some(103)),
            fixtures::officer("1401", &[Duty::Approver], Some(102)),
            fixtures::officer("0901", &[Duty::Approver], None),
        ];
        handler.update(Msg::Reply(Reply::Officers(fixtures::lines(officers))));
        let hint = handler.hint();
        assert!(hint.contains("1301") && hint.contains("0901"), "{hint}");
        assert!(
            !hint.contains("1401") && !hint.contains("1203"),
            "another township's approver may not: {hint}"
        );
        let fill = |screen: &mut DeferredScreen, no: &str| {
            screen.update(Msg::Key(Key::CtrlBackspace));
            no.chars().for_each(|c| drop(screen.update(Msg::Key(Key::Char(c)))));
        };
        fill(&mut handler, "1401");
        handler.update(Msg::Key(Key::Enter));
        handler.update(Msg::Burst("孩子高烧送医".to_owned()));
        let refused = handler.update(Msg::Action(Action::Submit));
        assert!(matches!(refused.as_slice(), [Intent::Warn(text)] if text.contains("1301")), "{refused:?}");
        handler.update(Msg::Key(Key::Up));
        fill(&mut handler, "1301");
        let deed = Deed::LiftBrake(
            fixtures::deferred()[0].handler.clone(),
            Some(OfficerNo::from("1301")),
            "孩子高烧送医".to_owned(),
        );
        let done = Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 });
        assert_eq!(handler.update(Msg::Action(Action::Submit)), vec![done]);
    }

    #[test]
    fn only_an_approver_lifts_the_brake_and_only_with_a_reason() {
        let mut other = screen(&[Duty::Supervisor]);
        assert!(!drawn(&mut other).contains("急需先办"), "who completes no papers is not offered it");
        let mut approver = screen(&[Duty::Approver]);
        approver.update(Msg::Key(Key::Char('8')));
        assert_eq!(approver.update(Msg::Key(Key::Enter)), vec![Intent::Forget]);
        assert!(matches!(approver.update(Msg::Action(Action::Submit)).as_slice(), [Intent::Warn(_)]));
        approver.update(Msg::Burst("孩子高烧送医".to_owned()));
        let deed = Deed::LiftBrake(fixtures::deferred()[0].handler.clone(), None, "孩子高烧送医".to_owned());
        let done = Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 });
        assert_eq!(approver.update(Msg::Action(Action::Submit)), vec![done]);
        approver.update(Msg::Action(Action::Cancel));
        approver.update(Msg::Key(Key::Down));
        approver.update(Msg::Key(Key::Char('8')));
        assert!(
            matches!(approver.update(Msg::Key(Key::Enter)).as_slice(), [Intent::Warn(text)] if text.contains("没有逾期"))
        );
    }
}
