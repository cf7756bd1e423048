//! 待我同意的授予: what another administrator granted, and waits for a second word.

use crate::base::day::Stamp;
use crate::domain::ids::OfficerNo;
use crate::domain::powers::OfficeGrant;
use crate::office::front::deed::Deed;
use crate::office::front::officers::{OfficerDeed, WaitingGrant};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{Happened, List, ListTable, RowOption};
use crate::ui::product::{Ask, Reply, office_name};
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::held::{Held, Shown};
use crate::ui::screens::officer_words::words_of;
use crate::ui::screens::signing::Signing;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "操作员号",
    columns: &[
        Column::left("操作员", 8),
        Column::left("姓名", 8).rank(2),
        Column::left("事项", 10),
        Column::left("单位、岗位、限额", 30).grow(),
        Column::left("提出人", 14).rank(1),
    ],
    options: &[RowOption { digit: '1', label: "同意" }, RowOption { digit: '4', label: "撤销" }],
    ticks: false,
    empty: "没有等着同意的授予",
};

fn what(grant: &OfficeGrant) -> String {
    match grant {
        OfficeGrant::Enrol { office, roles, limit, .. } | OfficeGrant::Roles { office, roles, limit, .. } => {
            let limit = limit.map(|limit| format!(" 限额{}元", limit.grouped())).unwrap_or_default();
            format!("{} {}{limit}", office_name(*office), words_of(roles))
        }
        OfficeGrant::Rekey { .. } => "换上新密码".to_owned(),
    }
}

impl Shown for WaitingGrant {
    fn id(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let grant = &self.proposal.grant;
        vec![
            grant.officer().to_string(),
            self.name.clone(),
            grant.zh().to_owned(),
            what(grant),
            words::officer(&self.by, &self.proposal.by),
        ]
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.name, vec![&self.proposal.grant.officer().0])
    }
}

/// The screen.
#[derive(Debug)]
pub struct ProposalsScreen {
    list: List<Held<WaitingGrant>>,
    me: Option<OfficerNo>,
    /// What is to be signed next, in words.
    chosen: Option<(OfficerDeed, String)>,
    signing: Signing,
    size: Size,
}

impl Default for ProposalsScreen {
    fn default() -> ProposalsScreen {
        ProposalsScreen::new()
    }
}

impl ProposalsScreen {
    /// The list of grants that wait.
    pub fn new() -> ProposalsScreen {
        ProposalsScreen {
            list: List::new(TABLE, Held::empty()),
            me: None,
            chosen: None,
            signing: Signing::new(),
            size: Size { rows: 19, cols: 80 },
        }
    }

    fn choose(&mut self, row: &WaitingGrant, digit: char) -> Vec<Intent> {
        let grant = &row.proposal.grant;
        let told = format!("{} {} {}：{}", grant.zh(), grant.officer(), row.name, what(grant));
        if digit == '4' {
            self.chosen = Some((OfficerDeed::Withdraw(row.id), format!("撤销 {told}")));
        } else if Some(&row.proposal.by) == self.me.as_ref() {
            return vec![Intent::Warn("这是您自己提出的，须由另一名管理员登录后同意".to_owned())];
        } else {
            self.chosen = Some((OfficerDeed::Second(row.id), format!("同意 {told}")));
        }
        vec![Intent::Say("看清楚了按 F10，输密码办理；F12 不办".to_owned())]
    }

    fn happened(&mut self, happened: Happened) -> Vec<Intent> {
        match happened {
            Happened::Chosen(chosen) => {
                let first = chosen.first();
                let row = first.and_then(|(id, digit)| Some((self.list.rows().of(id)?.clone(), *digit)));
                row.map(|(row, digit)| self.choose(&row, digit)).unwrap_or_default()
            }
            Happened::Say(text) => vec![Intent::Say(text)],
            Happened::Nothing | Happened::Moved => Vec::new(),
        }
    }

    fn reply(&mut self, reply: &Reply) -> Vec<Intent> {
        if let Some(intents) = self.signing.reply(reply) {
            return intents;
        }
        match reply {
            Reply::Proposals(view) => {
                self.me = Some(view.me.clone());
                self.list.replace(Held { items: view.waiting.clone(), now: Stamp(0) });
                Vec::new()
            }
            Reply::News => vec![Intent::Ask(Ask::Proposals)],
            Reply::Done { .. } | Reply::Held(_) | Reply::Refused(_) => {
                self.chosen = None;
                let mut intents = vec![Intent::Ask(Ask::Proposals)];
                intents.extend(words::outcome(reply));
                intents
            }
            _ => words::outcome(reply).into_iter().collect(),
        }
    }

    fn foot(&self) -> u16 {
        self.size.rows.saturating_sub(2)
    }
}

impl Screen for ProposalsScreen {
    fn name(&self) -> &'static str {
        "待我同意的授予"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let why = self.chosen.is_none().then(|| "先按 1 同意或 4 撤销，再按 F10".to_owned());
        vec![
            Offer::named(Action::Sign, "签字办理").unless(why),
            Offer::new(Action::Cancel),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
        ]
    }

    fn hint(&self) -> String {
        match &self.chosen {
            Some(_) => "F10 输密码办理，F12 不办".to_owned(),
            None => "1 同意，4 撤销；先核对单位、岗位、限额，拿不准的打电话问提出人".to_owned(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "有两名以上管理员时，登记操作员、授予岗位、重设密码由一名提出、另一名同意，才生效。"
                    .to_owned(),
                "停用、停用密钥、离岗不用等：一名就能办，先止损。".to_owned(),
                "同意以后，数据密钥同时发给他，他就能登录和查看。同意和提出的人都印在月报上。".to_owned(),
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
                self.list.resize(Size { rows: size.rows.saturating_sub(2), cols: size.cols });
            }
            Msg::Shown | Msg::Action(Action::Refresh) => return vec![Intent::Ask(Ask::Proposals)],
            Msg::Reply(reply) => return self.reply(&reply),
            Msg::Key(key) if self.signing.is_busy() => return self.signing.key(key),
            Msg::Key(key) => {
                let happened = self.list.key(key);
                return self.happened(happened);
            }
            Msg::Burst(text) if self.signing.is_busy() => return self.signing.burst(&text),
            Msg::Burst(text) => {
                let happened = self.list.burst(&text);
                return self.happened(happened);
            }
            Msg::Action(Action::Sign) if !self.signing.is_busy() => {
                let Some((deed, _)) = self.chosen.clone() else { return Vec::new() };
                return self.signing.begin(Deed::Officers(deed), true);
            }
            Msg::Action(Action::Cancel | Action::Back) if self.signing.is_busy() => self.signing.cancel(),
            Msg::Action(Action::Cancel) => self.chosen = None,
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        self.list.draw(&mut canvas.rows(0, self.foot()));
        if let Some((_, told)) = &self.chosen {
            let cols = self.size.cols;
            canvas.put_within(self.foot(), 1, cols.saturating_sub(2), told, crate::ui::role::Role::Sign);
        }
        self.signing.draw(canvas, self.foot() + 1, self.size.cols);
    }

    fn caret(&self) -> (u16, u16) {
        if self.signing.is_asking() {
            return (self.foot() + 1, self.signing.caret().1);
        }
        self.list.caret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ProposalId;
    use crate::domain::office::{Office, Role};
    use crate::domain::powers::Proposal;
    use crate::office::front::officers::KeysView;
    use crate::ui::screens::fixtures::drawn;

    fn waiting(id: u8, by: &str) -> WaitingGrant {
        let grant = OfficeGrant::Roles {
            officer: "1203".into(),
            office: Office::Township(103),
            roles: [Role::Handler, Role::Approver].into(),
            limit: Some(crate::base::money::Money::from_fen(30_000)),
        };
        let proposal = Proposal { by: by.into(), grant, open: true };
        WaitingGrant {
            id: ProposalId([id; 16]), proposal, by: "冯立".to_owned(), name: "李桂芳".to_owned()
        }
    }

    fn shown() -> ProposalsScreen {
        let mut screen = ProposalsScreen::new();
        assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Proposals)]);
        let view = KeysView {
            waiting: vec![waiting(1, "9900"), waiting(2, "9901")],
            me: "9901".into(),
            newest: None,
            sealed_to: 3,
            wants: false,
            without_key: 0,
        };
        screen.update(Msg::Reply(Reply::Proposals(Box::new(view))));
        screen
    }

    #[test]
    fn another_s_grant_is_agreed_to_with_the_password_and_one_s_own_is_not() {
        let mut screen = shown();
        screen.update(Msg::Key(Key::Char('1')));
        screen.update(Msg::Key(Key::Enter));
        let text = drawn(&mut screen);
        assert!(text.contains("同意 授予岗位 1203 李桂芳") && text.contains("限额300.00元"), "{text}");
        let asked = screen.update(Msg::Action(Action::Sign));
        assert!(asked.contains(&Intent::Forget), "{asked:?}");
        for c in "mima-1".chars() {
            screen.update(Msg::Key(Key::Char(c)));
        }
        assert!(matches!(screen.update(Msg::Key(Key::Enter)).as_slice(), [Intent::Ask(Ask::OpenRun(_))]));
        let done = screen.update(Msg::Reply(Reply::RunOpened(Stamp(9))));
        let deed = Deed::Officers(OfficerDeed::Second(ProposalId([1; 16])));
        assert_eq!(done, vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })]);

        let mut screen = shown();
        screen.update(Msg::Key(Key::Down));
        screen.update(Msg::Key(Key::Char('1')));
        let said = screen.update(Msg::Key(Key::Enter));
        assert!(matches!(said.as_slice(), [Intent::Warn(text)] if text.contains("另一名管理员")), "{said:?}");
    }
}
