//! The layer of mounts: one shared folder, reached by two desks over a mount each. Both write, and may be killed; the
//! drive may fail meanwhile, which must only make them wait. Then the books are checked as after the kills, and it is
//! measured what a look, a pull and a commit cost. Everything lies in a folder of its own on the share.

mod measure;
mod meter;
mod races;

use super::books::Books;
use super::claims::Claims;
use super::crew::{Crew, PATIENCE, Task};
use super::ground;
use super::rng::Rng;
use super::{Mounts, Order, Report};
use crate::office::random;
use crate::store::fault::Fault;
use meter::Meter;
use std::path::Path;
use std::time::{Duration, Instant};

/// A desk for each mount.
const DESKS: u8 = 2;

/// How long the desks may take at the end to carry what waits: longer than a client takes to give up a dead server.
const LAST_PATIENCE: Duration = Duration::from_secs(900);

/// One kill in so many is followed by an absence in which the other desk may take the dead one's turn.
const ABSENCES: u64 = 6;

/// What a screen may say of a drive that is sound and only fails for a while. A full drive is full, and one that refuses
/// is read-only.
const FAIR: [&str; 6] = ["连接中", "联机", "慢", "断开", "盘满", "只读"];

/// Runs the layer, with a folder of this PC for the desks' own files.
///
/// # Errors
/// The machine's; a drive that is away at the start or at the end.
pub(super) fn run(root: &Path, order: Order<'_>) -> Result<Report, Fault> {
    let Some(mounts) = order.mounts else {
        let why = "需要同一个文件夹的两个挂载点，请写 --share 甲 --share 乙".to_owned();
        return Ok(Report { undone: Some(why), ..Report::default() });
    };
    let name = format!("jiuji-sweep-{}", hex::encode(random::bytes::<8>()?));
    let shares = mounts.shares.clone().map(|share| share.join(&name));
    let [first, _] = &shares;
    let mut report = Report::default();
    races::run(mounts.shares.clone().map(|share| share.join(format!("{name}-races"))), &mut report)?;
    ground::found(root, &shares)?;
    let mut crew = Crew::new(root, DESKS, order.program, order.seed);
    let began = Instant::now();
    let killed = write(&mut crew, &mounts, Rng::new(order.seed), order.told)?;
    let took = began.elapsed();
    report.lines.push(format!("两台办公桌各经一个挂载点，写 {:.0} 秒；{killed}", took.as_secs_f64()));
    heard(&crew.claims, &mut report);
    (order.told)("对账");
    Books::open(root, DESKS)?.check(&crew.claims, took, &mut report)?;
    report.lines.push(files(first)?);
    (order.told)("计量");
    measure::run(root, &Meter::new(mounts.counter), &mut report)?;
    if report.broken.is_empty() {
        // What cannot be removed decides nothing; its name says whose it is.
        let _ = std::fs::remove_dir_all(first);
    } else {
        report.lines.push(format!("共享文件夹留待查看：{}", first.display()));
    }
    Ok(report)
}

/// Lets both desks write, and kills them now and then if so ordered. Answers what was killed, in words.
fn write(
    crew: &mut Crew,
    mounts: &Mounts,
    mut rng: Rng,
    told: &mut dyn FnMut(&str),
) -> Result<String, Fault> {
    let until = Instant::now() + mounts.time;
    let left = || until.saturating_duration_since(Instant::now());
    crew.start_all(Task::Shift(left()))?;
    let (mut kills, mut absences) = (0, 0);
    loop {
        let pause = Duration::from_millis(rng.between(500, 8_000));
        let away = Duration::from_secs(if rng.below(ABSENCES) == 0 { rng.between(50, 70) } else { 0 });
        if !mounts.kill || left() < pause + away {
            break;
        }
        let desk = usize::try_from(rng.below(DESKS.into())).unwrap_or(0);
        crew.listen(pause, |_| false)?;
        crew.strike(desk)?;
        kills += 1;
        absences += u32::from(!away.is_zero());
        crew.listen(away, |_| false)?;
        crew.start(desk, Task::Shift(left()))?;
        told(&format!("强杀 {kills}"));
    }
    told("两台办公桌在写");
    crew.listen(left() + PATIENCE, Crew::are_gone)?;
    crew.await_drained(LAST_PATIENCE)?;
    Ok(format!("强杀 {kills} 次，其中 {absences} 次之后离开近一分钟"))
}

/// What the desks said of the drive, and how long they waited for answers.
fn heard(claims: &[Claims], report: &mut Report) {
    for (no, claims) in (1..).zip(claims) {
        for (word, times) in &claims.drive {
            report.hold(FAIR.contains(&word.as_str()), || {
                format!("办公桌 {no} {times} 次说共享盘是「{word}」，而它只是一时不通")
            });
        }
        for why in &claims.alarms {
            report.broken.push(format!("办公桌 {no} 说：{why}"));
        }
        let words: Vec<String> = claims.drive.iter().map(|(word, times)| format!("{word} {times}")).collect();
        let waited = meter::Spread::of(claims.waited.clone());
        report.lines.push(format!("办公桌 {no}：状态 {}；一次交办等回音 {waited}", words.join("、")));
    }
}

/// How many log files there are: each after the first was a full one's successor or a takeover.
fn files(share: &Path) -> Result<String, Fault> {
    let io = |error| Fault::of_io("列出共享文件夹", error);
    let (mut published, mut turns) = (0, 0);
    for entry in std::fs::read_dir(share).map_err(io)? {
        let name = entry.map_err(io)?.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix("log."));
        published += u32::from(number.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit())));
    }
    for entry in std::fs::read_dir(share.join("turns")).map_err(io)? {
        turns +=
            u32::from(entry.map_err(io)?.file_name().to_str().is_some_and(|name| !name.ends_with(".end")));
    }
    Ok(format!("日志文件 {published} 个（换新 {} 次），轮次 {turns} 个", published.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drive_that_refuses_may_be_called_read_only_but_a_sound_one_never_changed() {
        let said = |word: &str| {
            let mut claims = Claims::default();
            claims.drive.insert(word.to_owned(), 1);
            let mut report = Report::default();
            heard(&[claims], &mut report);
            report.broken.len()
        };
        assert_eq!(["联机", "盘满", "只读"].map(said), [0, 0, 0]);
        assert_eq!(["被改动", "较旧"].map(said), [1, 1]);
    }
}
