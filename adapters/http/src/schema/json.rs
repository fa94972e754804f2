//! Schemas as plain JSON: walking them, their references, and forms that every generator of clients reads.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// Largest integer that every client represents exactly.
pub const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// Path of the schemas in the document.
const SCHEMAS: &str = "#/components/schemas/";

/// Name of the schema that a reference points to.
pub fn target(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix(SCHEMAS)
}

/// A reference to the schema of this name.
pub fn reference(name: &str) -> Value {
    json!({ "$ref": format!("{SCHEMAS}{name}") })
}

/// The named schemas of the document.
pub fn schemas(document: &mut Value) -> Option<&mut Map<String, Value>> {
    document.pointer_mut("/components/schemas")?.as_object_mut()
}

/// Visits every object of a JSON value, the inner ones first.
pub fn for_each_object(value: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|it| for_each_object(it, visit)),
        Value::Object(fields) => {
            fields
                .values_mut()
                .for_each(|it| for_each_object(it, visit));
            visit(fields);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Adds the names of all schemas that a value refers to.
pub fn collect_targets(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|it| collect_targets(it, names)),
        Value::Object(fields) => {
            names.extend(target(value).map(ToOwned::to_owned));
            fields.values().for_each(|it| collect_targets(it, names));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The names that these schemas refer to, directly or through others.
pub fn closure(schemas: &Map<String, Value>, roots: BTreeSet<String>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<String> = roots.into_iter().collect();
    while let Some(name) = open.pop() {
        if !reached.insert(name.clone()) {
            continue;
        }
        let mut next = BTreeSet::new();
        schemas
            .get(&name)
            .into_iter()
            .for_each(|it| collect_targets(it, &mut next));
        open.extend(next);
    }
    reached
}

/// True if the schema accepts `null`.
pub fn is_nullable(schema: &Value) -> bool {
    let allows = |it: &Value| it == "null";
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(allows),
        kind => allows(kind) || choices(schema).is_some_and(|all| all.iter().any(is_nullable)),
    }
}

/// The choices of a union.
fn choices(schema: &Value) -> Option<&Vec<Value>> {
    ["anyOf", "oneOf"]
        .into_iter()
        .find_map(|key| schema[key].as_array())
}

/// The schema without `null`.
pub fn without_null(mut schema: Value) -> Value {
    if let Some(kinds) = schema["type"].as_array() {
        let mut kinds: Vec<Value> = kinds.iter().filter(|it| *it != "null").cloned().collect();
        schema["type"] = if kinds.len() == 1 {
            kinds.remove(0)
        } else {
            Value::Array(kinds)
        };
    } else if let Some(choices) = schema["anyOf"].as_array() {
        let mut kept: Vec<Value> = choices
            .iter()
            .filter(|it| it["type"] != "null")
            .cloned()
            .collect();
        if kept.len() == 1
            && let (Value::Object(only), Value::Object(all)) = (kept.remove(0), &mut schema)
        {
            all.remove("anyOf");
            all.extend(only);
        }
    }
    schema
}

/// The schema, or `null`.
pub fn or_null(schema: Value) -> Value {
    match &schema["type"] {
        _ if is_nullable(&schema) => schema,
        Value::String(kind) if schema["enum"].is_null() => {
            let kind = kind.clone();
            let mut schema = schema;
            schema["type"] = json!([kind, "null"]);
            schema
        }
        _ => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

/// Writes nullable unions as `anyOf` with the value first, and bounds every integer.
pub fn normalise(object: &mut Map<String, Value>) {
    let is_null = |it: &Value| it["type"] == "null";
    if let Some(Value::Array(choices)) = object.get("oneOf")
        && choices.iter().any(is_null)
    {
        let (nulls, mut values): (Vec<Value>, Vec<Value>) =
            choices.iter().cloned().partition(is_null);
        values.extend(nulls);
        object.remove("oneOf");
        object.insert("anyOf".to_owned(), Value::Array(values));
    }
    let is_integer = match object.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(|it| it == "integer"),
        kind => kind.is_some_and(|it| it == "integer"),
    };
    if is_integer && object.get("format").is_none_or(|it| it != "int32") {
        bound(object, "maximum", MAX_SAFE_INTEGER);
        bound(object, "minimum", -MAX_SAFE_INTEGER);
    }
}

fn bound(schema: &mut Map<String, Value>, name: &str, limit: i64) {
    let narrower = schema
        .get(name)
        .and_then(Value::as_i64)
        .filter(|it| it.abs() <= limit.abs());
    if narrower.is_none() {
        schema.insert(name.to_owned(), limit.into());
    }
}

/// Merges the parts of every `allOf` into one object.
pub fn merge_parts(document: &mut Value) {
    let known = schemas(document).cloned().unwrap_or_default();
    for_each_object(document, &mut |object| {
        // A part may have parts itself.
        while let Some(Value::Array(parts)) = object.remove("allOf") {
            for part in parts {
                let whole = target(&part)
                    .and_then(|name| known.get(name))
                    .cloned()
                    .unwrap_or(part);
                merge(object, whole);
            }
        }
    });
}

fn merge(object: &mut Map<String, Value>, part: Value) {
    let Value::Object(part) = part else { return };
    for (key, value) in part {
        match (object.get_mut(&key), value) {
            (Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
            (Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
            (Some(_), _) => {}
            (None, value) => {
                object.insert(key, value);
            }
        }
    }
}
