//! Words (说法): what an entry did, in Chinese, out of its facts as they stand in the log. Fields are known by their names
//! and not by the kind of fact, so that a kind that joins the log later is told as well.

use crate::base::day::Stamp;
use crate::base::division;
use crate::base::money::Money;
use crate::domain::catalogue::facts;
use crate::domain::office::{Office, Role};
use serde_json::Value;

/// What a fact says: its name and what of it an auditor asks for.
pub fn of_fact(fact: &Value) -> String {
    let name = fact.get("fact").and_then(Value::as_str).unwrap_or_default();
    let zh = facts::find(name).map_or(name, |(_, zh)| zh);
    let mut said = Vec::new();
    details(fact, &mut said);
    if said.is_empty() { zh.to_owned() } else { format!("{zh}（{}）", said.join("，")) }
}

fn details(value: &Value, said: &mut Vec<String>) {
    let Some(fields) = value.as_object() else { return };
    // The officer first, then what befell him.
    let order = [
        "officer",
        "from",
        "to",
        "office",
        "roles",
        "limit_fen",
        "id",
        "year",
        "generation",
        "since",
        "until",
        "cases",
    ];
    for name in order {
        if let Some(text) = fields.get(name).and_then(|field| detail(name, field)) {
            said.push(text);
        }
    }
    super::told::details(fields, said);
    for (name, field) in fields {
        if matches!(name.as_str(), "grant" | "change" | "what") {
            details(field, said);
        }
    }
}

fn detail(name: &str, field: &Value) -> Option<String> {
    let text = || field.as_str().map(str::to_owned);
    match name {
        "cases" => Some(format!("{} 件", field.as_array()?.len())),
        "officer" => Some(format!("操作员 {}", text()?)),
        "from" => Some(format!("由 {}", text()?)),
        "to" => Some(format!("到 {}", text()?)),
        "office" => Some(office(&text()?)),
        "roles" => Some(roles(field)),
        "limit_fen" => Some(format!("限额 {} 元", Money::from_fen(field.as_i64()?).grouped())),
        "id" => Some(short(&text()?)),
        "year" => Some(format!("{} 年", field.as_i64()?)),
        "generation" => Some(format!("第 {} 次", field.as_i64()?.saturating_add(1))),
        "since" | "until" => {
            let word = if name == "since" { "自" } else { "至" };
            match field.as_i64() {
                Some(ms) => Some(format!("{word} {}", Stamp(ms).text())),
                None => Some(format!("{word} {}", text()?)),
            }
        }
        _ => None,
    }
}

/// An office as papers name it.
pub fn office(text: &str) -> String {
    match text.parse::<Office>() {
        Ok(Office::County) => "县局".to_owned(),
        Ok(Office::Township(code)) => match division::township(code) {
            Some(known) => known.name.to_owned(),
            None => format!("乡镇 {code:03}"),
        },
        Err(_) => text.to_owned(),
    }
}

fn roles(field: &Value) -> String {
    let words: Vec<String> = field
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|role| match serde_json::from_value::<Role>(role.clone()) {
            Ok(role) => Some(role.zh().to_owned()),
            Err(_) => role.as_str().map(str::to_owned),
        })
        .collect();
    if words.is_empty() { "不再有岗位".to_owned() } else { words.join("、") }
}

/// A key's id is told by its first eight characters; anything else in full.
fn short(id: &str) -> String {
    let hex = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    match id.get(..8) {
        Some(head) if hex => format!("密钥 {head}"),
        _ => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn facts_are_told_and_one_of_tomorrow_too() {
        let enrolled =
            json!({"fact": "officer-enrolled", "officer": "1203", "office": "103", "roles": ["handler"]});
        assert_eq!(of_fact(&enrolled), "操作员登记（操作员 1203，木头城子镇，经办人）");
        let ended = json!({"fact": "roles-given", "officer": "1203", "office": "county", "roles": []});
        assert_eq!(of_fact(&ended), "岗位授予（操作员 1203，县局，不再有岗位）");
        let key = json!({"fact": "key-revoked", "officer": "1203", "id": "ab".repeat(16)});
        assert_eq!(of_fact(&key), "密钥停用（操作员 1203，密钥 abababab）");
        let nested = json!({"fact": "of-tomorrow", "by": "9005", "grant": {"officer": "1", "limit_fen": 30000, "new": 1}});
        assert_eq!(of_fact(&nested), "of-tomorrow（操作员 1，限额 300.00 元）");
        assert_eq!(of_fact(&json!({"fact": "pack-adopted", "id": "CY-2021-15"})), "政策包采用（CY-2021-15）");
    }
}
