//! The original (原文): a bad row as another PC or a backup holds it, judged at the same place by the same keys, with what
//! was changed in it, field by field.

use super::place::Place;
use crate::ledger::chain::{self, Head};
use crate::ledger::{Keyring, Row};
use serde_json::Value;
use std::collections::BTreeMap;

/// How many changes are told; whoever rewrote a whole text is told so by their number.
const MOST: usize = 40;

/// A field that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it stands in the text, or which column.
    pub path: String,
    /// What its author signed; empty where it was added.
    pub was: String,
    /// What stands there now; empty where it was taken away.
    pub is: String,
}

/// The row as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// Who holds it.
    pub held: String,
    /// The row.
    pub row: Row,
    /// What differs.
    pub changes: Vec<Change>,
}

/// The row that belongs behind this head, if a place holds it and it is an entry there.
pub fn original(place: &mut Place, head: &Head, now: Option<&Row>, keys: &dyn Keyring) -> Option<Original> {
    let row = place.after(head.n, 1).ok()?.pop()?;
    chain::check(&row, head, place.county, keys).ok()?;
    let changes = now.map(|now| changes(&row, now)).unwrap_or_default();
    Some(Original { held: place.what.clone(), row, changes })
}

/// What differs between a row as it was signed and as it stands.
pub fn changes(was: &Row, is: &Row) -> Vec<Change> {
    let mut all = Vec::new();
    let mut column = |path: &str, was: String, is: String| {
        if was != is {
            all.push(Change { path: path.to_owned(), was, is });
        }
    };
    column("列 n", was.n.to_string(), is.n.to_string());
    column("列 cid", was.cid.to_string(), is.cid.to_string());
    column("列 hash", was.hash.to_string(), is.hash.to_string());
    column("列 sig", hex::encode(was.sig), hex::encode(is.sig));
    let sealed = |row: &Row| match &row.private {
        Some(column) => format!("{} 字节，{}", column.len(), crate::ledger::seal::sealed_hash(column)),
        None => "空".to_owned(),
    };
    column("列 private", sealed(was), sealed(is));
    if was.body != is.body {
        match (serde_json::from_str(&was.body), serde_json::from_str(&is.body)) {
            (Ok(before), Ok(after)) if before != after => all.extend(fields(&before, &after)),
            _ => all.push(spelling(&was.body, &is.body)),
        }
    }
    all.truncate(MOST);
    all
}

fn fields(was: &Value, is: &Value) -> Vec<Change> {
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    flatten("", was, &mut before);
    flatten("", is, &mut after);
    let mut paths: Vec<&String> = before.keys().chain(after.keys()).collect();
    paths.sort();
    paths.dedup();
    let told = |all: &BTreeMap<String, String>, path: &String| all.get(path).cloned().unwrap_or_default();
    paths
        .into_iter()
        .filter(|path| before.get(*path) != after.get(*path))
        .map(|path| Change { path: path.clone(), was: told(&before, path), is: told(&after, path) })
        .collect()
}

fn flatten(path: &str, value: &Value, out: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(&path, field, out);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                flatten(&format!("{path}[{at}]"), item, out);
            }
        }
        Value::String(text) => drop(out.insert(path.to_owned(), text.clone())),
        other => drop(out.insert(path.to_owned(), other.to_string())),
    }
}

/// Where two texts part that are not two JSON values: some characters around the place.
fn spelling(was: &str, is: &str) -> Change {
    let at = was.chars().zip(is.chars()).take_while(|(a, b)| a == b).count();
    let near = |text: &str| text.chars().skip(at.saturating_sub(20)).take(60).collect::<String>();
    Change { path: format!("正文第 {} 个字起", at + 1), was: near(was), is: near(is) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Cid, Hash};

    fn row(body: &str) -> Row {
        Row {
            n: 7,
            cid: Cid([1; 16]),
            body: body.to_owned(),
            private: None,
            hash: Hash([2; 32]),
            sig: [3; 64],
        }
    }

    #[test]
    fn a_changed_amount_is_told_by_its_place() {
        let was = row(r#"{"facts":[{"amount_fen":50000,"fact":"line-paid"}],"n":7}"#);
        let is = row(r#"{"facts":[{"amount_fen":90000,"by":"9101","fact":"line-paid"}],"n":7}"#);
        let told: Vec<_> = changes(&was, &is).into_iter().map(|c| (c.path, c.was, c.is)).collect();
        let text = |t: &str| t.to_owned();
        assert_eq!(
            told,
            [
                (text("facts[0].amount_fen"), text("50000"), text("90000")),
                (text("facts[0].by"), text(""), text("9101")),
            ]
        );
        assert_eq!(changes(&was, &was), []);
        let broken = row("{\"facts\":[");
        assert_eq!(changes(&was, &broken)[0].path, "正文第 11 个字起");
        let spaced = row(r#"{"facts":[{"amount_fen":50000,"fact":"line-paid"}], "n":7}"#);
        assert!(changes(&was, &spaced)[0].path.starts_with("正文第"), "the same value, spelt otherwise");
        let sealed = Row { private: Some(vec![9; 40]), ..was.clone() };
        assert_eq!(changes(&was, &sealed)[0].path, "列 private");
    }
}
