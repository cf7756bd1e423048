//! 操作员: who is who, and what the administrator does with them: roles, suspension, a stolen key, leaving. New officers and
//! lost passwords come as requests, on a screen of their own.

use crate::base::day::Stamp;
use crate::domain::office::{Officer, Role as Duty};
use crate::domain::powers::is_recovery;
use crate::office::front::deed::Deed;
use crate::office::front::officers::{OfficerDeed, OfficerLine};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::{Ask, MeView, Place, Reply, office_name};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::officer_words::{
    ROLES_SHORT, code_of, digits_of, limit_of, office_of, roles_of, words_of,
};
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::signed_prompt::SignedPrompt;
use crate::ui::screens::words;
use crate::ui::table::Column;
use std::collections::BTreeSet;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母/操作员号",
    columns: &[
        Column::left("操作员", 6),
        Column::left("姓名", 8),
        Column::left("单位", 20).rank(1),
        Column::left("岗位", 18).grow(),
        Column::left("起", 10).rank(2),
        Column::left("状态", 6),
    ],
    options: &[RowOption { digit: '5', label: "查看" }],
    ticks: false,
    empty: "没有操作员",
};

/// The options of an administrator.
const ADMINISTERS: &[RowOption] = &[
    RowOption { digit: '2', label: "岗位" },
    RowOption { digit: '4', label: "停用" },
    RowOption { digit: '5', label: "查看" },
    RowOption { digit: '8', label: "密钥失窃" },
    RowOption { digit: '9', label: "离岗" },
];

fn state(officer: &Officer) -> &'static str {
    match (officer.is_suspended(), officer.ended, &officer.key) {
        (true, _, _) => "停用",
        (false, true, _) => "离岗",
        (false, false, None) => "无密钥",
        (false, false, Some(_)) => "在岗",
    }
}

impl Shown for OfficerLine {
    fn id(&self) -> String {
        self.officer.no.to_string()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let officer = &self.officer;
        vec![
            officer.no.to_string(),
            officer.name.clone(),
            office_name(officer.office),
            roles(self),
            officer.since.day().to_string(),
            state(officer).to_owned(),
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        self.officer.ended.then_some(Role::Muted)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.officer.name, vec![&self.officer.no.0])
    }
}

/// His roles, and for whom he stands in until when.
fn roles(line: &OfficerLine) -> String {
    let own = words_of(&line.officer.roles);
    match &line.stands_in {
        Some(lent) => format!("{own} 代{}至{}", lent.giver, lent.until.month_day()),
        None => own,
    }
}

/// What is done with an officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Roles,
    Suspend,
    Stolen,
    Leaves,
}

/// The screen.
#[derive(Debug)]
pub struct OfficersScreen {
    parts: SignedPrompt<OfficerLine, (What, Officer)>,
}

impl Default for OfficersScreen {
    fn default() -> OfficersScreen {
        OfficersScreen::new()
    }
}

impl OfficersScreen {
    /// The list of officers.
    pub fn new() -> OfficersScreen {
        OfficersScreen { parts: SignedPrompt::new(TABLE) }
    }

    fn is_administrator(&self) -> bool {
        self.parts.with.me.as_ref().is_some_and(|me| me.officer.is(Duty::Administrator))
    }

    /// An administrator has more options; the rows stay.
    fn learn_me(&mut self, me: Box<MeView>) {
        self.parts.with.me = Some(me);
        let options = if self.is_administrator() { ADMINISTERS } else { TABLE.options };
        self.parts.with.list.offer(options);
    }

    fn told(&self) -> String {
        let row = self.parts.with.selected();
        row.map(|line| {
            let officer = &line.officer;
            let who = words::officer(&officer.name, &officer.no);
            let (office, state) = (office_name(officer.office), state(officer));
            let limit =
                officer.limit.map(|limit| format!(" 个人限额{}元", limit.grouped())).unwrap_or_default();
            let roles = words_of(&officer.roles);
            let lent = line
                .stands_in
                .as_ref()
                .map(|lent| format!("，代{}审批到{}", words::officer(&lent.name, &lent.giver), lent.until));
            let lent = lent.unwrap_or_default();
            format!("{who} {office} {roles}{limit} {} 起，{state}{lent}", officer.since.day())
        })
        .unwrap_or_default()
    }

    fn begin(&mut self, officer: Officer, digit: char) -> Vec<Intent> {
        let who = words::officer(&officer.name, &officer.no);
        let today = self.parts.with.now().day();
        let (code, roles) = (code_of(officer.office), digits_of(&officer.roles));
        let limit = officer.limit.map(|limit| limit.to_string()).unwrap_or_default();
        let prompt = match digit {
            '2' => Prompt::new((What::Roles, officer), format!("{who}；{ROLES_SHORT}"))
                .with("单位", Kind::Digits, &code)
                .with("岗位", Kind::Digits, &roles)
                .with("个人限额", Kind::Limit, &limit),
            '4' => {
                Prompt::new((What::Suspend, officer), format!("停用 {who}：岗位留着，不能登录，签的都不算"))
                    .with("确定", Kind::Choice(vec!["停用"]), "")
            }
            '8' => Prompt::new((What::Stolen, officer), format!("{who} 密钥失窃：现在的密钥立刻停用"))
                .with("从哪天起", Kind::Day(today), "")
                .with("确定", Kind::Choice(vec!["停用密钥"]), ""),
            '9' => Prompt::new((What::Leaves, officer), format!("{who} 离岗：名下有未办结的先办工作交接"))
                .with("确定", Kind::Choice(vec!["离岗"]), ""),
            _ => return vec![Intent::Say(self.told())],
        };
        self.parts.with.ask(Some(prompt));
        Vec::new()
    }

    fn deed(prompt: &Prompt<(What, Officer)>) -> Result<Deed, String> {
        let (what, officer) = &prompt.what;
        let no = officer.no.clone();
        Ok(Deed::Officers(match what {
            What::Roles => OfficerDeed::Roles(
                no,
                office_of(&prompt.text(0)?)?,
                roles_of(&prompt.text(1)?)?,
                limit_of(&prompt.text(2)?)?,
            ),
            What::Suspend => {
                prompt.choice(0)?;
                OfficerDeed::Suspend(no)
            }
            What::Stolen => {
                let since = prompt.day(0)?;
                prompt.choice(1)?;
                OfficerDeed::Revoke(no, Some(since))
            }
            What::Leaves => {
                prompt.choice(0)?;
                OfficerDeed::Roles(no, officer.office, BTreeSet::new(), None)
            }
        }))
    }

    fn chosen(&mut self, chosen: &[(String, char)]) -> Vec<Intent> {
        let Some((id, digit)) = chosen.first() else { return Vec::new() };
        match self.parts.with.list.rows().of(id).cloned() {
            Some(line) if self.is_administrator() => self.begin(line.officer, *digit),
            _ => vec![Intent::Say(self.told())],
        }
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        if let Some(intents) = self.parts.signing.reply(&reply) {
            return intents;
        }
        match reply {
            Reply::News => return vec![Intent::Ask(Ask::Officers)],
            Reply::Me(me) => self.learn_me(me),
            Reply::Officers(mut items) => {
                items.retain(|line| !is_recovery(&line.officer.no));
                self.parts.with.replace(items);
            }
            Reply::Done { .. } | Reply::Held(_) => {
                self.parts.with.ask(None);
                let mut intents = vec![Intent::Ask(Ask::Officers)];
                intents.extend(words::outcome(&reply));
                return intents;
            }
            reply => return words::outcome(&reply).into_iter().collect(),
        }
        Vec::new()
    }
}

impl Screen for OfficersScreen {
    fn name(&self) -> &'static str {
        "操作员"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let mut offers = vec![
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.parts.with.list.one_page()),
        ];
        if self.is_administrator() {
            offers.insert(2, Offer::named(Action::New, "申请登记"));
        }
        self.parts.with.offers("办理", offers)
    }

    fn hint(&self) -> String {
        self.parts.hint().unwrap_or_else(|| self.told())
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "一人一号，各用各的密码和签名。同一办件的经办人和审批人、审批人和发放人不能是同一人。五（三）".to_owned(),
                "督导只看不办；管理员管操作员和密钥，不办业务。".to_owned(),
                "管理员：2 岗位（停用的也由此恢复），4 停用，8 密钥失窃，9 离岗；新操作员和忘了密码的，按 F6 看申请。".to_owned(),
                "停用、停用密钥、离岗一名管理员就能办；授予岗位有两名管理员的要另一名同意。".to_owned(),
                "密钥失窃：先 8 停用，再请他重新申请密码，最后在工作台换数据密钥，并核对失窃以来他签过的办件。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        self.parts.holds()
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.parts.with.resize(size),
            Msg::Shown => return vec![Intent::Ask(Ask::Officers), Intent::Ask(Ask::Me)],
            Msg::Action(Action::Refresh) => return vec![Intent::Ask(Ask::Officers)],
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
            Msg::Action(Action::New) if self.is_administrator() && self.parts.with.prompt.is_none() => {
                return vec![Intent::Open(Place::Requests)];
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
        self.parts.draw(canvas);
    }

    fn caret(&self) -> (u16, u16) {
        self.parts.caret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::front::officers::StandIn;
    use crate::ui::screen::Size;
    use crate::ui::screens::fixtures::{self, drawn};

    #[test]
    fn officers_at_80_columns() {
        let mut screen = OfficersScreen::new();
        assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Officers), Intent::Ask(Ask::Me)]);
        let mut ended = fixtures::officer("1204", &[Duty::Handler], Some(103));
        ended.ended = true;
        let all = vec![
            fixtures::officer("1203", &[Duty::Handler], Some(103)),
            ended,
            fixtures::officer("9001", &[Duty::Approver, Duty::Finance], None),
        ];
        let mut all = fixtures::lines(all);
        all[0].stands_in = Some(StandIn {
            giver: "1205".into(),
            name: "宋振华".to_owned(),
            until: fixtures::now().day().plus(9),
        });
        screen.update(Msg::Reply(Reply::Officers(all)));
        assert!(screen.hint().contains("代宋振华(1205)审批到2026-12-02"), "{}", screen.hint());
        insta::assert_snapshot!(drawn(&mut screen));
        assert!(
            matches!(screen.update(Msg::Key(Key::Enter)).as_slice(), [Intent::Say(text)] if text.contains("1203"))
        );
    }

    fn administrator() -> OfficersScreen {
        let mut screen = OfficersScreen::new();
        screen.update(Msg::Sized(Size { rows: 19, cols: 80 }));
        let all = vec![
            fixtures::officer("0", &[], None),
            fixtures::officer("1203", &[Duty::Handler], Some(103)),
            fixtures::officer("9900", &[Duty::Administrator], None),
        ];
        screen.update(Msg::Reply(Reply::Officers(fixtures::lines(all))));
        let me = MeView {
            officer: fixtures::officer("9900", &[Duty::Administrator], None),
            now: fixtures::now(),
            township_limit: crate::base::money::Money::ZERO,
            on_duty: String::new(),
            password_above: crate::base::money::Money::ZERO,
        };
        screen.update(Msg::Reply(Reply::Me(Box::new(me))));
        screen
    }

    fn option(screen: &mut OfficersScreen, digit: char) {
        screen.update(Msg::Key(Key::Char(digit)));
        screen.update(Msg::Key(Key::Enter));
    }

    fn signed(screen: &mut OfficersScreen) -> OfficerDeed {
        let asked = screen.update(Msg::Action(Action::Submit));
        assert!(asked.contains(&Intent::Forget), "{asked:?}");
        screen.update(Msg::Burst("mima-1".to_owned()));
        screen.update(Msg::Key(Key::Enter));
        let done = screen.update(Msg::Reply(Reply::RunOpened(Stamp(9))));
        let [Intent::Ask(Ask::Do { deed, .. })] = done.as_slice() else { panic!("{done:?}") };
        let Deed::Officers(deed) = deed.as_ref().clone() else { panic!() };
        deed
    }

    #[test]
    fn an_administrator_gives_roles_suspends_and_stops_a_stolen_key_with_the_password_each_time() {
        let mut screen = administrator();
        let text = drawn(&mut screen);
        assert!(text.contains("2=岗位") || text.contains("2 岗位"), "{text}");
        assert!(!text.contains(" 0 "), "the recovery seed is nobody: {text}");
        option(&mut screen, '2');
        screen.update(Msg::Key(Key::Down));
        screen.update(Msg::Key(Key::Char('2')));
        let both: BTreeSet<Duty> = [Duty::Handler, Duty::Approver].into();
        let deed = signed(&mut screen);
        assert_eq!(
            deed,
            OfficerDeed::Roles("1203".into(), crate::domain::office::Office::Township(103), both, None)
        );

        let mut screen = administrator();
        option(&mut screen, '4');
        let said = screen.update(Msg::Action(Action::Submit));
        assert!(matches!(said.as_slice(), [Intent::Warn(_)]), "nothing is preset: {said:?}");
        screen.update(Msg::Key(Key::Char('1')));
        assert_eq!(signed(&mut screen), OfficerDeed::Suspend("1203".into()));

        let mut screen = administrator();
        option(&mut screen, '8');
        for c in "-3".chars() {
            screen.update(Msg::Key(Key::Char(c)));
        }
        screen.update(Msg::Key(Key::Down));
        screen.update(Msg::Key(Key::Char('1')));
        let since = fixtures::now().day().plus(-3);
        assert_eq!(signed(&mut screen), OfficerDeed::Revoke("1203".into(), Some(since)));
    }

    #[test]
    fn nobody_else_has_these_options() {
        let mut screen = OfficersScreen::new();
        screen.update(Msg::Reply(Reply::Officers(fixtures::lines(vec![fixtures::officer(
            "1203",
            &[Duty::Handler],
            Some(103),
        )]))));
        screen.update(Msg::Key(Key::Char('4')));
        screen.update(Msg::Key(Key::Enter));
        assert!(screen.parts.with.prompt.is_none());
    }
}
