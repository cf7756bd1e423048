//! Settled rows (落定): which rows of a file a reader may take. The rows of the last turn stand there before its holder has
//! ended it; if he sleeps and another takes the turn, the file is copied without or with them, and they may be in nobody's
//! log in the end. So a reader waits for the end: what it has taken never vanishes.
//!
//! It must never withhold a row for good that a turn was ended over.

use super::Share;
use super::slip::{self, Ending, Publication};
use crate::ledger::{Body, Row, TurnNo};
use crate::store::fault::Fault;

const READ: &str = "读取共享日志";

/// Waits between looks at the end of a turn, milliseconds: its holder commonly makes it right after his rows.
const WAITS: [u64; 3] = [15, 30, 60];

impl Share {
    /// Takes away the rows of the file's last turn unless that turn was ended by its holder. `last` is the last row of the
    /// file, read together with the rows.
    pub(super) fn only_settled(
        &mut self,
        publication: &Publication,
        last: Option<&Row>,
        rows: &mut Vec<Row>,
    ) -> Result<(), Fault> {
        self.withheld = false;
        let Some(turn) = last.and_then(turn_of) else { return Ok(()) };
        if !rows.iter().any(|row| turn_of(row) == Some(turn)) {
            return Ok(());
        }
        for wait in WAITS.into_iter().map(Some).chain([None]) {
            match self.end_of(publication, turn)? {
                Some(Ending::Empty) => break,
                Some(_) => return Ok(()),
                None => {}
            }
            if let Some(wait) = wait {
                self.set.host.sleep(std::time::Duration::from_millis(wait));
            }
        }
        rows.retain(|row| turn_of(row) != Some(turn));
        // Whoever takes the turn publishes a newer file: look for it at once, and do not believe that nothing is new.
        self.withheld = true;
        self.current = None;
        Ok(())
    }

    /// How the holder ended the turn, as far as it matters for its rows: `Empty` where they were read within a commit that
    /// failed and are rolled back.
    fn end_of(&mut self, publication: &Publication, turn: TurnNo) -> Result<Option<Ending>, Fault> {
        if let Some(ending) = self.ended_by_holder(turn)? {
            // The next turn is the one behind it, unless somebody took one without writing a row.
            if ending == Ending::Released && turn.file == publication.file {
                self.released = Some((publication.clone(), turn.k, self.set.host.now()));
            }
            return Ok(Some(ending));
        }
        // Rows that the file was born with are the log's once somebody has written behind them.
        let first = TurnNo { file: publication.file, k: 0 };
        if turn.file != publication.file && self.ended_by_holder(first)?.is_some() {
            return Ok(Some(Ending::Released));
        }
        // Ended turns are removed after an hour; their names are gone then, and only a list tells that for sure.
        let names = match self.drive().list(&self.set.folder.join("turns")) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Some(Ending::Released)),
            names => names.map_err(|error| Fault::of_io(READ, error))?,
        };
        let gone = !names.contains(&slip::turn_name(turn.file, turn.k))
            && !names.contains(&slip::end_name(turn.file, turn.k));
        Ok(gone.then_some(Ending::Released))
    }

    fn ended_by_holder(&self, turn: TurnNo) -> Result<Option<Ending>, Fault> {
        let bytes = slip::read(self.drive(), &self.slip_path(&slip::end_name(turn.file, turn.k)), READ)?;
        let ending = Ending::read(&bytes).map(|(ending, _)| ending);
        Ok(ending.filter(|ending| *ending != Ending::Taken))
    }
}

/// The turn in which a row was written. One whose text cannot be read is not held back: the chain judges it.
fn turn_of(row: &Row) -> Option<TurnNo> {
    Body::from_text(&row.body).ok().map(|body| body.turn)
}
