//! Spoken codes at the host: a sheet is made on a thread of its own, signed, and printed once it counts; wrong codes that
//! were given are counted.

use super::{Host, Inward, Pending};
use crate::domain::code::Code;
use crate::domain::ids::OfficerNo;
use crate::domain::refusal::Refusal;
use crate::office::code_sheet::Fresh;
use crate::office::front::codes::CodeDeed;
use crate::store::fault::Fault;
use crate::ui::product::Reply;
use crate::ui::stack::ScreenId;

impl Host {
    /// Begins a sheet for a screen.
    pub(super) fn make_sheet(&self, from: ScreenId) -> Result<(), Fault> {
        let voice = self.voice();
        self.front.begin_sheet(move |made| voice.tell(Inward::Sheet { from, made: Box::new(made) }))
    }

    /// The codes are there: they are signed for. Nobody has seen them yet.
    pub(super) fn sheet_made(&mut self, from: ScreenId, made: Result<Fresh, Fault>) {
        let issued = made.and_then(|fresh| Ok((self.front.issue(&fresh)?, fresh)));
        match issued {
            Ok((group, fresh)) => {
                let said = CodeDeed::Issue.said().to_owned();
                let pending = Pending { sheet: Some(fresh), ..Pending::of(from, said) };
                self.pending.insert(group, pending);
                self.count_waiting();
            }
            Err(fault) => self.send(Some(from), Reply::Failed(fault.to_string())),
        }
    }

    /// The sheet counts: its one page is written.
    pub(super) fn print_sheet(&self, from: ScreenId, sheet: &Fresh) {
        let reply = match self.front.print_codes(sheet) {
            Ok(file) => Reply::Printed(file.display().to_string()),
            Err(fault) => {
                Reply::Failed(format!("新码单已生效而没有写成文件（{fault}）。码已不可得，请再印发一张"))
            }
        };
        self.send(Some(from), reply);
    }

    /// What became of an order with a code; nothing refused is a right one. How many wrong ones are left before the PC pauses
    /// stands in front of the sentence that refuses: there is one message line.
    pub(super) fn code_refused(
        &mut self,
        of: Option<&OfficerNo>,
        mut refusals: Vec<Refusal>,
    ) -> Vec<Refusal> {
        let Some(of) = of else { return refusals };
        let told = self.front.code_settled(of, &refusals);
        self.count_waiting();
        let wrong = refusals.iter_mut().find(|refusal| refusal.code == Code::AuthCode);
        if let (Some(told), Some(refusal)) = (told, wrong) {
            refusal.sentence = format!("{told}。{}", refusal.sentence);
        }
        refusals
    }

    /// Whoever signs in and reads codes is reminded at once, not only where he looks at home.
    pub(super) fn remind_of_codes(&self) {
        if let Ok(Some(sentence)) = self.front.codes_reminder() {
            self.send(None, Reply::Told { sentence: format!("提醒：{sentence}"), wrong: false });
        }
    }
}
