//! Helps for tests of form screens: a clerk who presses keys, and a desk that answers at once or when told to.

use std::collections::{BTreeSet, VecDeque};

use crate::base::day::{Day, Stamp};
use crate::base::id_no::Sex;
use crate::base::money::Money;
use crate::domain::answers::{Case, Item};
use crate::domain::code::Code;
use crate::domain::course::Course;
use crate::domain::grant::{Grant, Line, Source};
use crate::domain::ids::{AuthorityId, CaseId, HouseholdId, LineId, MatterId, OfficerNo, PersonId};
use crate::domain::nouns::{
    Applicant, Circumstance, ItemKind, LineKind, Need, Path, PayBy, Payee, Schemes, Severity, Stage, Status,
    Way,
};
use crate::domain::office::{Office, Officer, Role, Tier};
use crate::domain::pack::PathFigures;
use crate::domain::pack::{CY_2021_15, Pack};
use crate::domain::refusal::Refusal;
use crate::forms::Offer;
use crate::office::front::deed::Deed;
use crate::office::front::drafts::Keep;
use crate::office::front::path::StepView;
use crate::office::front::weigh::Weighed;
use crate::store::desk::Draft;
use crate::store::replica::lookup::{FamilyCard, Hit, Member, Prior, Sum};
use crate::store::replica::views::card::{CaseCard, FundView, GivenWord, Opening, Sums};
use crate::store::replica::views::partners::PartnerRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::product::path::{PathAsk, PathReply};
use crate::ui::product::{Ask, Reply, StartView};
use crate::ui::screen::{Intent, Msg, Screen, Size};
use crate::ui::testing;
use crate::ui::theme::Theme;

pub(crate) const KNOWN: &str = "211321196804120012";

pub(crate) fn today() -> Day {
    Day::new(2026, 11, 23).unwrap()
}

pub(crate) fn start(form: &'static str) -> StartView {
    StartView {
        form,
        officer: Officer {
            no: OfficerNo::from("1203"),
            name: "李桂芳".to_owned(),
            office: Office::Township(102),
            roles: BTreeSet::from([Role::Handler]),
            key: None,
            since: Stamp(0),
            limit: None,
            ended: false,
        },
        now: Stamp::at(today(), 9, 15),
        goods: Vec::new(),
        partners: Vec::new(),
        team: Vec::new(),
        standard: Pack::read(CY_2021_15).unwrap().standard,
        approvers: vec![Offer::new("1301", "周立新 乡镇"), Offer::new("0901", "孙丽 县局")],
        last: String::new(),
        online: true,
    }
}

pub(crate) fn village() -> u64 {
    crate::base::division::villages_of(102).next().unwrap().code
}

fn prior(year: i32, circumstance: Circumstance, tier: Tier, fen: i64, imported: bool) -> Prior {
    Prior {
        grant: Grant {
            source: Source::Case(CaseId([3; 16])),
            number: String::new(),
            matter: None,
            circumstance: Some(circumstance),
            people: vec![PersonId([1; 16])],
            household: None,
            township: 102,
            tier,
            way: Way::Ordinary,
            amount: Money::from_fen(fen),
            on: Day::new(year, 3, 14).unwrap(),
            provisional: false,
            paid: true,
        },
        matter_number: String::new(),
        kinds: vec![LineKind::Money],
        stage: (!imported).then_some(Stage::Paid),
        handler: None,
        imported,
    }
}

pub(crate) fn family() -> FamilyCard {
    FamilyCard {
        who: Hit {
            person: PersonId([1; 16]),
            name: "单文彩".to_owned(),
            sex: Some(Sex::Male),
            age: Some(58),
            id_masked: "211321********0012".to_owned(),
            township: Some(102),
            village: Some(village()),
            household: Some(HouseholdId([2; 16])),
            household_size: 3,
            status: Some(Status::RuralAllowance),
            three_years: Sum { count: 3, amount: Money::from_fen(240_000) },
            died: None,
            also: Vec::new(),
        },
        id_no: KNOWN.to_owned(),
        phone: "13900000000".to_owned(),
        address: String::new(),
        account: "6217000000000000020".to_owned(),
        bank: "农商行".to_owned(),
        resident: true,
        own: vec![
            prior(2025, Circumstance::from_digit(3).unwrap(), Tier::Township, 40_000, false),
            prior(2025, Circumstance::from_digit(4).unwrap(), Tier::County, 150_000, false),
            prior(2024, Circumstance::from_digit(2).unwrap(), Tier::Township, 50_000, true),
        ],
        members: vec![Member {
            person: PersonId([4; 16]),
            name: "刘淑芬".to_owned(),
            relation: "10".to_owned(),
            sex: Some(Sex::Female),
            age: Some(55),
            three_years: Sum { count: 1, amount: Money::from_fen(40_000) },
            last: Day::new(2025, 5, 20),
        }],
        household_three_years: Sum { count: 4, amount: Money::from_fen(280_000) },
        household_year: Vec::new(),
        last: None,
    }
}

fn item(kind: ItemKind, done: bool) -> Item {
    Item {
        case: CaseId([7; 16]),
        number: "26-102-0117".to_owned(),
        kind,
        due: Day::new(2026, 12, 7).unwrap(),
        handler: OfficerNo::from("1203"),
        noted: false,
        done: done.then(today),
    }
}

/// A case paid first: one paper complete, four open.
pub(crate) fn case() -> CaseCard {
    let line = Line {
        line: LineId([8; 16]),
        kind: LineKind::Money,
        amount: Money::from_fen(50_000),
        goods: None,
        pay_by: PayBy::Bank,
        payee: Payee::Self_,
        after: 0,
    };
    CaseCard {
        taker: None,
        holder: String::new(),
        case: Case {
            id: CaseId([7; 16]),
            number: "26-102-0117".to_owned(),
            matter: MatterId([5; 16]),
            person: PersonId([1; 16]),
            household: Some(HouseholdId([2; 16])),
            applicant: Applicant::Household,
            township: 102,
            circumstance: Circumstance::from_digit(2).unwrap(),
            severity: Severity::Serious,
            path: Path::Emergency,
            schemes: Schemes::NotYet,
            by_meeting: false,
            meeting: None,
            handler: OfficerNo::from("1203"),
            accepted: today(),
            pack: "CY-2021-15".to_owned(),
            stage: Stage::Approved,
            tier: None,
            asked: vec![line.clone()],
            granted: vec![line],
            way: Some(Way::Direct),
            provisional: false,
            decided_by: Some(OfficerNo::from("1301")),
            paid: BTreeSet::new(),
            outlay: Money::ZERO,
            ratification_due: None,
            marked: false,
            touched_n: 1,
            touched_by: OfficerNo::from("1203"),
        },
        opening: Opening {
            helped: 3,
            village: village(),
            place: None,
            need: Need::Sudden,
            opened: Stamp::at(today(), 9, 0),
            since: Stamp::at(today(), 9, 0),
            due: None,
            reason: "突发心梗".to_owned(),
            told: std::collections::BTreeMap::new(),
            minutes: String::new(),
            blank: String::new(),
            home_to_ask: false,
            handler_name: "李桂芳".to_owned(),
            decided_on: None,
            decided_tier: None,
        },
        matter: None,
        lead: None,
        family: Some(family()),
        household_prior: Vec::new(),
        sums: Sums::default(),
        standard: None,
        hints: Vec::new(),
        fund: FundView {
            cash: Money::from_fen(60_000),
            bank: Money::from_fen(200_000),
            cash_after: Money::from_fen(60_000),
            bank_after: Money::from_fen(150_000),
        },
        items: vec![
            item(ItemKind::Subject, true),
            item(ItemKind::Cause, false),
            item(ItemKind::Amount, false),
            item(ItemKind::HandlerSignature, false),
            item(ItemKind::Seal, false),
        ],
        payments: Vec::new(),
        authorisations: Vec::new(),
        exceptions: Vec::new(),
        noted: Vec::new(),
        marks: Vec::new(),
        relatives_of: Vec::new(),
        maybe_relatives: Vec::new(),
        steps: Vec::new(),
        path: None,
        hides_hardship: false,
    }
}

pub(crate) fn authorisation() -> GivenWord {
    GivenWord {
        id: AuthorityId([6; 16]),
        by: OfficerNo::from("1301"),
        name: "周立新".to_owned(),
        tier: Tier::Township,
        amount: Money::from_fen(50_000),
        at: Stamp::at(today(), 9, 0),
        signed: true,
        verified: true,
        used: false,
    }
}

/// A screen with somebody at its keys and a desk behind it.
pub(crate) struct Clerk {
    pub screen: Box<dyn Screen>,
    pub start: StartView,
    pub case: CaseCard,
    pub verdicts: Vec<Refusal>,
    pub settle: Option<Reply>,
    pub drafts: Vec<Draft>,
    pub kept: Vec<Keep>,
    pub deeds: Vec<(Deed, u64)>,
    pub weighed: Vec<Deed>,
    pub said: Vec<Intent>,
    pub pressed: usize,
    pub known: bool,
    /// The register of partners.
    pub partners: Vec<PartnerRow>,
    /// What was done of the path, for the forms of its steps.
    pub course: Course,
    /// While false the desk holds its answers back.
    pub prompt: bool,
    held: VecDeque<Reply>,
}

impl Clerk {
    /// Shows the screen with a desk that answers at once.
    pub fn at(screen: impl Screen + 'static, form: &'static str) -> Clerk {
        Clerk::with(screen, start(form), |_| {})
    }

    /// The same, with something changed at the desk first.
    pub fn with(screen: impl Screen + 'static, start: StartView, change: impl FnOnce(&mut Clerk)) -> Clerk {
        let mut clerk = Clerk {
            screen: Box::new(screen),
            start,
            case: case(),
            verdicts: Vec::new(),
            settle: None,
            drafts: Vec::new(),
            kept: Vec::new(),
            deeds: Vec::new(),
            weighed: Vec::new(),
            said: Vec::new(),
            pressed: 0,
            known: true,
            partners: Vec::new(),
            course: Course::default(),
            prompt: true,
            held: VecDeque::new(),
        };
        change(&mut clerk);
        clerk.send(Msg::Sized(Size { rows: 19, cols: 80 }));
        clerk.send(Msg::Shown);
        clerk
    }

    pub fn send(&mut self, msg: Msg) {
        let mut intents: VecDeque<Intent> = self.screen.update(msg).into();
        loop {
            while let Some(intent) = intents.pop_front() {
                match intent {
                    Intent::Ask(ask) => {
                        let reply = self.answer(ask);
                        self.held.extend(reply);
                    }
                    other => self.said.push(other),
                }
            }
            let Some(reply) = self.prompt.then(|| self.held.pop_front()).flatten() else { return };
            intents.extend(self.screen.update(Msg::Reply(reply)));
        }
    }

    /// The desk answers what it held back.
    pub fn release(&mut self) {
        self.prompt = true;
        self.send(Msg::Reply(Reply::News));
    }

    fn answer(&mut self, ask: Ask) -> Option<Reply> {
        Some(match ask {
            Ask::Start(_) => Reply::Start(Box::new(self.start.clone())),
            Ask::Drafts => Reply::Drafts(self.drafts.clone()),
            Ask::Draft(id) => Reply::Draft(self.drafts.iter().find(|draft| draft.id == id)?.clone()),
            Ask::DropDraft(id) => {
                self.drafts.retain(|draft| draft.id != id);
                Reply::Drafts(self.drafts.clone())
            }
            Ask::Keep(keep) => {
                let id = if keep.id == 0 { 100 + self.kept.len() as u64 } else { keep.id };
                self.kept.push(keep);
                Reply::Kept(id, Stamp::at(today(), 9, 18))
            }
            Ask::Holder(number) => Reply::Family((self.known && number == KNOWN).then(|| Box::new(family()))),
            Ask::Family(_) => Reply::Family(Some(Box::new(family()))),
            Ask::Case(_) => Reply::Case(Some(Box::new(self.case.clone()))),
            Ask::Path(PathAsk::Step(_)) => Reply::Path(PathReply::Step(Some(Box::new(self.step_view())))),
            Ask::Partners => Reply::Partners(self.partners.clone()),
            Ask::Weigh(deed) => {
                self.weighed.push(*deed);
                let left = Some(Money::from_fen(50_000));
                Reply::Weighed(Weighed { verdicts: self.verdicts.clone(), township_left: left })
            }
            Ask::Do { deed, draft } => {
                self.deeds.push((*deed, draft));
                self.settle.clone().unwrap_or(Reply::Done {
                    sentence: "26-102-0118 已报批".to_owned(),
                    case: None,
                    notes: Vec::new(),
                })
            }
            Ask::Remember(..) => return None,
            other => {
                self.said.push(Intent::Ask(other));
                return None;
            }
        })
    }

    fn step_view(&self) -> StepView {
        StepView {
            card: self.case.clone(),
            course: self.course.clone(),
            entered: Vec::new(),
            officers: vec![
                Offer::new("1203", "李桂芳"),
                Offer::new("1204", "赵敏"),
                Offer::new("0901", "孙丽"),
            ],
            figures: PathFigures::default(),
        }
    }

    pub fn key(&mut self, key: Key) {
        self.pressed += 1;
        self.send(Msg::Key(key));
    }

    pub fn act(&mut self, action: Action) {
        self.pressed += 1;
        self.send(Msg::Action(action));
    }

    /// Presses the characters; `\n` is Enter.
    pub fn keys(&mut self, text: &str) {
        for c in text.chars() {
            self.key(if c == '\n' { Key::Enter } else { Key::Char(c) });
        }
    }

    /// The last sentence in the message line.
    pub fn line(&self) -> String {
        let said = self.said.iter().rev().find_map(|intent| match intent {
            Intent::Say(text) | Intent::Warn(text) => Some(text.clone()),
            _ => None,
        });
        said.unwrap_or_default()
    }

    pub fn went_back(&self) -> bool {
        self.said.contains(&Intent::Back)
    }

    /// The body in a window of that many columns, drawn with widths that are certain and the caret inside.
    pub fn drawn(&mut self, cols: u16, rows: u16) -> String {
        let size = Size { rows, cols };
        self.send(Msg::Sized(size));
        let mut buffer = testing::buffer(cols, rows);
        let (theme, _) = Theme::load("plain", None, false);
        self.screen.draw(&mut Canvas::new(&mut buffer, &theme));
        testing::assert_widths_certain(&buffer);
        let (row, col) = self.screen.caret();
        assert!(row < rows && col < cols, "{row} {col}");
        testing::text(&buffer)
    }

    /// The body at every size that is promised; the first one comes back.
    pub fn drawn_everywhere(&mut self) -> String {
        self.drawn(60, 14);
        self.drawn(132, 37);
        self.drawn(80, 19)
    }
}

/// A warning that asks for a reason, and a refusal.
pub(crate) fn warning() -> Refusal {
    Refusal::new(Code::YearEdge, "event_date", "去年十二月同一事项救助过")
}

pub(crate) fn refusal() -> Refusal {
    Refusal::new(Code::TierAuth, "amount", "累计超出乡镇权限，请报县局")
}

/// What was kept last, as the desk gives it back.
pub(crate) fn as_draft(keep: &Keep, id: u64) -> Draft {
    Draft {
        id,
        officer: "1203".to_owned(),
        form: keep.form.to_owned(),
        title: keep.title.clone(),
        answers: serde_json::from_str(&keep.text).unwrap(),
        field: keep.field.clone(),
        saved_ms: Stamp::at(today(), 9, 18).0,
    }
}
