//! Clocks at the front (时间): how far this PC's clock stands from the share's, as far as entries tell, and the jump of the
//! share's clock that somebody has to confirm.

use super::Front;
use crate::base::day::Stamp;
use crate::office::worker::{Job, Jump};

/// A clock may be off by so much before it is said, in minutes.
const OFF_MINUTES: i64 = 10;

/// Two clocks that stand apart, at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Apart {
    /// This PC's.
    pub desk: Stamp,
    /// The share's.
    pub share: Stamp,
}

impl Apart {
    /// Clocks of which the share's is ahead by so many ms; none where they are about the same.
    fn of(ahead_ms: i64, desk: Stamp) -> Option<Apart> {
        let share = Stamp(desk.0.saturating_add(ahead_ms));
        (desk.minutes_until(share).abs() > OFF_MINUTES).then_some(Apart { desk, share })
    }

    /// What is wrong and what to do.
    pub fn sentence(&self) -> String {
        let minutes = self.desk.minutes_until(self.share).abs();
        let apart =
            if minutes < 120 { format!("{minutes}分钟") } else { format!("{}小时", minutes / 60) };
        let text = |at: Stamp| format!("{} {}", at.day().month_day(), at.clock());
        format!(
            "本机时间 {}，共享盘 {}，相差{apart}；登记按共享盘时间，请校准本机时间",
            text(self.desk),
            text(self.share)
        )
    }
}

impl Front {
    /// Learns from the newest entry. `own` is its place where this desk wrote it just now: then the share's time in it is
    /// now. Another's entry tells only of a clock that is behind it, for it was written before.
    pub fn learn_share_time(&mut self, own: Option<u64>) {
        let Ok(head) = self.reader().and_then(|reader| Ok(reader.head()?)) else { return };
        let ahead = head.share_ms.saturating_sub(self.now().0);
        if own == Some(head.n) || (ahead > 0 && Apart::of(ahead, self.now()).is_some()) {
            self.share_ahead = Some(ahead);
        }
    }

    /// This PC's clock and the share's, where they stand apart by more than ten minutes.
    pub fn clocks_apart(&self) -> Option<Apart> {
        Apart::of(self.share_ahead?, self.now())
    }

    /// The jump of the share's clock that waits for somebody to confirm it.
    pub fn jump(&self) -> Option<Jump> {
        self.worker.watch().open_jump()
    }

    /// The officer has confirmed twice that the share's time is right.
    pub fn trust_time(&self) {
        self.worker.give(Job::TrustTime);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::Day;

    #[test]
    fn more_than_ten_minutes_are_said_with_both_times() {
        let desk = Stamp::at(Day::new(2026, 11, 23).unwrap(), 9, 15);
        assert_eq!(Apart::of(10 * 60_000, desk), None);
        assert_eq!(Apart::of(-10 * 60_000, desk), None);
        let said = Apart::of(47 * 60_000, desk).unwrap().sentence();
        assert!(
            said.contains("11-23 09:15") && said.contains("11-23 10:02") && said.contains("47分钟"),
            "{said}"
        );
        let said = Apart::of(-26 * 3_600_000, desk).unwrap().sentence();
        assert!(said.contains("11-22 07:15") && said.contains("26小时"), "{said}");
    }
}
