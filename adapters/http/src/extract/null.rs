//! `null`, which means something in a patch alone.

use serde_json::Value;
use sojourn_domain::shared::Violations;

use super::decode::escape;

const DETAIL: &str = "must not be null; leave the field out";

/// Adds a violation for each field that is `null`, and removes the field.
pub(super) fn refuse_nulls(found: &mut Violations, value: &mut Value) {
    walk(found, value, &mut String::new());
}

fn walk(found: &mut Violations, value: &mut Value, pointer: &mut String) {
    let length = pointer.len();
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                pointer.push_str(&format!("/{index}"));
                walk(found, item, pointer);
                pointer.truncate(length);
            }
        }
        Value::Object(fields) => fields.retain(|name, field| {
            pointer.push('/');
            pointer.push_str(&escape(name));
            let given = !field.is_null();
            found.require(given, pointer, "wrong_type", DETAIL);
            walk(found, field, pointer);
            pointer.truncate(length);
            given
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_that_are_null_are_named_and_removed() {
        let mut found = Violations::new();
        let mut body = json!({"a": null, "b": {"c/d": null, "e": 1}, "f": [{"g": null}]});
        refuse_nulls(&mut found, &mut body);
        let pointers: Vec<_> = found.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(pointers, ["/a", "/b/c~1d", "/f/0/g"]);
        assert_eq!(body, json!({"b": {"e": 1}, "f": [{}]}));
    }
}
