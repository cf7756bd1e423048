//! Canonical JSON (RFC 8785) with three rules more: integers only, no null, strings in NFC.
//! One value has one text; nothing here may accept a second spelling.

use serde::Serialize;
use serde_json::Value;
use unicode_normalization::is_nfc;

/// The largest integer that every JSON reader holds exactly: 2^53 - 1.
pub const MAX_INTEGER: u64 = (1 << 53) - 1;

/// Why a text is not canonical.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotCanonical {
    /// A number with a fraction or an exponent.
    #[error("含有小数，只允许整数（金额以分计）")]
    Float,
    /// An integer beyond 2^53 - 1 either way.
    #[error("整数超出可准确表示的范围")]
    Integer,
    /// A null.
    #[error("含有空值 null")]
    Null,
    /// A string or key that is not in Unicode normal form C.
    #[error("文字不是规范的 Unicode 形式（NFC）")]
    NotNfc,
    /// Not JSON, or not the JSON that canonical writing gives.
    #[error("文字与规范写法不一致")]
    Spelling,
    /// A field is missing, unknown, or of the wrong kind.
    #[error("字段缺少、多余或类型不对：{0}")]
    Shape(String),
}

/// The canonical text of a value.
///
/// # Errors
/// If the value breaks one of the three rules or cannot be written as JSON.
pub fn to_text<T: Serialize>(value: &T) -> Result<String, NotCanonical> {
    let value = serde_json::to_value(value).map_err(|e| NotCanonical::Shape(e.to_string()))?;
    check(&value)?;
    written(&value)
}

/// Reads a text and refuses it unless writing it again gives the same bytes.
///
/// # Errors
/// [`NotCanonical`], with the first rule that does not hold.
pub fn from_text(text: &str) -> Result<Value, NotCanonical> {
    let value: Value = serde_json::from_str(text).map_err(|_| NotCanonical::Spelling)?;
    check(&value)?;
    if written(&value)? == text { Ok(value) } else { Err(NotCanonical::Spelling) }
}

/// The canonical text of a value that keeps the three rules. Of integers and strings both libraries write the same, but for
/// the order of keys; where that is the same too, as in all that this program writes, the faster one does.
fn written(value: &Value) -> Result<String, NotCanonical> {
    let text = if is_in_order(value) {
        serde_json::to_string(value).ok()
    } else {
        serde_json_canonicalizer::to_string(value).ok()
    };
    text.ok_or(NotCanonical::Spelling)
}

/// Whether all keys are ASCII, where the order of bytes is that of UTF-16, and stand in that order.
fn is_in_order(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().all(is_in_order),
        Value::Object(fields) => {
            let mut before: Option<&str> = None;
            fields.iter().all(|(key, item)| {
                let follows = before.is_none_or(|before| before < key.as_str());
                before = Some(key);
                follows && key.is_ascii() && is_in_order(item)
            })
        }
        _ => true,
    }
}

/// Checks the three rules in a value and everything in it.
///
/// # Errors
/// The first rule that does not hold.
pub fn check(value: &Value) -> Result<(), NotCanonical> {
    match value {
        Value::Null => Err(NotCanonical::Null),
        Value::Bool(_) => Ok(()),
        Value::Number(number) => {
            let size = match (number.as_u64(), number.as_i64()) {
                (Some(size), _) => size,
                (None, Some(negative)) => negative.unsigned_abs(),
                (None, None) => return Err(NotCanonical::Float),
            };
            if size > MAX_INTEGER { Err(NotCanonical::Integer) } else { Ok(()) }
        }
        Value::String(text) => check_text(text),
        Value::Array(items) => items.iter().try_for_each(check),
        Value::Object(fields) => fields.iter().try_for_each(|(key, item)| {
            check_text(key)?;
            check(item)
        }),
    }
}

fn check_text(text: &str) -> Result<(), NotCanonical> {
    if text.is_ascii() || is_nfc(text) { Ok(()) } else { Err(NotCanonical::NotNfc) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn one_value_has_one_text() {
        let value = json!({"b": 1, "a": [true, "急", -5], "€": {"z": "\n", "y": "\u{20BB7}"}});
        let text = to_text(&value).unwrap();
        assert_eq!(text, "{\"a\":[true,\"急\",-5],\"b\":1,\"€\":{\"y\":\"\u{20BB7}\",\"z\":\"\\n\"}}");
        assert_eq!(from_text(&text), Ok(value));
    }

    #[test]
    fn other_spellings_are_refused() {
        let cases = [
            ("{\"b\":1,\"a\":2}", NotCanonical::Spelling),
            ("{\"a\":1, \"b\":2}", NotCanonical::Spelling),
            ("{\"a\":1,\"a\":1}", NotCanonical::Spelling),
            ("{\"a\":\"\\u6025\"}", NotCanonical::Spelling),
            ("{\"a\":1.5}", NotCanonical::Float),
            ("{\"a\":1.0}", NotCanonical::Float),
            ("{\"a\":1e3}", NotCanonical::Float),
            ("{\"a\":-0}", NotCanonical::Float),
            ("{\"a\":9007199254740992}", NotCanonical::Integer),
            ("{\"a\":-9007199254740992}", NotCanonical::Integer),
            ("{\"a\":null}", NotCanonical::Null),
            ("{\"a\":\"e\u{301}\"}", NotCanonical::NotNfc),
            ("{\"e\u{301}\":1}", NotCanonical::NotNfc),
            ("{\"a\":1}\n", NotCanonical::Spelling),
            ("", NotCanonical::Spelling),
        ];
        for (text, expected) in cases {
            assert_eq!(from_text(text), Err(expected), "{text}");
        }
        assert!(from_text("{\"a\":9007199254740991}").is_ok());
    }

    fn values() -> impl Strategy<Value = Value> {
        let limit = MAX_INTEGER as i64;
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            (-limit..=limit).prop_map(Value::from),
            "[a-z急难\u{20BB7}\"\\\\\n\u{0}-\u{1f}\u{7f}-\u{9f}/\u{2028}]{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map("[a-z急\u{FF5E}\u{20BB7}]{0,4}", inner, 0..5)
                    .prop_map(|m| Value::Object(m.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(value in values()) {
            let text = to_text(&value).unwrap();
            prop_assert_eq!(from_text(&text), Ok(value));
        }

        #[test]
        fn both_libraries_write_the_same(value in values()) {
            prop_assert_eq!(written(&value).unwrap(), serde_json_canonicalizer::to_string(&value).unwrap());
        }
    }
}
