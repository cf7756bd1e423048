//! Signing within a run of approvals (签批): the password once for fifteen minutes, again for each large sum, then the deed.
//!
//! Must never sign on a password typed before it was asked for, and never keep the password longer than it is tried.

use zeroize::Zeroizing;

use crate::base::money::Money;
use crate::office::front::deed::Deed;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::password::{Happened, Password};
use crate::ui::product::{Ask, Reply};
use crate::ui::role::Role;
use crate::ui::screen::Intent;

/// How far it is.
#[derive(Debug)]
enum State {
    /// Nothing is to be signed.
    Idle,
    /// The desk is asked whether a run is open.
    Run(Box<Deed>),
    /// The password is asked for.
    Password(Box<Deed>, Password),
    /// The password is being tried.
    Trying(Box<Deed>),
    /// The deed is on its way.
    Doing,
}

/// Signing.
#[derive(Debug)]
pub struct Signing {
    state: State,
}

/// Where the password is typed.
const FIELD: u16 = 14;
/// Its columns.
const COLS: u16 = 20;

impl Default for Signing {
    fn default() -> Signing {
        Signing::new()
    }
}

impl Signing {
    /// Nothing to be signed.
    pub fn new() -> Signing {
        Signing { state: State::Idle }
    }

    /// F10 on a deed. `large`: the sum is above the pack's, so that the password is asked for whatever run is open.
    pub fn begin(&mut self, deed: Deed, large: bool) -> Vec<Intent> {
        if large {
            return self.ask_password(Box::new(deed), true);
        }
        self.state = State::Run(Box::new(deed));
        vec![Intent::Ask(Ask::Run)]
    }

    fn ask_password(&mut self, deed: Box<Deed>, each: bool) -> Vec<Intent> {
        self.state = State::Password(deed, Password::new());
        let how = if each { "这一件须当场输" } else { "15分钟内下一件不用再输" };
        vec![Intent::Forget, Intent::Say(format!("请输密码，回车签批；{how}"))]
    }

    fn go(&mut self, deed: Box<Deed>) -> Vec<Intent> {
        self.state = State::Doing;
        vec![Intent::Ask(Ask::Do { deed, draft: 0 })]
    }

    /// True from F10 until the desk has answered, so that nothing else is done meanwhile.
    pub fn is_busy(&self) -> bool {
        !matches!(self.state, State::Idle)
    }

    /// True while the password is typed.
    pub fn is_asking(&self) -> bool {
        matches!(self.state, State::Password(..))
    }

    /// What F10 is answered while it is busy: what is still to be typed, or that it is on its way.
    pub fn again(&self) -> Vec<Intent> {
        vec![Intent::Say(match self.is_asking() {
            true => "密码还没有输完：输好按回车签批，F12 不签".to_owned(),
            false => "正在签批，请稍候".to_owned(),
        })]
    }

    /// Leaves it (F12), where nothing is on its way yet.
    pub fn cancel(&mut self) {
        if !matches!(self.state, State::Doing) {
            self.state = State::Idle;
        }
    }

    /// Takes a key while it is busy.
    pub fn key(&mut self, key: Key) -> Vec<Intent> {
        let State::Password(_, password) = &mut self.state else {
            return self.again();
        };
        let happened = password.key(key);
        self.typed(happened)
    }

    /// Takes what came at once while it is busy.
    pub fn burst(&mut self, text: &str) -> Vec<Intent> {
        let State::Password(_, password) = &mut self.state else { return Vec::new() };
        let happened = password.burst(text);
        self.typed(happened)
    }

    fn typed(&mut self, happened: Happened) -> Vec<Intent> {
        match happened {
            Happened::Foreign => return vec![Intent::Warn("密码里没有汉字，请切到英文输入".to_owned())],
            Happened::Nothing | Happened::Moved => return Vec::new(),
            Happened::Done => {}
        }
        match std::mem::replace(&mut self.state, State::Idle) {
            State::Password(deed, password) if password.text().is_empty() => {
                self.state = State::Password(deed, password);
                vec![Intent::Warn("密码没有输，输好再回车".to_owned())]
            }
            State::Password(deed, password) => {
                self.state = State::Trying(deed);
                vec![Intent::Ask(Ask::OpenRun(Zeroizing::new(password.text().to_owned())))]
            }
            other => {
                self.state = other;
                Vec::new()
            }
        }
    }

    /// Takes an answer. `None`: it is none of signing's.
    pub fn reply(&mut self, reply: &Reply) -> Option<Vec<Intent>> {
        match (std::mem::replace(&mut self.state, State::Idle), reply) {
            (State::Run(deed), Reply::Run(Some(_))) | (State::Trying(deed), Reply::RunOpened(_)) => {
                Some(self.go(deed))
            }
            (State::Run(deed), Reply::Run(None)) => Some(self.ask_password(deed, false)),
            (State::Trying(deed), Reply::NotSignedIn(sentence)) => {
                self.state = State::Password(deed, Password::new());
                Some(vec![Intent::Forget, Intent::Warn(sentence.clone())])
            }
            // The desk has said what became of it: the screen tells.
            (
                State::Doing | State::Run(_) | State::Trying(_),
                Reply::Done { .. } | Reply::Refused(_) | Reply::Held(_) | Reply::Failed(_),
            ) => None,
            (state, _) => {
                self.state = state;
                None
            }
        }
    }

    /// Draws the password's line while it is asked for.
    pub fn draw(&self, canvas: &mut Canvas, row: u16, cols: u16) {
        let State::Password(_, password) = &self.state else { return };
        canvas.put_box(row, 0, cols, " 签批 密码 [", Role::Sign);
        password.draw(canvas, row, FIELD, COLS, true);
        canvas.put(row, FIELD + COLS, "]  回车签批  F12不签", Role::Sign);
    }

    /// Row and column of the caret, from its line.
    pub fn caret(&self) -> (u16, u16) {
        match &self.state {
            State::Password(_, password) => (0, FIELD + password.caret(COLS)),
            _ => (0, FIELD),
        }
    }
}

/// Whether a sum is one for which the password is asked each time.
pub fn is_large(amount: Money, above: Option<Money>) -> bool {
    above.is_none_or(|above| amount > above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::Stamp;
    use crate::domain::ids::CaseId;

    fn deed() -> Deed {
        Deed::Authorise(CaseId([1; 16]), Money::from_fen(50_000))
    }

    #[test]
    fn the_password_is_asked_for_once_in_a_run() {
        let mut signing = Signing::new();
        assert_eq!(signing.begin(deed(), false), vec![Intent::Ask(Ask::Run)]);
        let asked = signing.reply(&Reply::Run(None)).unwrap();
        assert!(asked.contains(&Intent::Forget) && signing.is_asking(), "{asked:?}");
        for c in "Abc1".chars() {
            signing.key(Key::Char(c));
        }
        let tried = signing.key(Key::Enter);
        assert_eq!(tried, vec![Intent::Ask(Ask::OpenRun(Zeroizing::new("Abc1".to_owned())))]);
        let wrong = signing.reply(&Reply::NotSignedIn("密码不对".to_owned())).unwrap();
        assert!(wrong.contains(&Intent::Warn("密码不对".to_owned())) && signing.is_asking());
        signing.burst("Abc2\n");
        signing.key(Key::Enter);
        let done = Intent::Ask(Ask::Do { deed: Box::new(deed()), draft: 0 });
        assert_eq!(signing.reply(&Reply::RunOpened(Stamp(9))), Some(vec![done.clone()]));
        assert!(signing.reply(&Reply::Failed("x".to_owned())).is_none() && !signing.is_busy());
        signing.begin(deed(), false);
        assert_eq!(signing.reply(&Reply::Run(Some(Stamp(9)))), Some(vec![done]), "no password a second time");
    }

    #[test]
    fn a_large_sum_asks_each_time_and_nothing_is_done_without_one() {
        let mut signing = Signing::new();
        assert!(signing.begin(deed(), true).contains(&Intent::Forget));
        assert!(matches!(signing.key(Key::Enter).as_slice(), [Intent::Warn(_)]));
        assert!(matches!(signing.again().as_slice(), [Intent::Say(text)] if text.contains("按回车签批")));
        signing.cancel();
        assert!(!signing.is_busy());
        let above = Some(Money::from_fen(200_000));
        assert!(!is_large(Money::from_fen(200_000), above) && is_large(Money::from_fen(200_001), above));
        assert!(is_large(Money::ZERO, None), "before the figure is known the password is asked for");
    }
}
