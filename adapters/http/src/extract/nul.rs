//! The character U+0000, which no text may contain: PostgreSQL cannot store it.

use serde_json::Value;
use sojourn_domain::shared::Violations;

use super::decode::escape;

const DETAIL: &str = "must not contain U+0000";

/// Adds a violation for a parameter of the query with U+0000 in it.
pub(super) fn check_parameter(found: &mut Violations, name: &str, value: &str) -> bool {
    let clean = !name.contains('\0') && !value.contains('\0');
    found.require(clean, &format!("/{name}"), "invalid", DETAIL);
    clean
}

/// Adds a violation for each text of a JSON value with U+0000 in it, and for each key.
pub(super) fn check_value(found: &mut Violations, value: &Value) {
    walk(found, value, &mut String::new());
}

fn walk(found: &mut Violations, value: &Value, pointer: &mut String) {
    let length = pointer.len();
    match value {
        Value::String(text) => found.require(!text.contains('\0'), pointer, "invalid", DETAIL),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push('/');
                pointer.push_str(&index.to_string());
                walk(found, item, pointer);
                pointer.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                pointer.push('/');
                pointer.push_str(&escape(name));
                found.require(!name.contains('\0'), pointer, "invalid", DETAIL);
                walk(found, field, pointer);
                pointer.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_text_is_checked_at_any_depth() {
        let mut found = Violations::new();
        check_value(
            &mut found,
            &json!({"a": "x\0", "b": ["y", {"c/d": "\0"}], "e": 1, "f\0": null}),
        );
        let pointers: Vec<_> = found.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(pointers, ["/a", "/b/1/c~1d", "/f\0"]);
    }
}
