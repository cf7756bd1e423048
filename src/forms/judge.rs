//! What a form says of itself: problems beside fields, what is settled, and the answers to be submitted.

use super::answers::Answers;
use super::checks;
use super::field::{Kind, Need};
use super::form::{Form, Spot, field_in_rows};
use super::kind;
use super::problem::{Level, Problem};

impl Form {
    /// Problems of all visible fields and the rules' verdicts, errors first as the officer meets them.
    pub fn problems(&self) -> Vec<Problem> {
        let mut all = self.own_problems();
        all.extend(self.verdicts.iter().cloned());
        all.sort_by_key(|problem| std::cmp::Reverse(problem.level));
        all
    }

    /// Problems of the form's own making, in the order of its fields.
    pub fn own_problems(&self) -> Vec<Problem> {
        self.spots().into_iter().flat_map(|spot| self.problems_at(spot)).collect()
    }

    /// Problems of one field.
    pub fn problems_at(&self, spot: Spot) -> Vec<Problem> {
        let Some(field) = self.field(spot) else { return Vec::new() };
        let scope = self.scope(spot);
        let mut found = self.problems_of_rows(spot);
        if !(field_in_rows(self.table, spot) && scope.is_blank()) {
            found.extend(checks::problems(field, &self.path(spot), &scope, &self.context));
        }
        found
    }

    /// Problems of repeating rows as a whole, where `spot` is their first cell.
    fn problems_of_rows(&self, spot: Spot) -> Vec<Problem> {
        let first = field_in_rows(self.table, spot) && spot.row == 0 && spot.sub == 0;
        let rows = self.table.fields.get(spot.field).filter(|_| first);
        rows.map(|rows| checks::of_rows(rows, &self.path(spot), &self.answers, &self.context))
            .unwrap_or_default()
    }

    /// The problem that stands beside `spot` now: nothing is said about a required field not yet reached, nor about what
    /// is still being typed.
    pub fn beside(&self, spot: Spot) -> Option<Problem> {
        let text = self.answer(spot).text;
        let path = self.path(spot);
        let verdict = self.verdicts.iter().find(|problem| problem.field == path).cloned();
        let early = text.is_empty() && !self.tried && !self.passed.contains(&path);
        let typing = spot == self.focus && self.stroke.is_some() && !self.is_full(spot);
        if early || typing {
            return verdict;
        }
        self.problems_at(spot).into_iter().max_by_key(|problem| problem.level).or(verdict)
    }

    pub(super) fn is_full(&self, spot: Spot) -> bool {
        let Some(field) = self.field(spot) else { return false };
        match field.kind {
            Kind::IdNumber { .. } => self.answer(spot).text.chars().count() == kind::longest(field.kind),
            Kind::Money | Kind::Sum => {
                self.answer(spot).text.split_once('.').is_some_and(|(_, part)| part.len() > 2)
            }
            _ => false,
        }
    }

    /// The answers of the visible fields, if nothing of the form's own is wrong; else what is.
    pub fn submit(&self) -> Result<Answers, Vec<Problem>> {
        let wrong: Vec<Problem> =
            self.own_problems().into_iter().filter(|problem| problem.level == Level::Error).collect();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut said = Answers::new();
        for field in self.table.fields.iter().filter(|field| field.shows(&self.answers)) {
            if field.columns().is_some() {
                let rows: Vec<Answers> =
                    self.answers.rows(field.key).iter().filter(|row| !row.is_blank()).cloned().collect();
                if !rows.is_empty() {
                    *said.rows_mut(field.key) = rows;
                }
            } else if let Some(answer) = self.answers.get(field.key).filter(|answer| !answer.text.is_empty())
            {
                said.put(field.key, answer.clone());
            }
        }
        Ok(said)
    }

    /// Whether Enter passes `spot` by: it is right, or it is empty and nobody asks.
    pub fn is_settled(&self, spot: Spot) -> bool {
        let Some(field) = self.field(spot) else { return true };
        let scope = self.scope(spot);
        if field_in_rows(self.table, spot) && scope.is_blank() {
            return self.problems_of_rows(spot).iter().all(|problem| problem.level != Level::Error);
        }
        if self.answer(spot).text.is_empty() {
            let asked = match field.need {
                Need::Asked => true,
                Need::AskedWhen(when) => when(&scope),
                Need::Always | Need::When(_) | Need::Never => false,
            };
            let asked = asked && !self.passed.contains(&self.path(spot));
            return !asked && !field.is_needed(&scope);
        }
        self.problems_at(spot).iter().all(|problem| problem.level != Level::Error)
    }
}
