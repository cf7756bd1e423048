//! The county of the year: who works in it and where. Seven desks serve four townships each, one is the bureau's approver's,
//! two are finance's. All ten work at once; the day ends when the last is done.

use super::bureau;
use super::seat::{Duty, Seat, Tally};
use super::township;
use crate::base::day::{Day, Stamp};
use crate::base::division;
use crate::base::seeded::Rng;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role};
use crate::ledger::DeskId;
use crate::office::desk::{Desk, Parts};
use crate::office::scratch::{Hands, Scratch, reach};
use crate::office::session::Session;
use crate::office::setup::NewOfficer;
use crate::office::sweep::acts::officer;
use crate::store::fault::Fault;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// How many desks there are.
pub(super) const SEATS: usize = 10;
/// The bureau's approver; finance's maker and checker of batches.
pub(super) const BUREAU: &str = "9011";
pub(super) const MAKER: &str = "9001";
pub(super) const CHECKER: &str = "9002";
/// How many townships a desk serves.
const TOWNSHIPS: usize = 4;

/// The handler of a township.
pub(super) fn handler(township: u16) -> OfficerNo {
    OfficerNo(format!("{township}1"))
}

/// Its approver.
pub(super) fn approver(township: u16) -> OfficerNo {
    OfficerNo(format!("{township}2"))
}

/// A second handler, who repays what the first recorded.
pub(super) fn second(township: u16) -> OfficerNo {
    OfficerNo(format!("{township}3"))
}

fn officers() -> Vec<NewOfficer> {
    let mut all = vec![
        officer("9000", Office::County, Role::Administrator),
        officer(MAKER, Office::County, Role::Finance),
        officer(CHECKER, Office::County, Role::Finance),
        officer(BUREAU, Office::County, Role::Approver),
    ];
    for township in division::townships() {
        let office = Office::Township(township.code);
        all.push(officer(&handler(township.code).0, office, Role::Handler));
        all.push(officer(&approver(township.code).0, office, Role::Approver));
        all.push(officer(&second(township.code).0, office, Role::Handler));
    }
    all
}

/// The county.
pub(super) struct County {
    pub(super) office: Scratch,
    pub(super) seats: Vec<Seat>,
}

impl County {
    /// Founds it and opens its desks.
    ///
    /// # Errors
    /// The machine's.
    pub(super) fn found(folder: &Path, now: Stamp, seed: u64) -> Result<County, Fault> {
        let all = officers();
        let mut office = Scratch::found(&all, now, false)?;
        office.learn();
        let sessions: BTreeMap<OfficerNo, Arc<Session>> = all
            .iter()
            .map(|one| Ok((one.no.clone(), office.session(&one.no)?)))
            .collect::<Result<_, Fault>>()?;
        let sessions = Arc::new(sessions);
        let codes: Vec<u16> = division::townships().iter().map(|township| township.code).collect();
        let mut duties: Vec<Duty> =
            codes.chunks(TOWNSHIPS).map(|some| Duty::Townships(some.to_vec())).collect();
        duties.extend([Duty::Bureau, Duty::Maker(codes), Duty::Checker]);
        let county = office.desk().county();
        let mut seats = Vec::new();
        for (duty, nth) in duties.into_iter().zip(1u8..) {
            let own = folder.join(format!("desk-{nth}"));
            let desk = DeskId([nth; 8]);
            let hands = office.hands();
            let log = Box::new(reach(&office.share_folder(), &own, county, desk, hands.clone()));
            let parts = Parts { log, county, desk, folder: own, clock: hands.clock(Hands::default()) };
            let mut desk = Desk::open(parts)?;
            desk.pull()?;
            let rng = Rng::new(seed ^ u64::from(nth) << 40);
            seats.push(Seat::new(desk, duty, sessions.clone(), hands, rng));
        }
        Ok(County { office, seats })
    }

    /// A working day: all desks at once, with so many new cases among them.
    ///
    /// # Errors
    /// The machine's.
    pub(super) fn day(&mut self, today: Day, quota: u64) -> Result<(), Fault> {
        self.office.at(Stamp::at(today, 9, 0).max(self.office.now()));
        let townships = u64::try_from(SEATS - 3).unwrap_or(1);
        let came = std::thread::scope(|scope| {
            let works: Vec<_> = (0..)
                .zip(&mut self.seats)
                .map(|(nth, seat)| {
                    let own = quota / townships + u64::from(nth < quota % townships);
                    scope.spawn(move || match seat.duty.clone() {
                        Duty::Townships(codes) => township::day(seat, &codes, today, own),
                        Duty::Bureau => bureau::approve(seat),
                        Duty::Maker(codes) => bureau::make(seat, &codes, today),
                        Duty::Checker => bureau::check(seat),
                    })
                })
                .collect();
            works.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
        });
        for work in came {
            work.map_err(|_| Fault::bug("一台办公桌出错退出"))??;
        }
        // Entries of one day stand one minute apart from those of the next look.
        self.office.at(self.office.now().plus_minutes(1));
        Ok(())
    }

    /// What all desks did together.
    pub(super) fn tally(&self) -> Tally {
        let mut all = Tally::default();
        self.seats.iter().for_each(|seat| all.add(&seat.tally));
        all
    }
}
