//! The end of the terminal: its window was closed, its line dropped, or the machine is shut down.
//!
//! Must never be left to the reading of keys: that spins for ever on a terminal that is gone. On Windows the console's own
//! reading fails, which is told as it is.

use std::io;
use std::sync::mpsc::Sender;

use super::run::Event;

/// Tells the loop, once, that the terminal is gone: by the signals of a hangup and of an orderly end, also where whoever
/// started the program ignores them, and by the terminal itself, which may be gone without a signal.
#[cfg(unix)]
pub fn watch(events: &Sender<Event>) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;
    use signal_hook::consts::{SIGHUP, SIGTERM};
    use signal_hook::iterator::Signals;

    let mut signals = Signals::new([SIGHUP, SIGTERM])?;
    let told = events.clone();
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        if signals.forever().next().is_some() {
            // A loop that has ended needs no telling.
            let _ = told.send(Event::Gone);
        }
    })?;
    let told = events.clone();
    std::thread::Builder::new().name("hangup".to_owned()).spawn(move || {
        let terminal = io::stdin();
        // Nothing is asked for: only a hangup or an error is answered, so that it sleeps until then.
        let mut asked = [PollFd::new(&terminal, PollFlags::empty())];
        loop {
            match poll(&mut asked, None) {
                Err(Errno::INTR) | Ok(0) => {}
                // Where the terminal cannot be watched the signals are left.
                Err(_) => return,
                Ok(_) => break,
            }
        }
        let _ = told.send(Event::Gone);
    })?;
    Ok(())
}

/// The console's reading fails by itself.
#[cfg(not(unix))]
pub fn watch(_events: &Sender<Event>) -> io::Result<()> {
    Ok(())
}
