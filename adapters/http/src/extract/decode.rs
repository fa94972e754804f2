//! Deserializes JSON bodies, finding every invalid field.

use serde::de::DeserializeOwned;
use serde_json::{Number, Value, json};
use serde_path_to_error::Segment;
use sojourn_domain::shared::Violations;

use super::messages::{choices, explain};
use super::strict_deserializer::StrictDeserializer;

/// Maximum number of rounds, each of which finds one invalid field.
const MAX_ROUNDS: usize = 64;

/// Number of values that all rounds together read.
const MAX_READ: usize = 64_000;

/// Converts numbers without a fraction to integers, as in JSON Schema.
pub(super) fn whole_numbers(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let float = number
                .as_f64()
                .filter(|f| number.is_f64() && f.fract() == 0.0 && f.abs() < 9.0e15);
            if let Some(float) = float {
                *number = Number::from(whole(float));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(whole_numbers),
        Value::Object(fields) => fields.values_mut().for_each(whole_numbers),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

#[expect(clippy::as_conversions, reason = "a whole number of less than 2^53")]
fn whole(float: f64) -> i64 {
    float as i64
}

/// Deserializes a value. Each invalid field becomes a violation and is replaced with a placeholder, so
/// that the rest can be read and checked too.
pub(crate) fn decode_all<T: DeserializeOwned>(mut value: Value) -> (Option<T>, Violations) {
    let mut found = Violations::new();
    let mut tried: Vec<(String, usize)> = Vec::new();
    let rounds = (MAX_READ / count_values(&value)).clamp(8, MAX_ROUNDS);
    for _ in 0..rounds {
        let error = match serde_path_to_error::deserialize::<_, T>(StrictDeserializer(&value)) {
            Ok(body) => return (Some(body), found),
            Err(error) => error,
        };
        let message = error.inner().to_string();
        let explained = explain(&message);
        let code = explained.code;
        let mut path: Vec<String> = error.path().iter().filter_map(segment).collect();
        if let Some(name) = explained
            .field
            .filter(|name| path.last().map(String::as_str) != Some(name))
        {
            path.push(name.to_owned());
        }
        let pointer: String = path
            .iter()
            .map(|part| format!("/{}", escape(part)))
            .collect();
        let round = tried.iter().position(|(seen, _)| *seen == pointer);
        let of_placeholder = tried.iter().any(|(seen, _)| is_below(&pointer, seen));
        if round.is_none() && !of_placeholder {
            found.add(pointer.clone(), code, explained.detail);
        }
        let index = round.unwrap_or_else(|| {
            tried.push((pointer, 0));
            tried.len() - 1
        });
        let Some((_, attempt)) = tried.get_mut(index) else {
            break;
        };
        let placeholder = if code == "unknown_field" {
            Some(None)
        } else {
            placeholder(&message, *attempt).map(Some)
        };
        *attempt += 1;
        let Some(placeholder) = placeholder else {
            break;
        };
        if !replace_at(&mut value, &path, placeholder) {
            break;
        }
    }
    (None, found)
}

/// The number of values at all depths, at least 1.
fn count_values(value: &Value) -> usize {
    let inner: usize = match value {
        Value::Array(items) => items.iter().map(count_values).sum(),
        Value::Object(fields) => fields.values().map(count_values).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    };
    inner + 1
}

fn segment(segment: &Segment) -> Option<String> {
    match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { .. } | Segment::Unknown => None,
    }
}

/// A part of a JSON pointer.
pub(super) fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

/// True if the pointer is that of a part of the other one's value.
fn is_below(pointer: &str, other: &str) -> bool {
    let rest = pointer.strip_prefix(other);
    rest.is_some_and(|rest| rest.starts_with('/'))
}

fn placeholder(message: &str, attempt: usize) -> Option<Value> {
    let variant = choices(message).first().copied();
    if let Some(variant) = variant.filter(|_| message.starts_with("unknown variant")) {
        return (attempt < 8).then(|| json!(variant));
    }
    let candidates = [
        json!(null),
        json!(""),
        json!(1),
        json!(false),
        json!([]),
        json!({}),
        json!("2000-01-01"),
        json!("00000000-0000-0000-0000-000000000000"),
    ];
    candidates.get(attempt).cloned()
}

/// Replaces the value at a path, or removes it.
fn replace_at(root: &mut Value, path: &[String], placeholder: Option<Value>) -> bool {
    let Some((last, parents)) = path.split_last() else {
        return placeholder.is_some_and(|value| {
            let placed = value.is_object();
            *root = value;
            placed || !root.is_null()
        });
    };
    let mut place = root;
    for part in parents {
        let next = match place {
            Value::Object(fields) => fields.get_mut(part),
            Value::Array(items) => part
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get_mut(index)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        };
        let Some(next) = next else { return false };
        place = next;
    }
    match (place, placeholder) {
        (Value::Object(fields), Some(value)) => {
            fields.insert(last.clone(), value);
            true
        }
        (Value::Object(fields), None) => fields.remove(last).is_some(),
        (Value::Array(items), Some(value)) => {
            let slot = last
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get_mut(index));
            slot.map(|slot| *slot = value).is_some()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only deserialized")]
    struct Form {
        name: String,
        age: u32,
        party: Option<BookingRole>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only deserialized")]
    struct BookingRole {
        adults: u32,
        rate: RatePlan,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum RatePlan {
        Standard,
    }

    fn decode(value: Value) -> Result<Form, Violations> {
        match decode_all(value) {
            (Some(form), found) => found.into_result(form),
            (None, found) => Err(found),
        }
    }

    fn pointers(value: Value) -> Vec<(String, &'static str)> {
        let found = decode(value).unwrap_err();
        let mut all: Vec<_> = found
            .into_vec()
            .into_iter()
            .map(|v| (v.pointer, v.code))
            .collect();
        all.sort();
        all
    }

    #[test]
    fn every_mismatched_field_is_reported() {
        let body =
            json!({"age": "x", "nick": 1, "party": {"adults": -1, "rate": "odd", "more": {}}});
        let wanted = [
            ("/age", "wrong_type"),
            ("/name", "required"),
            ("/nick", "unknown_field"),
            ("/party/adults", "out_of_range"),
            ("/party/more", "unknown_field"),
            ("/party/rate", "unknown_value"),
        ];
        assert_eq!(
            pointers(body),
            wanted.map(|(pointer, code)| (pointer.to_owned(), code))
        );
        assert_eq!(pointers(json!({})).len(), 2);
        assert!(!pointers(json!([1])).is_empty());
        assert!(!pointers(json!("text")).is_empty());
    }

    #[test]
    fn an_array_is_no_object() {
        let party = json!({"name": "a", "age": 3, "party": [2, "standard"]});
        assert_eq!(pointers(party), [("/party".to_owned(), "wrong_type")]);
        assert!(decode(json!(["a", 3, null])).is_err());
    }

    #[test]
    fn whole_floats_are_integers() {
        let mut value = json!({"name": "a", "age": 3.0});
        whole_numbers(&mut value);
        assert!(decode(value).is_ok());
    }
}
