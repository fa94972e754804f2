//! Schemas of JSON Merge Patches, derived from those of the patched types.

use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

/// Schema of a merge patch of `T`: no field is required, objects may be partial, and optional fields may
/// be `null`.
pub fn of<T: ToSchema>() -> RefOr<Schema> {
    let whole = T::schema();
    let mut parts = Vec::new();
    T::schemas(&mut parts);
    let known = parts
        .into_iter()
        .filter_map(|(name, schema)| Some((name, serde_json::to_value(schema).ok()?)));
    let known: Map<String, Value> = known.collect();
    let patched = serde_json::to_value(&whole).map(|schema| partial(schema, &known));
    patched
        .ok()
        .and_then(|schema| serde_json::from_value(schema).ok())
        .unwrap_or(whole)
}

fn partial(schema: Value, known: &Map<String, Value>) -> Value {
    let target = schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|path| path.rsplit('/').next());
    if let Some(target) = target.and_then(|name| known.get(name)) {
        return if target.get("properties").is_some() {
            partial(target.clone(), known)
        } else {
            schema
        };
    }
    let Value::Object(mut schema) = schema else {
        return schema;
    };
    if let Some(Value::Array(choices)) = schema.get_mut("oneOf") {
        for choice in choices {
            *choice = partial(choice.take(), known);
        }
    }
    let required = schema.remove("required");
    let required = required
        .as_ref()
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    if let Some(Value::Object(fields)) = schema.get_mut("properties") {
        for (name, field) in fields {
            let part = partial(field.take(), known);
            *field = if required.iter().any(|it| it == name) {
                part
            } else {
                nullable(part)
            };
        }
    }
    Value::Object(schema)
}

fn nullable(schema: Value) -> Value {
    let allows_null = |choice: &Value| choice.get("type").is_some_and(|kind| kind == "null");
    if schema
        .get("oneOf")
        .and_then(Value::as_array)
        .is_some_and(|choices| choices.iter().any(allows_null))
    {
        return schema;
    }
    match schema.get("type") {
        Some(Value::Array(_)) => schema,
        Some(Value::String(kind)) if schema.get("enum").is_none() => {
            let kind = kind.clone();
            let mut schema = schema;
            schema["type"] = json!([kind, "null"]);
            schema
        }
        _ => json!({ "oneOf": [{ "type": "null" }, schema] }),
    }
}
