//! JSON Merge Patch, RFC 7396.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use sojourn_domain::shared::Violations;

use crate::extract::{decode_all, merge_violations};

/// Applies a patch to `current` and checks the result.
///
/// # Errors
/// All violations, of unreadable fields and of the check, each field once.
pub fn patched<T: Serialize + DeserializeOwned, U>(
    current: &T,
    patch: &Map<String, Value>,
    check: impl FnOnce(T) -> Result<U, Violations>,
) -> Result<U, Violations> {
    let mut value = serde_json::to_value(current).map_err(|error| {
        let mut unread = Violations::new();
        unread.add("", "invalid", error.to_string());
        unread
    })?;
    apply(&mut value, patch);
    let (read, unread) = decode_all::<T>(value);
    let Some(read) = read else { return Err(unread) };
    match check(read) {
        Ok(checked) => unread.into_result(checked),
        Err(wrong) => Err(merge_violations(unread, wrong)),
    }
}

/// Distinguishes a `null` field from an absent one, for `deserialize_with`.
///
/// # Errors
/// Errors of the field's type.
pub fn double_option<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    json: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(json).map(Some)
}

/// A field read by [`double_option`] that cannot be cleared; adds a violation if it is `null`.
pub fn non_null<T>(found: &mut Violations, pointer: &str, field: Option<Option<T>>) -> Option<T> {
    found.require(
        !matches!(field, Some(None)),
        pointer,
        "required",
        "must not be null",
    );
    field.flatten()
}

/// Applies a patch: objects merge, `null` removes, everything else replaces. Money is replaced as a whole: an amount
/// means nothing in another currency.
pub fn merge(target: &mut Value, patch: &Value) {
    match patch {
        Value::Object(changes) if !is_money(changes) => apply(target, changes),
        _ => *target = patch.clone(),
    }
}

fn is_money(changes: &Map<String, Value>) -> bool {
    changes
        .keys()
        .any(|name| matches!(name.as_str(), "amount" | "currency"))
}

fn apply(target: &mut Value, changes: &Map<String, Value>) {
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(fields) = target else {
        return;
    };
    for (name, change) in changes {
        if change.is_null() {
            fields.remove(name);
        } else {
            merge(fields.entry(name.clone()).or_insert(Value::Null), change);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn matches_the_examples_of_the_rfc() {
        let cases = [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (
                json!({"a": "b", "b": "c"}),
                json!({"a": null}),
                json!({"b": "c"}),
            ),
            (
                json!({"a": [{"b": "c"}]}),
                json!({"a": [1]}),
                json!({"a": [1]}),
            ),
            (json!(["a", "b"]), json!(["c", "d"]), json!(["c", "d"])),
            (
                json!({"e": null}),
                json!({"a": 1}),
                json!({"e": null, "a": 1}),
            ),
            (
                json!([1, 2]),
                json!({"a": "b", "c": null}),
                json!({"a": "b"}),
            ),
            (
                json!({}),
                json!({"a": {"bb": {"ccc": null}}}),
                json!({"a": {"bb": {}}}),
            ),
        ];
        for (mut target, patch, wanted) in cases {
            merge(&mut target, &patch);
            assert_eq!(target, wanted);
        }
    }
}
