//! What finance's screens look at: batches with what their audience may know, lines that wait, sources, the year's end.
//!
//! Must never give a batch's sum or its rows to who has still to count it blind.

use super::super::Front;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::ids::{BatchId, CaseId, LineId, OfficerNo};
use crate::domain::nouns::{BatchState, Fund, Payee, ReturnReason};
use crate::domain::office::{Office, Officer, Role};
use crate::domain::payout::{Batch, LineEnd};
use crate::domain::privacy::{Audience, Field, Medium, shown};
use crate::office::seen;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::views::money::{OpenAdvance, PayLine, RecoveryRow, SourceSpan, TillRow};
use crate::store::replica::views::monthly::OpenMonth;
use crate::store::replica::views::payout::{BatchRow, SourceMonth};
use std::collections::BTreeSet;

/// The batches that an officer sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchesView {
    /// Who looks.
    pub me: OfficerNo,
    /// Whether he does what is done with them.
    pub finance: bool,
    /// Today.
    pub today: Day,
    /// The rows, the newest first; sum and count are zero where [`BatchLine::blind`].
    pub rows: Vec<BatchLine>,
}

/// A batch in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchLine {
    /// The batch.
    pub row: BatchRow,
    /// The name of who built it.
    pub by: String,
    /// Whoever looks has still to count it, or may: he is told neither sum nor count.
    pub blind: bool,
}

/// A batch with its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchView {
    /// The batch; its lines are taken out where `blind`.
    pub batch: Batch,
    /// The names of who built, counted and sent it.
    pub names: [String; 3],
    /// Whoever looks is told neither rows nor sum.
    pub blind: bool,
    /// Whether he does what is done with it.
    pub finance: bool,
    /// Its rows.
    pub rows: Vec<RosterLine>,
}

/// A row of a batch, as far as a screen shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct RosterLine {
    /// 序号.
    pub seq: u32,
    /// The case.
    pub case: CaseId,
    /// The line.
    pub line: LineId,
    /// 编号.
    pub number: String,
    /// 户名.
    pub holder: String,
    /// Who takes the money.
    pub payee: Payee,
    /// 开户行.
    pub bank: String,
    /// The account's last eight digits.
    pub tail: String,
    /// How much.
    pub amount: Money,
    /// What the bank did.
    pub end: Option<LineEnd>,
    /// Another account was noted since it came back.
    pub corrected: bool,
    /// The batch it went into afterwards.
    pub again: Option<String>,
    /// What was given back of it.
    pub given_back: Money,
}

/// Names stay out of logs.
impl std::fmt::Debug for RosterLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RosterLine({} {})", self.seq, self.number)
    }
}

/// The lines that wait for a batch or for an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingView {
    /// Today.
    pub today: Day,
    /// Who looks.
    pub me: OfficerNo,
    /// Whether he builds batches.
    pub finance: bool,
    /// The paying bank that was written last.
    pub bank: String,
    /// What each source holds that no batch waits for; nothing where he builds none.
    pub free: Vec<(Fund, Money)>,
    /// The lines.
    pub rows: Vec<PayLine>,
}

/// The county's sources in a month and in its year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcesView {
    /// Year and month.
    pub month: (i32, u32),
    /// Every source in the month.
    pub monthly: Vec<SourceMonth>,
    /// Every source from the year's first day to the month's last.
    pub yearly: Vec<SourceSpan>,
    /// 在途 after the month.
    pub under_way: Money,
    /// 已批未付 now, in batches that are not sent or in none.
    pub committed: Money,
    /// Sources with a batch that waits to be counted by somebody else than who built it: what holds its sum is not told.
    pub blind: BTreeSet<Fund>,
    /// The day the year was closed.
    pub closed: Option<Day>,
    /// Whether whoever looks moves them.
    pub finance: bool,
    /// Whether he confirms what another compared.
    pub confirms: bool,
    /// What was compared with 财政 of the month.
    pub compared: Vec<Compared>,
    /// Months that are over and open, the oldest first.
    pub open: Vec<OpenMonth>,
    /// Today.
    pub today: Day,
}

/// A source that was compared with the books of 财政, as an officer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The source.
    pub fund: Fund,
    /// Ours.
    pub ours: Money,
    /// Theirs; none for whoever is to read it off the paper himself.
    pub theirs: Option<Money>,
    /// Who compared.
    pub by: OfficerNo,
    /// When.
    pub on: Day,
    /// Who confirmed, and when.
    pub confirmed: Option<(OfficerNo, Day)>,
    /// Why they differ; empty while the figure is hidden.
    pub explained: String,
}

/// 追缴, as an officer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveriesView {
    /// Today.
    pub today: Day,
    /// Whether he enters what comes in.
    pub takes: bool,
    /// The rows: what is not paid in first.
    pub rows: Vec<RecoveryRow>,
}

/// What has to be looked at before a year is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearEndView {
    /// The year.
    pub year: i32,
    /// Today.
    pub today: Day,
    /// The day it was closed.
    pub closed: Option<Day>,
    /// 已批未付: approved lines by bank that are in no batch.
    pub unpaid: Vec<PayLine>,
    /// Batches that are not answered.
    pub live: Vec<BatchLine>,
    /// 未冲抵的预支.
    pub advances: Vec<OpenAdvance>,
    /// The reserves and their last counts.
    pub tills: Vec<TillRow>,
    /// Every source in the year.
    pub sources: Vec<SourceSpan>,
    /// Whether whoever looks closes it.
    pub finance: bool,
}

/// The county's finance: who builds, counts and sends.
pub(super) fn is_finance(officer: &Officer) -> bool {
    officer.office == Office::County && officer.is(Role::Finance)
}

impl Front {
    /// Whoever may look at the county's money: its business, its finance, the supervisor.
    fn county_money(&self) -> Result<(Officer, Audience), Fault> {
        let officer = self.officer()?;
        let audience = Audience::of(&officer, None);
        match audience {
            Audience::Finance | Audience::County | Audience::Supervisor => Ok((officer, audience)),
            _ => Err(Fault::new(
                FaultKind::User,
                "批次和资金来源由县局财务办理",
                "请用县局财务的操作员号登录，或按F3返回",
            )),
        }
    }

    fn officer_named(&self, no: &OfficerNo) -> Result<String, Fault> {
        let name = self.reader()?.officer_name(no)?;
        Ok(if name.is_empty() { no.0.clone() } else { name })
    }

    fn batch_lines(&self, me: &OfficerNo, state: Option<BatchState>) -> Result<Vec<BatchLine>, Fault> {
        let mut rows = Vec::new();
        for mut row in self.reader()?.batches(state)? {
            let blind = row.state == BatchState::Open && row.by != *me;
            if blind {
                (row.total, row.count) = (Money::ZERO, 0);
            }
            rows.push(BatchLine { by: self.officer_named(&row.by)?, blind, row });
        }
        Ok(rows)
    }

    /// Batches, the newest first; of one state or all.
    ///
    /// # Errors
    /// Another office's officer; the replica cannot be read.
    pub fn batches_view(&self, state: Option<BatchState>) -> Result<BatchesView, Fault> {
        let (officer, _) = self.county_money()?;
        let rows = self.batch_lines(&officer.no, state)?;
        Ok(BatchesView { finance: is_finance(&officer), me: officer.no, today: self.now().day(), rows })
    }

    /// A batch with its rows; none where there is no such batch.
    ///
    /// # Errors
    /// Another office's officer; the replica cannot be read.
    pub fn batch_view(&self, id: BatchId) -> Result<Option<BatchView>, Fault> {
        let (officer, audience) = self.county_money()?;
        let reader = self.reader()?;
        let Some(mut batch) = reader.batch(id) else { return Ok(None) };
        let blind = batch.state == BatchState::Open && batch.by != officer.no;
        let mut names = [self.officer_named(&batch.by)?, String::new(), String::new()];
        for (name, no) in names.iter_mut().skip(1).zip([&batch.checked_by, &batch.sent_by]) {
            if let Some(no) = no {
                *name = self.officer_named(no)?;
            }
        }
        let mut rows = Vec::new();
        if blind {
            batch.lines.clear();
        } else {
            let returned = reader.returns(id)?;
            let given = reader.given_back_of(id)?;
            for (row, line) in reader.roster(id)?.into_iter().zip(&batch.lines) {
                let back = returned.iter().find(|back| back.seq == row.seq);
                let account = crate::base::account::Account::parse(&row.account);
                rows.push(RosterLine {
                    seq: row.seq,
                    case: row.case,
                    line: row.line,
                    number: row.number,
                    holder: shown(Field::Name, &row.holder, audience, Medium::Screen),
                    payee: row.payee,
                    bank: row.bank,
                    tail: account.map(|known| known.tail8().to_owned()).unwrap_or_default(),
                    amount: row.amount,
                    end: line.end,
                    corrected: back.is_some_and(|back| back.corrected),
                    again: back.and_then(|back| back.again.clone()),
                    given_back: given
                        .iter()
                        .filter(|(case, line, _)| (*case, *line) == (row.case, row.line))
                        .map(|(.., amount)| *amount)
                        .sum(),
                });
            }
        }
        Ok(Some(BatchView { batch, names, blind, finance: is_finance(&officer), rows }))
    }

    /// Lines that wait for a batch or an account: the county's all, a township's its own.
    ///
    /// # Errors
    /// No business; the replica cannot be read.
    pub fn waiting_view(&self) -> Result<WaitingView, Fault> {
        let officer = self.officer()?;
        seen::may_look(&officer)?;
        let reader = self.reader()?;
        let mut rows = reader.pay_lines(officer.office.township(), self.now().day())?;
        for row in &mut rows {
            let audience = Audience::of(&officer, Some(row.township));
            row.name = shown(Field::Name, &row.name, audience, Medium::Screen);
            row.holder = shown(Field::Name, &row.holder, audience, Medium::Screen);
        }
        let finance = is_finance(&officer);
        let bank = if finance { reader.last_paying_bank()? } else { String::new() };
        let today = self.now().day();
        let free = match finance {
            true => reader.source_spans(today, today.plus(1))?,
            false => Vec::new(),
        };
        let free = free.iter().map(|span| (span.moved.fund, span.moved.closing - span.committed)).collect();
        Ok(WaitingView { today, finance, me: officer.no, bank, free, rows })
    }

    /// Sources of batches that another has built and nobody has counted yet.
    ///
    /// # Errors
    /// Nobody is signed in; the replica cannot be read.
    pub(in crate::office::front) fn uncounted(&self) -> Result<BTreeSet<Fund>, Fault> {
        let me = self.officer()?.no;
        let open = self.reader()?.batches(Some(BatchState::Open))?;
        Ok(open.iter().filter(|row| row.by != me).map(|row| row.fund).collect())
    }

    /// The sources in a month and its year; (0, 0) is the month of today.
    ///
    /// # Errors
    /// Another office's officer; the replica cannot be read.
    pub fn sources_view(&self, month: (i32, u32)) -> Result<SourcesView, Fault> {
        let (officer, _) = self.county_money()?;
        let today = self.now().day();
        let month = if month.0 == 0 { (today.year(), today.month()) } else { month };
        let reader = self.reader()?;
        let none = || Fault::new(FaultKind::User, "没有这个月份", "请按PgUp、PgDn换月");
        let found = reader.month_end(month.0, month.1)?.ok_or_else(none)?;
        let first = Day::new(month.0, 1, 1).ok_or_else(none)?;
        let (year, after) = if month.1 == 12 { (month.0 + 1, 1) } else { (month.0, month.1 + 1) };
        let next = Day::new(year, after, 1).ok_or_else(none)?;
        let confirms = is_finance(&officer) || officer.is(Role::Approver);
        let compared = found.compared.into_iter().map(|row| {
            let hidden = confirms && row.confirmed.is_none() && row.by != officer.no;
            Compared {
                fund: row.fund,
                ours: row.ours,
                theirs: (!hidden).then_some(row.theirs),
                by: row.by,
                on: row.on,
                confirmed: row.confirmed,
                explained: if hidden { String::new() } else { row.explained },
            }
        });
        let blind = self.uncounted()?;
        let mut yearly = reader.source_spans(first, next)?;
        for span in yearly.iter_mut().filter(|span| blind.contains(&span.moved.fund)) {
            span.committed = Money::ZERO;
        }
        Ok(SourcesView {
            committed: if blind.is_empty() { found.committed } else { Money::ZERO },
            blind,
            confirms,
            compared: compared.collect(),
            open: reader.open_months(today)?,
            month,
            monthly: found.sources,
            yearly,
            under_way: found.under_way,
            closed: reader.year_closed_on(month.0)?,
            finance: is_finance(&officer),
            today,
        })
    }

    /// 追缴: the county's all, a township's its own.
    ///
    /// # Errors
    /// No business; the replica cannot be read.
    pub fn recoveries_view(&self) -> Result<RecoveriesView, Fault> {
        let officer = self.officer()?;
        seen::may_look(&officer)?;
        let mut rows = self.reader()?.recoveries(officer.office.township())?;
        for row in &mut rows {
            let audience = Audience::of(&officer, Some(row.township));
            row.name = shown(Field::Name, &row.name, audience, Medium::Screen);
            row.reason = shown(Field::Text, &row.reason, audience, Medium::Screen);
        }
        let takes = officer.is(Role::Handler) || officer.is(Role::Finance);
        Ok(RecoveriesView { today: self.now().day(), takes, rows })
    }

    /// What has to be looked at before a year is closed; 0 is the year that ends next or ended last.
    ///
    /// # Errors
    /// Another office's officer; the replica cannot be read.
    pub fn year_end_view(&self, year: i32) -> Result<YearEndView, Fault> {
        let (officer, _) = self.county_money()?;
        let reader = self.reader()?;
        let today = self.now().day();
        // In the first months of a year the one that ended is meant, as long as it is not closed.
        let early = today.month() <= 3 && reader.year_closed_on(today.year() - 1)?.is_none();
        let usual = if early { today.year() - 1 } else { today.year() };
        let year = if year == 0 { usual } else { year };
        let (first, next) = match (Day::new(year, 1, 1), Day::new(year + 1, 1, 1)) {
            (Some(first), Some(next)) => (first, next),
            _ => return Err(Fault::new(FaultKind::User, "没有这个年度", "请按F3返回")),
        };
        let mut live = self.batch_lines(&officer.no, None)?;
        live.retain(|line| !matches!(line.row.state, BatchState::Returned | BatchState::Dropped));
        // what was begun since then is the next year's
        let of_year = |day: Option<Day>| day.is_none_or(|day| day < next);
        live.retain(|line| of_year(Some(line.row.opened)));
        let mut unpaid = self.waiting_view()?.rows;
        unpaid.retain(|line| of_year(line.decided));
        let mut advances = reader.open_advances()?;
        advances.retain(|row| of_year(row.on));
        Ok(YearEndView {
            year,
            today,
            closed: reader.year_closed_on(year)?,
            unpaid,
            live,
            advances,
            tills: reader.tills()?,
            sources: reader.source_spans(first, next)?,
            finance: is_finance(&officer),
        })
    }
}

/// What became of a row, in a word or two.
pub fn ended(line: &RosterLine, state: BatchState) -> String {
    match (line.end, state) {
        (Some(LineEnd::Paid), _) if !line.given_back.is_zero() => {
            format!("已付，退回{}", line.given_back.plain())
        }
        (Some(LineEnd::Paid), _) => "已付".to_owned(),
        (Some(LineEnd::Returned(why)), _) => match (&line.again, line.corrected) {
            (Some(again), _) => format!("退汇，进{again}"),
            (None, true) => "退汇，已更正".to_owned(),
            (None, false) => format!("退汇：{}", short(why)),
        },
        (None, BatchState::Sent) => "在途".to_owned(),
        (None, _) => String::new(),
    }
}

fn short(why: ReturnReason) -> &'static str {
    why.zh()
}
