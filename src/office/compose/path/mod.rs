//! The steps of the expenditure path (支出型) and what follows a decision: a filled form as the command of its step.

mod accept;
pub(in crate::office) mod hardship;
mod means;
mod notice;
mod review;
mod survey;

pub mod apply;

use super::{Desk, Draft, Gap, Halt};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::ids::{CaseId, OfficerNo};
use crate::domain::private::Private;
use crate::forms::Answers;
use crate::forms::tables::path::PathForm;
use std::collections::BTreeSet;

/// A form, the case it is about, and the private part that its words go to.
struct Filled<'a> {
    desk: &'a Desk<'a>,
    case: CaseId,
    answers: &'a Answers,
    overrides: &'a BTreeSet<Code>,
}

/// Composes a step.
///
/// # Errors
/// Fields to be mended.
pub fn step(
    desk: &Desk<'_>,
    case: CaseId,
    form: PathForm,
    answers: &Answers,
    overrides: &BTreeSet<Code>,
) -> Result<Vec<Draft>, Halt> {
    let filled = Filled { desk, case, answers, overrides };
    let mut private = Private::default();
    let command = filled.command(form, &mut private)?;
    Ok(vec![(command, private)])
}

impl Filled<'_> {
    fn command(&self, form: PathForm, private: &mut Private) -> Result<Command, Gap> {
        match form {
            PathForm::OnceNotice => self.once_notice(private),
            PathForm::Corrected => self.corrected(private),
            PathForm::Accept => self.accept(private),
            PathForm::Decline => Ok(self.decline(private)),
            PathForm::Survey => self.survey(private),
            PathForm::School => self.school(private),
            PathForm::Authorise => self.authorise(private),
            PathForm::MeansAsk => self.means_ask(private),
            PathForm::MeansCheck => self.means_check(private),
            PathForm::Review => self.review(private),
            PathForm::Examine => self.examine(private),
            PathForm::PostNotice => self.post(private),
            PathForm::EndNotice => self.end(private),
            PathForm::Exempt => Ok(self.exempt(private)),
            PathForm::Object => self.object(private),
            PathForm::Settle => self.settle(private),
            PathForm::ChangePath => self.change(private),
            PathForm::Deliver => self.deliver(private),
            PathForm::FollowUp => self.follow_up(private),
            PathForm::Hardship => self.hardship(private),
        }
    }

    fn text(&self, key: &str) -> &str {
        self.answers.text(key)
    }

    fn yes(&self, key: &str) -> bool {
        self.answers.is(key, "yes")
    }

    fn day(&self, key: &'static str) -> Result<Day, Gap> {
        self.answers.day(key).ok_or_else(|| Gap::new(key, "日期未填，请填写，回车是今天"))
    }

    /// The word of a choice whose value is its digit.
    fn word<T>(&self, key: &'static str, from_digit: fn(u8) -> Option<T>) -> Result<T, Gap> {
        let digit = self.text(key).parse().ok();
        digit.and_then(from_digit).ok_or_else(|| Gap::new(key, "没有选，请打数字，或按F4选"))
    }

    /// Words typed as digits.
    fn words<T: Copy + Ord>(
        &self,
        key: &'static str,
        from_digit: fn(u8) -> Option<T>,
    ) -> Result<BTreeSet<T>, Gap> {
        let words = crate::forms::tables::path::common::words(self.text(key), from_digit);
        Ok(words.ok_or_else(|| Gap::new(key, "只打数字，按F1看各是什么"))?.into_iter().collect())
    }

    fn count(&self, key: &str) -> u16 {
        self.answers.count(key).and_then(|count| u16::try_from(count).ok()).unwrap_or(0)
    }

    fn sum(&self, key: &str) -> Money {
        self.answers.money(key).unwrap_or_default()
    }

    /// The officers chosen under some keys, in order.
    fn officers(&self, keys: &[&str]) -> Vec<OfficerNo> {
        keys.iter().filter(|key| self.answers.has(key)).map(|key| OfficerNo::from(self.text(key))).collect()
    }
}
