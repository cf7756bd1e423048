//! The course of a case on the expenditure path (办理步骤): what its facts add up to. Rules ask it, the replica and the state
//! in memory both fold it from the same facts, so they cannot differ.
//!
//! A step may be entered again: what is entered of the same day corrects it, what happened on a later day asks for the
//! steps behind it again.

use super::clock::{Reckoning, Span, reckon};
use super::command::after::FollowUp;
use super::command::path::{Application, MeansCheck, Objection, Review, School, Signing, Survey};
use super::fact::Fact;
use super::fact::path::{ClockSet, Examined, MeansAuthorised, NoticePosted, OnceNoticed, ResultDelivered};
use super::ids::PersonId;
use super::nouns::Circumstance;
use super::nouns::path::{Absence, MeansResult, PathStep, Pause, SurveyVerdict};
use super::office::Tier;
use super::pack::Pack;
use crate::base::calendar::Calendar;
use crate::base::day::Day;
use crate::base::money::Money;
use std::collections::BTreeSet;

/// An objection and how it was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objected {
    /// The objection.
    pub objection: Objection,
    /// The day and whether it was right.
    pub settled: Option<(Day, bool)>,
}

/// What was done of the path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// 申请.
    pub application: Option<Application>,
    /// 一次性告知, in order.
    pub told: Vec<OnceNoticed>,
    /// The day of acceptance.
    pub accepted: Option<Day>,
    /// 入户调查.
    pub survey: Option<Survey>,
    /// 核对授权.
    pub authority: Option<MeansAuthorised>,
    /// 委托核对, until its report is there.
    pub asked: Option<Day>,
    /// 核对报告.
    pub means: Option<MeansCheck>,
    /// 就学情况.
    pub school: Option<School>,
    /// 民主评议.
    pub review: Option<Review>,
    /// 乡镇审核.
    pub examined: Option<Examined>,
    /// 公示.
    pub notice: Option<NoticePosted>,
    /// 公示结果: the day it was noted.
    pub notice_ended: Option<Day>,
    /// 不宜公示, by the county.
    pub exempt: Option<Day>,
    /// 异议.
    pub objections: Vec<Objected>,
    /// 结果送达, as entered last.
    pub delivered: Option<ResultDelivered>,
    /// 回访, in order.
    pub followed: Vec<FollowUp>,
    /// What does not count for the clock.
    pub spans: Vec<Span>,
    /// Since when the case is with the county.
    pub with_county: Option<Day>,
    /// The clock as it was last set.
    pub clock: Option<ClockSet>,
}

impl Course {
    /// Takes a fact of the case in. What is no step of the path changes nothing.
    pub fn apply(&mut self, fact: &Fact) {
        match fact {
            Fact::ApplicationNoted(made) => self.application = Some(made.clone()),
            Fact::OnceNoticed(made) => {
                self.told.push(made.clone());
                self.spans.push(Span::behind(Pause::Correction, made.on));
            }
            Fact::Corrected(made) => self.ends(Pause::Correction, made.on),
            Fact::CaseAccepted(made) => self.accepted = Some(made.on),
            Fact::Surveyed(made) => {
                let on = made.at.day();
                self.survey = Some(made.clone());
                self.again_behind(on);
            }
            Fact::MeansAuthorised(made) => self.authority = Some(made.clone()),
            Fact::MeansAsked(made) => {
                self.asked = Some(made.on);
                self.spans.push(Span::behind(Pause::Means, made.on));
            }
            Fact::MeansChecked(made) => {
                self.asked = None;
                self.ends(Pause::Means, made.on);
                self.means = Some(made.clone());
                self.again_behind(made.on);
            }
            Fact::SchoolNoted(made) => self.school = Some(made.clone()),
            Fact::Reviewed(made) => {
                let on = made.on;
                self.review = Some(made.clone());
                self.examined_again_behind(on);
            }
            Fact::Examined(made) => self.examined = Some(made.clone()),
            _ => self.of_notice(fact),
        }
    }

    fn of_notice(&mut self, fact: &Fact) {
        match fact {
            Fact::NoticePosted(made) => {
                self.spans.push(Span { why: Pause::Notice, first: made.from, last: Some(made.until) });
                self.notice = Some(made.clone());
                self.notice_ended = None;
            }
            Fact::NoticeEnded(made) if made.void.is_some() => self.take_down(made.on),
            Fact::NoticeEnded(made) => self.notice_ended = Some(made.on),
            Fact::NoticeExempted(made) => self.exempt = Some(made.on),
            Fact::ObjectionMade(made) => {
                self.objections.push(Objected { objection: made.clone(), settled: None });
            }
            Fact::ObjectionSettled(made) => {
                for known in self.objections.iter_mut().filter(|known| known.objection.number == made.number)
                {
                    known.settled = Some((made.on, made.upheld));
                }
                if made.upheld {
                    self.survey = None;
                    self.review = None;
                    self.examined = None;
                    self.take_down(made.on);
                }
            }
            Fact::ResultDelivered(made) => self.delivered = Some(made.clone()),
            Fact::FollowedUp(made) => self.followed.push(made.clone()),
            Fact::ClockSet(made) => {
                match (made.tier, self.with_county) {
                    (Tier::County, None) => self.with_county = Some(made.on),
                    (Tier::Township, Some(since)) => {
                        self.spans.push(Span { last: Some(made.on), ..Span::behind(Pause::County, since) });
                        self.with_county = None;
                    }
                    _ => {}
                }
                self.clock = Some(made.clone());
            }
            _ => {}
        }
    }

    /// The pause of this kind that goes on ends with a day.
    fn ends(&mut self, why: Pause, on: Day) {
        for span in self.spans.iter_mut().filter(|span| span.why == why && span.last.is_none()) {
            span.last = Some(on);
        }
    }

    /// The notice hangs no more: it has to be put up again.
    fn take_down(&mut self, on: Day) {
        if let Some(notice) = self.notice.take() {
            for span in &mut self.spans {
                if span.why == Pause::Notice && span.last == Some(notice.until) && notice.until > on {
                    span.last = Some(on);
                }
            }
        }
        self.notice_ended = None;
    }

    /// What was looked into after the appraisal asks for a new one.
    fn again_behind(&mut self, on: Day) {
        if self.review.as_ref().is_some_and(|review| review.on < on) {
            self.review = None;
        }
        self.examined_again_behind(on);
    }

    fn examined_again_behind(&mut self, on: Day) {
        if self.examined.as_ref().is_some_and(|examined| examined.on < on) {
            self.examined = None;
        }
        if self.notice.as_ref().is_some_and(|notice| notice.from < on) {
            self.take_down(on);
        }
    }

    /// Whether the applicant still has to bring something.
    pub fn correcting(&self) -> bool {
        self.spans.iter().any(|span| span.why == Pause::Correction && span.last.is_none())
    }

    /// The objections that nobody settled.
    pub fn open_objections(&self) -> usize {
        self.objections.iter().filter(|known| known.settled.is_none()).count()
    }

    /// The first step behind acceptance that was taken, by which the path is settled.
    pub fn begun(&self) -> Option<PathStep> {
        let taken = [
            (self.survey.is_some(), PathStep::Survey),
            (self.authority.is_some(), PathStep::Authority),
            (self.asked.is_some() || self.means.is_some(), PathStep::Means),
            (self.school.is_some(), PathStep::School),
            (self.review.is_some(), PathStep::Review),
            (self.examined.is_some(), PathStep::Examination),
            (self.notice.is_some() || self.exempt.is_some(), PathStep::Notice),
        ];
        taken.into_iter().find(|(done, _)| *done).map(|(_, step)| step)
    }

    /// Whether a step is done; one that this case does not ask for counts as done.
    pub fn done(&self, step: PathStep, circumstance: Circumstance, to_county: bool) -> bool {
        match step {
            PathStep::Application => self.application.as_ref().is_some_and(|paper| paper.promise),
            PathStep::Acceptance => self.accepted.is_some(),
            PathStep::Correction => !self.correcting(),
            PathStep::Survey => self.survey.is_some(),
            PathStep::Authority => self.authority.is_some(),
            PathStep::Means => self.means.is_some() && self.asked.is_none(),
            PathStep::School => circumstance != Circumstance::Schooling || self.school.is_some(),
            PathStep::Review => self.review.is_some(),
            PathStep::Examination => !to_county || self.examined.is_some(),
            PathStep::Notice => self.notice.is_some() || self.exempt.is_some(),
            PathStep::NoticeEnd => self.notice_ended.is_some() || self.exempt.is_some(),
        }
    }

    /// The steps up to `last` that are not done, in their order.
    pub fn missing(&self, last: PathStep, circumstance: Circumstance, to_county: bool) -> Vec<PathStep> {
        PathStep::ALL
            .iter()
            .copied()
            .filter(|step| *step <= last && !self.done(*step, circumstance, to_county))
            .collect()
    }

    /// The step whose result speaks against helping, and what it says. Such a case goes up to be refused, or the step is
    /// taken again.
    pub fn against(&self) -> Option<(PathStep, &'static str)> {
        if let Some(survey) = self.survey.as_ref().filter(|survey| survey.verdict != SurveyVerdict::True) {
            return Some((PathStep::Survey, survey.verdict.zh()));
        }
        if self.means.as_ref().is_some_and(|means| means.result == MeansResult::Exceeds) {
            return Some((PathStep::Means, MeansResult::Exceeds.zh()));
        }
        if self.review.as_ref().is_some_and(|review| !review.carried()) {
            return Some((PathStep::Review, "同意不过半数"));
        }
        if self.examined.as_ref().is_some_and(|examined| !examined.agrees) {
            return Some((PathStep::Examination, "不同意"));
        }
        None
    }

    /// What is proposed of a sum that was asked for, as it is published: what the township examined, or else what the survey
    /// found, where that is less.
    pub fn proposed(&self, asked: Money) -> Money {
        let examined = self.examined.as_ref().filter(|examined| examined.agrees).map(|made| made.amount);
        let found = self.survey.as_ref().filter(|survey| survey.verdict == SurveyVerdict::True);
        examined
            .or(found.map(|survey| survey.amount))
            .filter(|sum| !sum.is_zero())
            .map_or(asked, |sum| sum.min(asked))
    }

    /// Who has still to sign the authorisation (后补签字). Who is missing is not waited for: nobody knows whether he comes.
    pub fn unsigned(&self) -> BTreeSet<PersonId> {
        let waits = |signing: &Signing| matches!(signing, Signing::Later { why } if *why != Absence::Missing);
        let members = self.authority.iter().flat_map(|authority| &authority.members);
        members.filter(|member| waits(&member.signing)).map(|member| member.person).collect()
    }

    /// The clock of a tier, reckoned from the days of the course; none before acceptance.
    pub fn reckon(&self, calendar: &Calendar, pack: &Pack, tier: Tier, today: Day) -> Option<Reckoning> {
        let accepted = self.accepted?;
        if tier == Tier::Township {
            let mut spans = self.spans.clone();
            spans.extend(self.with_county.map(|since| Span::behind(Pause::County, since)));
            return Some(reckon(calendar, accepted, pack.clocks.township_days, &spans, today));
        }
        let from = self.with_county.unwrap_or(today);
        let spans: Vec<Span> = self.spans.iter().copied().filter(|span| span.why != Pause::County).collect();
        Some(reckon(calendar, from, pack.clocks.county_days, &spans, today))
    }
}
