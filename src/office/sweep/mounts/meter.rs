//! The meter: how long things take, and how many requests they send, read from a file in which the mount itself counts.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Counts of requests by kind; `total` or `SMBs` among them is all of them.
type Counts = BTreeMap<String, u64>;

/// Kinds that are sums, or no requests of the workstation to the server.
const NO_KIND: [&str; 5] = ["total", "SMBs", "cached", "server_fsync", "OplockBreaks"];

/// The meter.
pub(super) struct Meter(Option<PathBuf>);

impl Meter {
    /// With the file in which the mount counts, if it has one.
    pub(super) fn new(file: Option<PathBuf>) -> Meter {
        Meter(file)
    }

    /// The counts of a workstation, the first or the second.
    fn counts(&self, at: usize) -> Option<Counts> {
        let text = std::fs::read_to_string(self.0.as_ref()?).ok()?;
        if text.starts_with('{') { of_json(&text, at) } else { of_stats(&text, at) }
    }

    /// Does something so many times, at a workstation. `act` answers whether it was done and is timed whole.
    ///
    /// # Errors
    /// What `act` fails with.
    pub(super) fn run<E>(
        &self,
        at: usize,
        times: usize,
        act: &mut dyn FnMut() -> Result<(), E>,
    ) -> Result<Reading, E> {
        self.run_between(at, times, &mut || Ok(()), act)
    }

    /// The same, with something before each that does not count and comes from another workstation.
    ///
    /// # Errors
    /// What either fails with.
    pub(super) fn run_between<E>(
        &self,
        at: usize,
        times: usize,
        first: &mut dyn FnMut() -> Result<(), E>,
        act: &mut dyn FnMut() -> Result<(), E>,
    ) -> Result<Reading, E> {
        let mut reading = Reading { times: Vec::new(), counts: self.0.is_some().then(Counts::new) };
        for _ in 0..times {
            first()?;
            let before = self.counts(at);
            let began = Instant::now();
            act()?;
            reading.times.push(began.elapsed());
            reading.add(before, self.counts(at));
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
        format!("每次 {:.1} 个请求（{}）", total as f64 / times, kinds.join("，"))
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
fn of_json(text: &str, at: usize) -> Option<Counts> {
    let whole: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).ok()?;
    let station = whole.values().filter_map(serde_json::Value::as_object).nth(at)?;
    Some(station.iter().filter_map(|(kind, count)| Some((kind.clone(), count.as_u64()?))).collect())
}

/// Counts as the Linux client keeps them in `/proc/fs/cifs/Stats`: a part for each mounted share, `1) \\server\share`,
/// with a line `SMBs: 12` and lines `Creates: 3 total 0 failed`.
fn of_stats(text: &str, at: usize) -> Option<Counts> {
    let head = format!("{}) ", at + 1);
    let next = format!("{}) ", at + 2);
    let part = text.lines().skip_while(|line| !line.starts_with(&head)).skip(1);
    let counts: Counts = part
        .take_while(|line| !line.starts_with(&next))
        .filter_map(|line| {
            let (kind, rest) = line.split_once(": ")?;
            let mut words = rest.split_whitespace();
            let count = words.next()?.parse().ok()?;
            let counted = kind == "SMBs" || words.next() == Some("total");
            // Open files are a state, no requests.
            (counted && kind != "Open files").then(|| (kind.to_owned(), count))
        })
        .collect();
    (!counts.is_empty()).then_some(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_counting_are_read_by_workstation() {
        let json = r#"{"a": {"read": 3, "total": 5}, "b": {"total": 7}, "control_error": null}"#;
        assert_eq!(of_json(json, 0).unwrap()["read"], 3);
        assert_eq!(of_json(json, 1).unwrap()["total"], 7);
        assert!(of_json(json, 2).is_none());
        let stats = "Resources in use\n1) \\\\10.1.0.1\\share\nSMBs: 40\nBytes read: 9  Bytes written: 8\n\
                     Open files: 2 total (local), 1 open on server\nCreates: 11 total 1 failed\n\
                     2) \\\\10.2.0.1\\share\nSMBs: 50\nReads: 4 total 0 failed\n";
        let first = of_stats(stats, 0).unwrap();
        assert_eq!((first["SMBs"], first["Creates"], first.len()), (40, 11, 2));
        assert_eq!(of_stats(stats, 1).unwrap()["Reads"], 4);
        assert!(of_stats(stats, 2).is_none());
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
        let reading = Meter::new(None).run(0, 3, &mut || Ok::<(), ()>(())).unwrap();
        assert!(reading.to_string().contains("3 次") && reading.to_string().contains("请求未计"));
    }
}
