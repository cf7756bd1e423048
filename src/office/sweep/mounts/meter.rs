//! The meter: how long things take, and how many requests they send, read from a file in which the mount itself counts.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Counts of requests by kind; `total` or `SMBs` among them is all of them.
type Counts = BTreeMap<String, u64>;

/// Kinds that are sums, or no requests of the workstation to the server.
const NO_KIND: [&str; 4] = ["total", "SMBs", "cached", "server_fsync"];
/// Lines of the client's statistics that count no requests about files.
const NO_KIND_OF_STATS: [&str; 3] = ["Open files", "TreeConnects", "TreeDisconnects"];

/// The meter.
pub(super) struct Meter(Option<PathBuf>);

impl Meter {
    /// With the file in which the mount counts, if it has one.
    pub(super) fn new(file: Option<PathBuf>) -> Meter {
        Meter(file)
    }

    /// The counts of all workstations: whoever measures lets only one of them work.
    fn counts(&self) -> Option<Counts> {
        let text = std::fs::read_to_string(self.0.as_ref()?).ok()?;
        let counts = if text.starts_with('{') { of_json(&text)? } else { of_stats(&text) };
        (!counts.is_empty()).then_some(counts)
    }

    /// Does something so many times, and times each.
    ///
    /// # Errors
    /// What `act` fails with.
    pub(super) fn run<E>(&self, times: usize, act: &mut dyn FnMut() -> Result<(), E>) -> Result<Reading, E> {
        self.run_between(times, &mut || Ok(()), act)
    }

    /// The same, with something before each that does not count and comes from another workstation.
    ///
    /// # Errors
    /// What either fails with.
    pub(super) fn run_between<E>(
        &self,
        times: usize,
        first: &mut dyn FnMut() -> Result<(), E>,
        act: &mut dyn FnMut() -> Result<(), E>,
    ) -> Result<Reading, E> {
        let mut reading = Reading { times: Vec::new(), counts: self.0.is_some().then(Counts::new) };
        for _ in 0..times {
            first()?;
            let before = self.counts();
            let began = Instant::now();
            act()?;
            reading.times.push(began.elapsed());
            reading.add(before, self.counts());
        }
        Ok(reading)
    }
}

/// What was measured.
pub(super) struct Reading {
    times: Vec<Duration>,
    counts: Option<Counts>,
}

impl Reading {
    fn add(&mut self, before: Option<Counts>, after: Option<Counts>) {
        let (Some(sums), Some(before), Some(after)) = (&mut self.counts, before, after) else {
            self.counts = None;
            return;
        };
        for (kind, count) in after {
            let more = count.saturating_sub(before.get(&kind).copied().unwrap_or(0));
            *sums.entry(kind).or_default() += more;
        }
    }

    fn requests(&self) -> String {
        let Some(counts) = &self.counts else { return "请求未计".to_owned() };
        let times = self.times.len().max(1) as f64;
        let total = counts.get("total").or_else(|| counts.get("SMBs")).copied().unwrap_or(0);
        let mut kinds: Vec<(&String, &u64)> =
            counts.iter().filter(|(kind, count)| !NO_KIND.contains(&kind.as_str()) && **count > 0).collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let kinds: Vec<String> =
            kinds.iter().map(|(kind, count)| format!("{kind} {:.1}", **count as f64 / times)).collect();
        // Asking for attributes, folder by folder, is what a path costs on such a drive, not what we do.
        let asked = counts.get("getattr").copied().unwrap_or(0);
        let (all, own) = (total as f64 / times, total.saturating_sub(asked) as f64 / times);
        let apart = if asked > 0 { format!("，不算查属性 {own:.1} 个") } else { String::new() };
        format!("每次 {all:.1} 个请求{apart}（{}）", kinds.join("，"))
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = self.times.iter().map(|time| u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
        let mut sorted: Vec<u64> = micros.collect();
        sorted.sort_unstable();
        let at = |percent| rank(&sorted, percent) as f64 / 1_000.0;
        write!(f, "{} 次，p50 {:.1} 毫秒，p99 {:.1} 毫秒，{}", sorted.len(), at(50), at(99), self.requests())
    }
}

/// Milliseconds from the smallest to the largest.
pub(super) struct Spread(Vec<u64>);

impl Spread {
    /// Of these.
    pub(super) fn of(mut times: Vec<u64>) -> Spread {
        times.sort_unstable();
        Spread(times)
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (half, most, all) = (rank(&self.0, 50), rank(&self.0, 99), rank(&self.0, 100));
        write!(f, "{} 次，p50 {half} 毫秒，p99 {most} 毫秒，最长 {all} 毫秒", self.0.len())
    }
}

/// The value below which so many in a hundred lie, of sorted ones; 0 of none.
fn rank(sorted: &[u64], percent: usize) -> u64 {
    let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or(0)
}

/// Counts by workstation, as JSON: `{"a": {"read": 3, "total": 3}, "b": {...}}`.
fn of_json(text: &str) -> Option<Counts> {
    let whole: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).ok()?;
    let mut counts = Counts::new();
    for (kind, count) in whole.values().filter_map(serde_json::Value::as_object).flatten() {
        *counts.entry(kind.clone()).or_default() += count.as_u64()?;
    }
    Some(counts)
}

/// Counts as the Linux client keeps them in `/proc/fs/cifs/Stats`: a part for each mounted share, with a line `SMBs: 12`
/// and lines `Creates: 3 total 0 failed`.
fn of_stats(text: &str) -> Counts {
    let mut counts = Counts::new();
    for line in text.lines() {
        let Some((kind, rest)) = line.split_once(": ") else { continue };
        let mut words = rest.split_whitespace();
        let Some(count) = words.next().and_then(|word| word.parse::<u64>().ok()) else { continue };
        // Open files are a state, no requests; so are connections.
        let counted = kind == "SMBs" || words.next() == Some("total");
        if counted && !NO_KIND_OF_STATS.contains(&kind) {
            *counts.entry(kind.to_owned()).or_default() += count;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_counting_are_read() {
        let json = r#"{"a": {"read": 3, "total": 5}, "b": {"total": 7}, "control_error": null}"#;
        let counts = of_json(json).unwrap();
        assert_eq!((counts["read"], counts["total"]), (3, 12));
        let stats = "Resources in use\n1) \\\\10.2.0.1\\share\nSMBs: 40\nBytes read: 9  Bytes written: 8\n\
                     Open files: 2 total (local), 1 open on server\nTreeConnects: 7 total 0 failed\n\
                     Creates: 11 total 1 failed\nOplockBreaks: 4 sent 0 failed\n\
                     2) \\\\10.1.0.1\\share\nSMBs: 50\nCreates: 4 total 0 failed\n";
        let counts = of_stats(stats);
        assert_eq!((counts["SMBs"], counts["Creates"], counts.len()), (90, 15, 2));
        assert!(of_stats("no numbers").is_empty());
    }

    #[test]
    fn percentiles_are_values_that_were_seen() {
        let hundred: Vec<u64> = (1..=100).collect();
        assert_eq!([50, 99, 100].map(|percent| rank(&hundred, percent)), [50, 99, 100]);
        assert_eq!(rank(&[7], 50), 7);
        assert_eq!(rank(&[], 99), 0);
    }

    #[test]
    fn a_reading_without_a_counter_says_so() {
        let reading = Meter::new(None).run(3, &mut || Ok::<(), ()>(())).unwrap();
        assert!(reading.to_string().contains("3 次") && reading.to_string().contains("请求未计"));
    }
}
