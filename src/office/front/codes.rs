//! Spoken codes at the front: the sheets that stand, a new one, and the pause after wrong codes.

use super::Front;
use crate::base::day::Day;
use crate::domain::answers::Answers as _;
use crate::domain::command::Command;
use crate::domain::command::codes::{NoteCode, VoidCodes};
use crate::domain::command::emergency::Authority;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Officer, Role};
use crate::domain::pack::CodeFigures;
use crate::domain::private::Private;
use crate::domain::refusal::Refusal;
use crate::office::attempts;
use crate::office::code_sheet::{self, Fresh};
use crate::office::compose::Draft;
use crate::office::print;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::views::codes::SheetRow;
use std::path::PathBuf;

/// What is done with a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeDeed {
    /// 印发: a new one of one's own. Its codes are made once the password was given.
    Issue,
    /// 作废.
    Void {
        /// Whose.
        officer: OfficerNo,
        /// It was lost.
        lost: bool,
    },
}

impl CodeDeed {
    /// The command of voiding one; none where a sheet has to be made first.
    pub fn compose(&self) -> Option<Draft> {
        match self {
            CodeDeed::Issue => None,
            CodeDeed::Void { officer, lost } => {
                let void = VoidCodes { officer: officer.clone(), lost: *lost };
                Some((Command::VoidCodes(void), Private::default()))
            }
        }
    }

    /// What is said when it is done.
    pub fn said(&self) -> &'static str {
        match self {
            CodeDeed::Issue => "授权码单已印发，旧的作废",
            CodeDeed::Void { lost: false, .. } => "授权码单已作废；还要用的请印发新的",
            CodeDeed::Void { lost: true, .. } => "授权码单已报遗失作废；请持有人印发新的",
        }
    }
}

/// The sheets of spoken codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodesView {
    /// Who looks.
    pub me: OfficerNo,
    /// Whether he reads codes out, so that he may issue a sheet.
    pub issues: bool,
    /// Whether he voids the sheets of others.
    pub administers: bool,
    /// Today.
    pub today: Day,
    /// The pack's figures.
    pub figures: CodeFigures,
    /// One's own first.
    pub rows: Vec<SheetRow>,
}

/// Whose code an order gives.
pub fn code_of(drafts: &[Draft]) -> Option<&OfficerNo> {
    drafts.iter().find_map(|(command, _)| match authority_of(command)? {
        Authority::Code { by, .. } => Some(by),
        _ => None,
    })
}

fn authority_of(command: &Command) -> Option<&Authority> {
    match command {
        Command::Direct(args) | Command::Advance(args) => Some(&args.authority),
        Command::RecordPaid(args) => Some(&args.authority),
        _ => None,
    }
}

/// The command as a forecast weighs it: a code is tried in the turn alone, on the sheet as it stands on the share, else
/// whoever sits at a desk could try codes for nothing. Until then the county's word is taken as given.
pub(super) fn untold(command: &Command) -> Command {
    let mut command = command.clone();
    let authority = match &mut command {
        Command::Direct(args) | Command::Advance(args) => &mut args.authority,
        Command::RecordPaid(args) => &mut args.authority,
        _ => return command,
    };
    if let Authority::Code { by, at, .. } = authority {
        *authority = Authority::Unverified { by: by.clone(), at: *at };
    }
    command
}

impl Front {
    /// Whether an officer reads out codes: an approver of the county, or who stands in for one today.
    pub fn reads_codes(&self, officer: &Officer) -> Result<bool, Fault> {
        let own = officer.office == Office::County && self.enrolled()?.roles.contains(&Role::Approver);
        Ok(own || self.stands_in_for()?.is_some_and(|giver| giver.office == Office::County))
    }

    /// The sheets that an officer sees: his own, and an administrator those of all.
    ///
    /// # Errors
    /// Nobody is signed in; the replica cannot be read.
    pub fn codes_view(&self) -> Result<CodesView, Fault> {
        let officer = self.officer()?;
        let issues = self.reads_codes(&officer)?;
        let administers = officer.is(Role::Administrator);
        let mut rows = self.reader()?.code_sheets(&officer.no)?;
        rows.retain(|row| {
            let own = row.officer.0 == officer.no;
            (own && (issues || row.sheet.is_some())) || (!own && administers)
        });
        rows.sort_by_key(|row| row.officer.0 != officer.no);
        let figures = self.pack().map(|pack| pack.codes).unwrap_or_default();
        Ok(CodesView { me: officer.no, issues, administers, today: self.now().day(), figures, rows })
    }

    /// Of what the officer in session is reminded; nothing where he reads no codes.
    ///
    /// # Errors
    /// Nobody is signed in; the replica cannot be read.
    pub fn codes_reminder(&self) -> Result<Option<String>, Fault> {
        let officer = self.officer()?;
        if !self.reads_codes(&officer)? {
            return Ok(None);
        }
        let sheet = self.reader()?.codes(&officer.no);
        let figures = self.pack().map(|pack| pack.codes).unwrap_or_default();
        Ok(code_sheet::reminder(sheet.as_ref(), self.now().day(), &figures))
    }

    /// Makes a sheet for the officer in session on a thread of its own: each code is dear.
    ///
    /// # Errors
    /// Nobody is signed in; he reads no codes; a second window.
    pub fn begin_sheet(&self, made: impl FnOnce(Result<Fresh, Fault>) + Send + 'static) -> Result<(), Fault> {
        self.writable()?;
        let officer = self.officer()?;
        if !self.reads_codes(&officer)? {
            return Err(Fault::new(
                FaultKind::User,
                "授权码单由县局审批人印发",
                "请县局审批人登录后印发，或请管理员授予岗位",
            ));
        }
        let many = self.pack().map(|pack| pack.codes).unwrap_or_default().many();
        let practice = self.is_practice();
        let work = move || made(Fresh::make(officer.no, officer.name, many, practice));
        std::thread::Builder::new()
            .name("codes".into())
            .spawn(work)
            .map(drop)
            .map_err(|error| Fault::of_io("启动后台线程", error))
    }

    /// Signs a sheet that was made. Answers the group's number.
    ///
    /// # Errors
    /// Somebody else is signed in by now; the disk of this PC.
    pub fn issue(&mut self, fresh: &Fresh) -> Result<u64, Fault> {
        if self.session()?.officer != fresh.officer {
            return Err(Fault::new(FaultKind::User, "已换人登录，授权码单没有印发", "请本人登录后再印发"));
        }
        self.give(vec![(Command::IssueCodes(fresh.command()), Private::default())], 0)
    }

    /// Prints a sheet that stands in the log now. Answers the file.
    ///
    /// # Errors
    /// The disk of this PC.
    pub fn print_codes(&self, fresh: &Fresh) -> Result<PathBuf, Fault> {
        let folder = self.folder().join("papers");
        print::codes::write(fresh, self.now().day(), self.is_practice(), &folder)
    }

    /// Whether codes may be given at this desk now.
    ///
    /// # Errors
    /// So many wrong ones were given that it pauses.
    pub fn may_give_codes(&self) -> Result<(), Fault> {
        attempts::codes_paused(self.keeper(), self.now())
    }

    /// What became of an order with a code: a right one begins the count anew; a wrong one is counted, and noted in the
    /// log. Answers what is to be said besides.
    pub fn code_settled(&mut self, of: &OfficerNo, refusals: &[Refusal]) -> Option<String> {
        let wrong = refusals
            .iter()
            .any(|refusal| refusal.code == crate::domain::code::Code::AuthCode && refusal.field == "code");
        if refusals.is_empty() {
            attempts::code_right(self.keeper());
        }
        if !wrong {
            return None;
        }
        let note = NoteCode { officer: of.clone() };
        if let Err(fault) = self.give(vec![(Command::NoteCode(note), Private::default())], 0) {
            tracing::warn!("a wrong code is not noted: {}", fault.what);
        }
        attempts::code_missed(self.keeper(), self.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::Stamp;
    use crate::domain::command::emergency::PayFirst;
    use crate::domain::ids::CaseId;
    use std::collections::BTreeSet;

    fn paying(authority: Authority) -> Draft {
        let first = PayFirst {
            case: CaseId([1; 16]),
            lines: Vec::new(),
            authority,
            cash_reason: None,
            receipt: None,
            witness: None,
            blank: None,
            handed_over: None,
            overrides: BTreeSet::new(),
            override_reason: None,
        };
        (Command::Direct(first), Private::default())
    }

    #[test]
    fn a_forecast_is_told_no_code() {
        let at = Stamp(5);
        let given = paying(Authority::Code { by: "9001".into(), code: "314159".to_owned(), at });
        assert_eq!(code_of(std::slice::from_ref(&given)), Some(&OfficerNo::from("9001")));
        let weighed = untold(&given.0);
        assert!(!serde_json::to_string(&weighed).unwrap().contains("314159"));
        assert_eq!(authority_of(&weighed), Some(&Authority::Unverified { by: "9001".into(), at }));
        let other = paying(Authority::Nobody {});
        assert_eq!((code_of(std::slice::from_ref(&other)), untold(&other.0)), (None, other.0.clone()));
    }
}
