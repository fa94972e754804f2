//! Bounds of JSON values, checked before anything else walks them.

use serde_json::Value;
use sojourn_domain::shared::Violations;

use super::decode::escape;

/// Maximum number of items of an array, and of fields of an object; no operation takes half as many.
const MAX_ITEMS: usize = 500;

/// Maximum number of values in a body, at all depths together.
const MAX_VALUES: usize = 5_000;

/// Empties every array and object with too many items, and adds a violation for each. The rest has a bounded number of
/// values.
pub(super) fn enforce(found: &mut Violations, value: &mut Value) {
    let mut left = MAX_VALUES;
    walk(found, value, &mut String::new(), &mut left);
}

fn walk(found: &mut Violations, value: &mut Value, pointer: &mut String, left: &mut usize) {
    let count = match value {
        Value::Array(items) => items.len(),
        Value::Object(fields) => fields.len(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return,
    };
    let max = MAX_ITEMS.min(*left);
    if !found.count(pointer, count, max) {
        *value = emptied(value);
        return;
    }
    *left -= count;
    let length = pointer.len();
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                pointer.push_str(&format!("/{index}"));
                walk(found, item, pointer, left);
                pointer.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                pointer.push('/');
                pointer.push_str(&escape(name));
                walk(found, field, pointer, left);
                pointer.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn emptied(value: &Value) -> Value {
    if value.is_object() {
        Value::Object(serde_json::Map::new())
    } else {
        Value::Array(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pointers(value: &mut Value) -> Vec<String> {
        let mut found = Violations::new();
        enforce(&mut found, value);
        let found = found.into_vec();
        assert!(found.iter().all(|it| it.code == "too_many"));
        found.into_iter().map(|it| it.pointer).collect()
    }

    #[test]
    fn long_arrays_and_objects_are_emptied() {
        let mut value =
            json!({"few": vec![1; 500], "many": vec![1; 501], "more": [vec!["x"; 9_999]]});
        assert_eq!(pointers(&mut value), ["/many", "/more/0"]);
        assert_eq!(
            value,
            json!({"few": vec![1; 500], "many": [], "more": [[]]})
        );
        let mut wide: Value = (0..501).map(|n| (n.to_string(), json!(n))).collect();
        assert_eq!(pointers(&mut wide), [""]);
        assert_eq!(wide, json!({}));
    }

    #[test]
    fn the_number_of_all_values_is_bounded() {
        let mut value = json!(vec![vec![0; 400]; 100]);
        assert!(!pointers(&mut value).is_empty());
        let count: usize = value
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it.as_array().unwrap().len())
            .sum();
        assert!(count <= MAX_VALUES, "{count}");
    }
}
