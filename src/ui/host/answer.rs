//! Answers to what screens ask. Reading comes from the replica at once; a fault becomes a sentence.

use super::{Host, Inward, Opens};
use crate::base::day::Day;
use crate::domain::office::{Office, Role};
use crate::domain::privacy::Audience;
use crate::office::front::change::Passwords;
use crate::office::seen;
use crate::store::fault::Fault;
use crate::store::replica::views::queue::List;
use crate::ui::product::{Ask, MeView, Reply, StartView};
use crate::ui::stack::ScreenId;

/// How many rows of a list are read at once: more cases than a township has live.
const ROWS: usize = 2_000;
/// How many settled marks are shown behind the open ones.
const SETTLED: usize = 200;
/// How many lines of the history come at once.
const LINES: usize = 200;

impl Host {
    /// Answers one question.
    pub(super) fn answer(&mut self, from: ScreenId, ask: Ask) {
        match ask {
            Ask::SignIn { officer, password } => self.try_password(from, &officer, password, Opens::Desk),
            Ask::OpenRun(password) => self.try_own_password(from, password, Opens::Run),
            Ask::Unlock(password) => match self.front.sleeper() {
                Ok(officer) => self.try_password(from, &officer.0, password, Opens::Screen),
                Err(fault) => self.send(Some(from), Reply::NotSignedIn(fault.to_string())),
            },
            Ask::ChangePassword { old, new } => self.change_password(from, Passwords { old, new }),
            Ask::PrintMonth(month) => self.print_month(from, month),
            Ask::Blanked => self.let_keys_go(),
            Ask::SignOut => self.sign_out(),
            Ask::Requests => {
                let reply = self.requests(from).unwrap_or_else(|fault| Reply::Failed(fault.to_string()));
                self.send(Some(from), reply);
            }
            Ask::Apply { officer, office, password } => self.apply_for(from, &officer, office, password),
            Ask::Do { deed, draft } => self.doing(from, &deed, draft),
            other => {
                let reply = self.read(other).unwrap_or_else(|fault| Some(Reply::Failed(fault.to_string())));
                if let Some(reply) = reply {
                    self.send(Some(from), reply);
                }
            }
        }
    }

    fn try_own_password(&self, from: ScreenId, password: zeroize::Zeroizing<String>, what: Opens) {
        match self.front.session() {
            Ok(session) => self.try_password(from, &session.officer.0, password, what),
            Err(fault) => self.send(Some(from), Reply::NotSignedIn(fault.to_string())),
        }
    }

    fn try_password(&self, from: ScreenId, officer: &str, password: zeroize::Zeroizing<String>, what: Opens) {
        let voice = self.voice();
        self.front.begin_sign_in(officer, password, move |result| {
            voice.tell(Inward::Opened { from, what, result: Box::new(result) });
        });
    }

    /// Keys leave memory while the screen is blank, as soon as no order needs them.
    pub(super) fn let_keys_go(&mut self) {
        if self.locked && !self.front.lock_up() {
            tracing::info!("the screen is blank; the keys stay until what waits is carried");
        }
    }

    fn sign_out(&mut self) {
        self.front.sign_out();
        (self.officer, self.run_until, self.run_opened, self.arriving) = (None, None, None, None);
        (self.locked, self.superseded) = (false, false);
    }

    /// What is read from this PC. None where there is nothing to say.
    fn read(&mut self, ask: Ask) -> Result<Option<Reply>, Fault> {
        let today = self.front.now().day();
        Ok(Some(match ask {
            Ask::Link => Reply::Link(self.link()),
            Ask::Me => {
                let township_limit = self.front.pack()?.tier.township_limit;
                Reply::Me(Box::new(MeView {
                    officer: self.front.officer()?,
                    now: self.front.now(),
                    township_limit,
                    password_above: self.front.password_above(),
                    on_duty: self.on_duty()?.join("；"),
                }))
            }
            Ask::WhoMaySignIn => Reply::SignIn {
                listed: self.front.listed(),
                practice: self.practice.clone(),
                link: self.link(),
                share: self.share.clone(),
            },
            Ask::Run => Reply::Run(self.run_until.filter(|until| *until > self.front.now())),
            Ask::Home => Reply::Home(Box::new(self.home()?)),
            Ask::Queue(mut filter) => {
                let officer = self.front.officer()?;
                seen::may_look(&officer)?;
                // Names of another township's cases are in no list of this one's.
                filter.township = officer.office.township().or(filter.township);
                let reader = self.front.reader()?;
                let mut rows = reader.queue_page(&filter, 0, ROWS, today)?;
                if filter.list == List::ToApprove && officer.is(Role::Approver) {
                    reader.bar(&mut rows, &officer, today)?;
                }
                let count = if rows.len() < ROWS { rows.len() } else { reader.queue_count(&filter)? };
                Reply::Queue(seen::queue(rows, &officer), count)
            }
            Ask::Case(case) => {
                let days = self.front.pack()?.tier.split_days;
                Reply::Case(self.front.case_card(case, today, days)?.map(Box::new))
            }
            Ask::Path(ask) => Reply::Path(self.path(ask)?),
            Ask::Leads => {
                seen::may_work(&self.front.officer()?)?;
                Reply::Leads(self.front.reader()?.open_leads(self.own_township()?)?, self.front.now())
            }
            Ask::Lead(lead) => self.lead(lead)?,
            Ask::Deferred => {
                seen::may_look(&self.front.officer()?)?;
                Reply::Deferred(self.front.reader()?.deferred(self.own_township()?, None)?, today)
            }
            Ask::PrintSheet(sheet) => Reply::Printed(self.front.print_sheet(&sheet)?.display().to_string()),
            Ask::Standing => {
                let asking = self.front.officer()?;
                let office = Some(asking.office).filter(|own| *own != Office::County);
                let standing = self.front.reader()?.standing(office, today)?;
                Reply::Standing(Box::new(seen::standing(standing, &asking)), today)
            }
            Ask::County(ask) => self.county(ask)?,
            Ask::Codes => Reply::Codes(Box::new(self.front.codes_view()?)),
            Ask::Ratifications => {
                seen::may_look(&self.front.officer()?)?;
                let reader = self.front.reader()?;
                let township = self.own_township()?;
                Reply::Ratifications {
                    due: reader.ratifications(township)?,
                    exceptions: reader.open_exceptions(township)?,
                    marks: reader.open_marks()?,
                }
            }
            Ask::Marks => {
                Reply::Marks(seen::marks(self.front.reader()?.marks(SETTLED)?, &self.front.officer()?))
            }
            Ask::Findings => {
                let rows = self.front.reader()?.findings(self.own_township()?)?;
                Reply::Findings(seen::findings(rows, &self.front.officer()?))
            }
            Ask::Overridden => {
                seen::may_work(&self.front.officer()?)?;
                let rows = self.front.reader()?.noted(self.own_township()?, 0, ROWS)?;
                Reply::Overridden(rows.into_iter().filter(|row| row.overridden).collect())
            }
            Ask::History(ask) => {
                let mut lines = self.front.history(&ask, LINES + 1)?;
                let more = lines.len() > LINES;
                lines.truncate(LINES);
                Reply::History(lines, more)
            }
            Ask::Reserve { township, month } => self.reserve(township, month, today)?,
            Ask::Money(ask) => self.money(ask)?,
            Ask::Officers => Reply::Officers(self.front.officer_lines()?),
            Ask::Stolen => {
                self.front.may_review()?;
                Reply::Stolen(self.front.reader()?.signed_by_stolen(ROWS)?)
            }
            Ask::Due => Reply::Due(Box::new(self.front.due()?)),
            Ask::Proposals => Reply::Proposals(Box::new(self.front.keys_view()?)),
            Ask::Drafts => Reply::Drafts(self.front.drafts()?),
            Ask::Draft(id) => Reply::Draft(self.front.draft(id)?),
            Ask::DropDraft(id) => {
                self.front.drop_draft(id)?;
                Reply::Drafts(self.front.drafts()?)
            }
            Ask::Keep(keep) => Reply::Kept(self.front.keep(&keep)?, self.front.now()),
            Ask::Outbox => Reply::Outbox(self.front.outbox()?),
            Ask::LetGo(group) => {
                self.front.let_go(group)?;
                Reply::Outbox(self.front.outbox()?)
            }
            Ask::Search(text) => Reply::Hits(self.front.search(&text)?),
            Ask::Family(person) => Reply::Family(self.front.family(person)?.map(Box::new)),
            Ask::Holder(id_no) => Reply::Family(self.front.holder(&id_no)?.map(Box::new)),
            Ask::Unmask { subject, purpose, text } => {
                Reply::Unmasked(Box::new(self.front.unmask(subject, purpose, &text)?))
            }
            Ask::Start(form) => Reply::Start(Box::new(self.start(form)?)),
            Ask::Remember(form, text) => {
                self.front.remember(form, &text)?;
                return Ok(None);
            }
            Ask::Weigh(deed) => Reply::Weighed(self.front.weigh(&deed)?),
            Ask::Jump => Reply::Jump(self.front.jump()),
            Ask::TrustTime => {
                self.front.trust_time();
                return Ok(None);
            }
            Ask::Paper(ask) => Reply::Paper(self.papers(&ask)?),
            Ask::People(ask) => Reply::People(self.people(ask)?),
            Ask::Goods(ask) => self.goods(ask)?,
            Ask::Partners => Reply::Partners(self.front.partners_view()?),
            Ask::Registers(ask) => Reply::Registers(self.registers(ask)?),
            Ask::Print(kind, case) => Reply::Printed(self.print(kind, case)?),
            Ask::SignIn { .. }
            | Ask::OpenRun(_)
            | Ask::Unlock(_)
            | Ask::Blanked
            | Ask::PrintMonth(_)
            | Ask::ChangePassword { .. }
            | Ask::SignOut
            | Ask::Requests
            | Ask::Apply { .. }
            | Ask::Do { .. } => {
                return Ok(None);
            }
        }))
    }

    /// The township whose lists the officer sees; none for the county, which sees all.
    pub(super) fn own_township(&self) -> Result<Option<u16>, Fault> {
        Ok(self.front.officer()?.office.township())
    }

    fn lead(&self, lead: crate::domain::ids::LeadId) -> Result<Reply, Fault> {
        let Some(row) = self.front.reader()?.lead_row(lead)? else { return Ok(Reply::Lead(None)) };
        seen::may_work(&self.front.officer()?)?;
        seen::may_open(Audience::of(&self.front.officer()?, Some(row.township)))?;
        let card = match row.person {
            Some(person) => self.front.family(person)?.map(Box::new),
            None => None,
        };
        Ok(Reply::Lead(Some((row, card))))
    }

    fn reserve(&mut self, township: u16, month: (i32, u32), today: Day) -> Result<Reply, Fault> {
        seen::may_look(&self.front.officer()?)?;
        let (year, number) = if month.0 == 0 { (today.year(), today.month()) } else { month };
        let township = match (township, self.front.officer()?.office) {
            (_, Office::Township(own)) => own,
            (0, Office::County) => crate::base::division::townships().first().map_or(0, |first| first.code),
            (asked, _) => asked,
        };
        self.reserve_seen = Some((township, (year, number)));
        Ok(Reply::Reserve(Box::new(self.front.reader()?.reserve_month(township, year, number)?)))
    }

    fn start(&self, form: &'static str) -> Result<StartView, Fault> {
        let officer = self.front.officer()?;
        let approvers = officer.office.township().map_or_else(Vec::new, |own| self.front.may_authorise(own));
        Ok(StartView {
            form,
            now: self.front.now(),
            approvers,
            goods: match officer.office.township() {
                Some(_) => self.front.reader()?.shelves(officer.office)?,
                None => Vec::new(),
            },
            partners: if form == "refer" { self.front.partners_view()? } else { Vec::new() },
            team: match form {
                "lead" => self.front.team()?,
                _ => Vec::new(),
            },
            standard: self.front.pack()?.standard,
            last: self.front.remembered(form)?.unwrap_or_default(),
            online: self.drive.drive.answers(),
            officer,
        })
    }

    /// Whether the officer in session holds a role.
    pub(super) fn holds(&self, role: Role) -> bool {
        self.officer.as_ref().is_some_and(|officer| officer.is(role))
    }
}
