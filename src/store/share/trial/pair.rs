//! What two PCs that have met try together: one name at one moment, a turn taken over, sizes and contents that the other
//! must see. After each part both tell each other what they saw, so both come to the same findings.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::alone::pattern;
use super::meeting::{Hears, Meeting, Role, Stop};
use super::{Check, Finding, middle_and_worst, spoken};
use crate::store::share::slip::{self, Ending, TurnSlip};

/// Folders of rounds, so that none grows long: listing one is what a round costs.
const BATCH: usize = 20;
/// If one PC gets less than this part of the names, the two were never at it at one moment.
const ONE_SIDED: usize = 40;
/// What one PC wrote must be seen by the other within this.
const PROMISE: Duration = Duration::from_millis(1_000);

/// What one PC saw of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Saw {
    /// Of each round, whether this PC got the name.
    Won(Vec<bool>),
    /// Nothing wrong, and how long it took each time, in microseconds.
    Times(Vec<u64>),
    /// What was wrong.
    Wrong(String),
    /// The drive cannot do it at all.
    Cannot,
}

/// Makes the tries of two PCs, and parts. Both PCs return the same findings, as far as they could still talk.
pub fn together(meeting: Meeting, hears: &mut dyn Hears) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut stop = None;
    let parts: [(Check, Part); 5] = [
        (Check::TwoNames, names),
        (Check::TakeOver, take_over),
        (Check::Growth, growth),
        (Check::Sight, sight),
        (Check::NoReplace, no_replace),
    ];
    for (check, part) in parts {
        if stop.is_some() {
            findings.push(Finding::untested(check, "前面停下了，没有测"));
            continue;
        }
        hears.progress(&format!("正在查：{}", check.zh()));
        match both(&meeting, check, part, hears) {
            Ok((a, b, doubled)) => findings.push(judge(check, &a, &b, doubled)),
            Err(why) => {
                findings.push(Finding { next: STOPPED.into(), ..Finding::fail(check, why.0.clone()) });
                stop = Some(why);
            }
        }
    }
    meeting.part(stop.as_ref());
    findings
}

const STOPPED: &str = "请两边都重新运行一次；再停下就检查网络";

type Part = fn(&Meeting, &mut dyn Hears) -> Result<Saw, Stop>;

/// What the two PCs saw of a part, the first PC's before the second's, and whether they met under one name.
fn both(
    meeting: &Meeting,
    check: Check,
    part: Part,
    hears: &mut dyn Hears,
) -> Result<(Saw, Saw, bool), Stop> {
    let own = part(meeting, hears)?;
    let what = format!("saw{}", check.number());
    let text = serde_json::to_string(&(meeting.doubled, &own)).map_err(|error| Stop(error.to_string()))?;
    meeting.tell(&what, &text)?;
    let theirs = meeting.hear(&what)?;
    let (doubled, theirs): (bool, Saw) =
        serde_json::from_str(&theirs).map_err(|_| Stop("对方的结果读不懂，两边程序版本要一样".into()))?;
    let doubled = doubled || meeting.doubled;
    Ok(if meeting.role == Role::A { (own, theirs, doubled) } else { (theirs, own, doubled) })
}

fn wrong(said: impl Into<String>) -> Saw {
    Saw::Wrong(said.into())
}

/// One finding out of what both saw; the same on both PCs.
fn judge(check: Check, a: &Saw, b: &Saw, doubled: bool) -> Finding {
    if check == Check::TwoNames && doubled {
        return Finding::fail(check, "会合时两台电脑都拿到了同一个名称");
    }
    let of = |role: Role, said: &str| format!("{}：{said}", role.zh());
    match (a, b) {
        (Saw::Wrong(said), _) => Finding::fail(check, of(Role::A, said)),
        (_, Saw::Wrong(said)) => Finding::fail(check, of(Role::B, said)),
        (Saw::Cannot, _) | (_, Saw::Cannot) => Finding::untested(check, "这个盘没有这个功能，程序也不用它"),
        (Saw::Won(a), Saw::Won(b)) => judge_wins(check, a, b),
        (Saw::Times(a), Saw::Times(b)) => judge_times(check, a, b),
        _ => Finding::fail(check, "两台电脑查的不是同一件事"),
    }
}

fn judge_wins(check: Check, a: &[bool], b: &[bool]) -> Finding {
    let rounds = a.len();
    let pairs = || a.iter().zip(b);
    let (twice, never) =
        (pairs().filter(|(a, b)| **a && **b).count(), pairs().filter(|(a, b)| !**a && !**b).count());
    if rounds != b.len() {
        return Finding::fail(check, "两台电脑的次数不一样");
    }
    if twice + never > 0 {
        let said = format!("{rounds} 次里 {twice} 次两台都成功，{never} 次都不成功");
        // Nothing rests on a second name, so it is told and no more.
        return if check == Check::NoReplace {
            Finding::note(check, said)
        } else {
            Finding::fail(check, said)
        };
    }
    let won = |of: &[bool]| of.iter().filter(|won| **won).count();
    let said = format!("{rounds} 次都只成一台：甲 {} 次，乙 {} 次", won(a), won(b));
    // Where one was always the earlier, nothing was tried at one moment.
    if check == Check::TwoNames && won(a).min(won(b)) * ONE_SIDED < rounds {
        let next = "两台没有真正同时，请再运行一次".to_owned();
        return Finding { next, ..Finding::note(check, said) };
    }
    Finding::pass(check, said)
}

fn judge_times(check: Check, a: &[u64], b: &[u64]) -> Finding {
    let mut times: Vec<Duration> = a.iter().chain(b).map(|micros| Duration::from_micros(*micros)).collect();
    let (middle, worst) = middle_and_worst(&mut times);
    if check == Check::TakeOver {
        return Finding::pass(check, "停下的一台不能再写，另一台接得过来，两个方向都试了");
    }
    let said = format!("{} 次：一般 {}，最慢 {}", times.len(), spoken(middle), spoken(worst));
    if worst >= PROMISE {
        Finding::fail(check, format!("{said}，超过 1 秒"))
    } else {
        Finding::pass(check, said)
    }
}

/// Both take one name at one moment, round after round.
fn names(meeting: &Meeting, hears: &mut dyn Hears) -> Result<Saw, Stop> {
    let ground = &meeting.ground;
    race(meeting, "race", meeting.patience.rounds, hears, &|_, name| ground.create(name))
}

/// The same with a second name for a file, which no drive may put in place of another.
fn no_replace(meeting: &Meeting, hears: &mut dyn Hears) -> Result<Saw, Stop> {
    let (ground, rounds) = (&meeting.ground, meeting.patience.rounds.min(BATCH));
    // Whoever cannot do it goes through the rounds all the same: the other waits in each.
    let cannot = std::cell::Cell::new(false);
    let saw = race(meeting, "link", rounds, hears, &|own, name| {
        ground.link(own, name).or_else(|_| {
            cannot.set(true);
            Ok(false)
        })
    })?;
    Ok(if cannot.get() { Saw::Cannot } else { saw })
}

/// Rounds with a barrier each: both make a file of their own, and when both see both, they take the same name.
fn race(
    meeting: &Meeting,
    name: &str,
    rounds: usize,
    hears: &mut dyn Hears,
    take: &dyn Fn(&Path, &Path) -> io::Result<bool>,
) -> Result<Saw, Stop> {
    let folder = |batch: usize| meeting.folder().join(format!("{name}.{batch:02}"));
    let stop = |error: io::Error| Stop::of("抢同名", &error);
    begin(meeting, name, (0..rounds.div_ceil(BATCH)).map(folder))?;
    let (own, other) = (meeting.role.letter(), meeting.role.other().letter());
    let mut won = Vec::with_capacity(rounds);
    for round in 0..rounds {
        hears.progress(&format!("正在查：第 {} 次，共 {rounds} 次", round + 1));
        let folder = folder(round / BATCH);
        let (mine, theirs) = (folder.join(format!("{round}.{own}")), format!("{round}.{other}"));
        meeting.ground.create(&mine).map_err(stop)?;
        let begun = Instant::now();
        let mut looks = 0;
        loop {
            let look = Instant::now();
            let names = meeting.ground.list(&folder).map_err(stop)?;
            looks += 1;
            if names.contains(&theirs) {
                // Who came second saw both at its first look, while the other is still looking: so it waits a part of
                // a look, another part each time, and neither is always the earlier.
                if looks == 1 {
                    std::thread::sleep(look.elapsed() * (round % 5) as u32 / 4);
                }
                break;
            }
            if looks % 100 == 0 {
                let all = meeting.ground.list(&meeting.folder()).map_err(stop)?;
                meeting.is_there(&all)?;
            }
            meeting.still_waiting(begun)?;
        }
        won.push(take(&mine, &folder.join(format!("{round}.taken"))).map_err(stop)?);
    }
    Ok(Saw::Won(won))
}

/// The first PC makes the folders of a part, and the second begins when it hears of them.
fn begin(meeting: &Meeting, part: &str, folders: impl Iterator<Item = PathBuf>) -> Result<(), Stop> {
    let what = format!("begin-{part}");
    if meeting.role == Role::A {
        for folder in folders {
            meeting.ground.make_folder(&folder).map_err(|error| Stop::of("准备", &error))?;
        }
        meeting.tell(&what, "")?;
        return Ok(());
    }
    meeting.hear(&what).map(drop)
}

/// Each stops once in its turn, without end; the other ends it as taken; then the first must find that it may not go on.
fn take_over(meeting: &Meeting, _hears: &mut dyn Hears) -> Result<Saw, Stop> {
    let turns = meeting.folder().join("turns");
    begin(meeting, "turns", [turns.clone()].into_iter())?;
    let mut saw = Saw::Times(Vec::new());
    for (k, stops) in [(1, Role::A), (2, Role::B)] {
        let found = if meeting.role == stops {
            stop_in_turn(meeting, &turns, k)?
        } else {
            take_turn(meeting, &turns, k)?
        };
        // The second try is made all the same: the other PC waits for it.
        if let Err(said) = found {
            saw = wrong(said);
        }
    }
    Ok(saw)
}

/// Begins turn `k`, sleeps in it, wakes up and tries to end it.
fn stop_in_turn(meeting: &Meeting, turns: &Path, k: u64) -> Result<Result<(), &'static str>, Stop> {
    let stop = |error: io::Error| Stop::of("轮次", &error);
    let (turn, end) = (turns.join(slip::turn_name(1, k)), turns.join(slip::end_name(1, k)));
    if !meeting.ground.create(&turn).map_err(stop)? {
        told(meeting, k, false)?;
        return Ok(Err("新的轮次被说成已有"));
    }
    let text =
        TurnSlip { nonce: meeting.nonce.clone(), desk: meeting.nonce.clone(), officer: "0".into() }.text();
    meeting.ground.write(&turn, 0, text.as_bytes()).map_err(stop)?;
    // Looked for in vain just before: a client may go on saying "missing", and must not be believed.
    let _ = meeting.ground.read(&end);
    if !told(meeting, k, true)? {
        return Ok(Ok(()));
    }
    if meeting.ground.create(&end).map_err(stop)? {
        return Ok(Err("轮次被接走以后，还能当作自己的来结束"));
    }
    let begun = Instant::now();
    loop {
        let bytes = match meeting.ground.read(&end) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            other => other.map_err(stop)?,
        };
        match Ending::read(&bytes) {
            Some((Ending::Taken, nonce)) if nonce != meeting.nonce => return Ok(Ok(())),
            Some(_) => return Ok(Err("轮次怎样结束的，写的与对方不同")),
            None if begun.elapsed() >= meeting.patience.late => {
                return Ok(Err("轮次被接走了，却读不到是谁接的"));
            }
            None => std::thread::sleep(meeting.patience.look),
        }
    }
}

/// Sees turn `k` stand still, and ends it.
fn take_turn(meeting: &Meeting, turns: &Path, k: u64) -> Result<Result<(), &'static str>, Stop> {
    let stop = |error: io::Error| Stop::of("轮次", &error);
    let begun = meeting.hear(&format!("turn{k}"))?;
    if begun != "ok" {
        meeting.tell(&format!("turn{k}"), "no")?;
        return Ok(Ok(()));
    }
    let (name, end) = (slip::turn_name(1, k), turns.join(slip::end_name(1, k)));
    let look = || meeting.ground.read(&turns.join(&name));
    let done = (|| -> io::Result<Result<(), &'static str>> {
        if !meeting.ground.list(turns)?.contains(&name) {
            return Ok(Err("对方的轮次列不出来"));
        }
        let bytes = look()?;
        if TurnSlip::read(&bytes).is_none() {
            return Ok(Err("对方的轮次读不全"));
        }
        // A desk waits 45 seconds; here it is known that the other stands still.
        std::thread::sleep(meeting.patience.settle);
        if look()? != bytes || meeting.ground.list(turns)?.contains(&slip::end_name(1, k)) {
            return Ok(Err("对方停着不动，它的轮次却变了"));
        }
        if !meeting.ground.create(&end)? {
            return Ok(Err("没有人结束的轮次，接不过来"));
        }
        meeting.ground.write(&end, 0, Ending::Taken.text(&meeting.nonce).as_bytes())?;
        Ok(Ok(()))
    })()
    .map_err(stop)?;
    meeting.tell(&format!("turn{k}"), if done.is_ok() { "ok" } else { "no" })?;
    Ok(done)
}

/// Tells whether the turn began, and hears whether it was taken over.
fn told(meeting: &Meeting, k: u64, begun: bool) -> Result<bool, Stop> {
    let what = format!("turn{k}");
    meeting.tell(&what, if begun { "ok" } else { "no" })?;
    Ok(meeting.hear(&what)? == "ok")
}

/// A file grows on one PC; the other opens it anew and must see all of it.
fn growth(meeting: &Meeting, hears: &mut dyn Hears) -> Result<Saw, Stop> {
    let file = |role: Role| meeting.folder().join(format!("grow.{}", role.letter()));
    let whole = |round: usize| pattern(4096 * (round + 1), 5);
    let write = |round: usize| {
        let path = file(meeting.role);
        if round == 0 {
            meeting.ground.create(&path)?;
        }
        let bytes = whole(round);
        let at = 4096 * round;
        meeting.ground.write(&path, at as u64, bytes.get(at..).unwrap_or_default())
    };
    let seen = |round: usize| -> io::Result<bool> {
        let (path, bytes) = (file(meeting.role.other()), whole(round));
        Ok(meeting.ground.size(&path)? == bytes.len() as u64 && meeting.ground.read(&path)? == bytes)
    };
    see(meeting, "grow", hears, &write, &seen)
}

/// Four bytes change in place, as the change counter does; the other reads them.
fn sight(meeting: &Meeting, hears: &mut dyn Hears) -> Result<Saw, Stop> {
    let file = |role: Role| meeting.folder().join(format!("see.{}", role.letter()));
    let bytes = |round: usize| (round as u32 + 1).to_be_bytes();
    let write = |round: usize| {
        let path = file(meeting.role);
        if round == 0 {
            meeting.ground.create(&path)?;
            meeting.ground.write(&path, 0, &[0; 100])?;
        }
        meeting.ground.write(&path, 24, &bytes(round))
    };
    let seen = |round: usize| Ok(meeting.ground.read_at(&file(meeting.role.other()), 24, 4)? == bytes(round));
    see(meeting, "see", hears, &write, &seen)
}

/// Both write in turn, and the other says how long after the word it saw it.
fn see(
    meeting: &Meeting,
    name: &str,
    hears: &mut dyn Hears,
    write: &dyn Fn(usize) -> io::Result<()>,
    seen: &dyn Fn(usize) -> io::Result<bool>,
) -> Result<Saw, Stop> {
    let mut times = Vec::new();
    let mut late = false;
    for round in 0..meeting.patience.sights {
        hears.progress(&format!("正在查：第 {} 次，共 {} 次", round + 1, meeting.patience.sights));
        write(round).map_err(|error| Stop::of("写入", &error))?;
        let what = format!("{name}{round}");
        meeting.tell(&what, "")?;
        meeting.hear(&what)?;
        // What counts is when the look began that saw it, not how long a slow line takes to read it.
        let begun = Instant::now();
        let mut waited = Duration::ZERO;
        while !late && !seen(round).or_else(missing).map_err(|error| Stop::of("读取", &error))? {
            late = begun.elapsed() >= meeting.patience.late;
            std::thread::sleep(meeting.patience.look);
            waited = begun.elapsed();
        }
        times.push(u64::try_from(waited.as_micros()).unwrap_or(u64::MAX));
        // The next is not written before the other has looked at this one.
        let what = format!("{name}{round}-seen");
        meeting.tell(&what, "")?;
        meeting.hear(&what)?;
    }
    if late {
        let said = format!("对方写的，{} 秒后还看不见", meeting.patience.late.as_secs());
        return Ok(wrong(said));
    }
    Ok(Saw::Times(times))
}

/// A name that a cache still calls missing is not seen yet.
fn missing(error: io::Error) -> io::Result<bool> {
    if error.kind() == io::ErrorKind::NotFound { Ok(false) } else { Err(error) }
}
