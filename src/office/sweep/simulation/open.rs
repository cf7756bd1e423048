//! What the course looks at after its rounds: totals (I21), and that nothing private lies in the open (I18).

use super::course::{Course, pc};
use super::station::Said;
use super::totals::Totals;
use crate::domain::ids::CaseId;
use std::collections::BTreeSet;

/// The first folder of a path on the share.
const SHARE: &str = "share/";

impl Course<'_> {
    /// The totals that a replica shows are the sums of its rows (I21): on one desk, or on all.
    pub(super) fn totals(&mut self, all: bool) {
        let cases: Vec<CaseId> = self.live.iter().map(|live| live.case).collect();
        let months: Vec<(i32, u32)> = {
            let all: BTreeSet<(i32, u32)> = self.books.moved.iter().map(|moved| moved.month()).collect();
            all.into_iter().collect()
        };
        let can: Vec<usize> = self
            .seats_in_use()
            .filter(|seat| self.seats.is_idle(*seat) && !self.setup.disk.is_dead(pc(*seat)))
            .collect();
        // Between two rounds faults may still lie about: only a desk whose plans are done is asked.
        if self.books.forked || (!all && self.setup.disk.has_plans()) {
            return;
        }
        let one = usize::try_from(self.step).unwrap_or(0) % can.len().max(1);
        let asked = if all { can } else { can.into_iter().skip(one).take(1).collect() };
        for seat in asked {
            let (of, cases) = (months.clone(), cases.clone());
            let Some(shown) = self.ask(seat, move |station| station.totals(&of, &cases)) else { return };
            let Some((n, shown)) = shown else { continue };
            // A desk that has not followed a rebuilt log yet shows the other one.
            if n > self.books.log.len() as u64 || self.behind.contains(&seat) {
                continue;
            }
            let mut summed = Totals::add_up(&self.books.moved, n, &months);
            if self.books.twice {
                summed.paid = shown.paid;
            }
            self.note("合计核对");
            self.hold(shown == summed, || {
                format!("办公桌 {seat} 第 {n} 条时的合计为 {shown:?}，逐条相加为 {summed:?}")
            });
        }
    }

    /// Nothing private stands in the open (I18).
    pub(super) fn open_words(&mut self) {
        let mut broken = Vec::new();
        for (name, bytes) in self.setup.disk.files() {
            if let Some(found) = self.setup.secrets.found_in(name.as_bytes()) {
                broken.push(format!("文件名 {name} 里有不公开的「{found}」"));
            }
            let on_share = name.starts_with(SHARE);
            if let Some(found) = on_share.then(|| self.setup.secrets.found_in(&bytes)).flatten() {
                broken.push(format!("共享盘的文件 {name} 里有不公开的「{found}」"));
            }
        }
        let logged = self.setup.secrets.logged();
        if let Some(found) = self.setup.secrets.found_in(&logged) {
            broken.push(format!("运行日志里有不公开的「{found}」"));
        }
        *self.events.entry("运行日志字节").or_default() += logged.len() as u64;
        self.books.broken.extend(broken);
    }

    /// No sentence about a fault says anything private (I18).
    pub(super) fn no_secret_said(&mut self, seat: usize, said: &[Said]) {
        for said in said {
            if let Said::Waiting(_, what) | Said::Trouble(_, what) = said
                && let Some(found) = self.setup.secrets.found_in(what.as_bytes())
            {
                self.books.broken.push(format!("办公桌 {seat} 的提示里有不公开的「{found}」：{what}"));
            }
        }
    }
}
