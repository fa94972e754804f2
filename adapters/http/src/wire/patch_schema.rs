//! Schemas of JSON Merge Patches, derived from those of the patched types.

use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

use crate::schema::{or_null, reference, target};

/// The name of the schema of money, which a patch states as a whole.
const MONEY: &str = "Money";

/// Schema of a merge patch of `T`: no field is required, objects may be partial except money, optional fields may be
/// `null`, and nothing has a default.
pub fn of<T: ToSchema>() -> RefOr<Schema> {
    let (whole, _) = patches::<T>();
    read(whole).unwrap_or_else(T::schema)
}

/// The named schemas that the patch refers to: those of partial objects have the suffix `Patch`.
pub fn parts_of<T: ToSchema>(schemas: &mut Vec<(String, RefOr<Schema>)>) {
    T::schemas(schemas);
    let (_, parts) = patches::<T>();
    let named = parts
        .into_iter()
        .filter_map(|(name, part)| Some((name, read(part)?)));
    schemas.extend(named);
}

fn read(schema: Value) -> Option<RefOr<Schema>> {
    serde_json::from_value(schema).ok()
}

/// The patch, and the patches of the objects in it by name.
fn patches<T: ToSchema>() -> (Value, Map<String, Value>) {
    let mut known = Vec::new();
    T::schemas(&mut known);
    let known = known
        .into_iter()
        .filter_map(|(name, schema)| Some((name, serde_json::to_value(schema).ok()?)));
    let mut parts = Map::new();
    let whole = serde_json::to_value(T::schema()).unwrap_or_default();
    let whole = partial(whole, &known.collect(), &mut parts);
    (whole, parts)
}

/// The object without required fields and defaults.
fn partial(mut object: Value, known: &Map<String, Value>, parts: &mut Map<String, Value>) -> Value {
    let Value::Object(schema) = &mut object else {
        return object;
    };
    let required = schema.remove("required").unwrap_or_default();
    let required = required.as_array().cloned().unwrap_or_default();
    schema.remove("default");
    if let Some(Value::Object(fields)) = schema.get_mut("properties") {
        for (name, field) in fields {
            let part = patch_of_field(field.take(), known, parts);
            *field = if required.iter().any(|it| it == name) {
                part
            } else {
                or_null(part)
            };
        }
    }
    object
}

/// The field, with a reference to the patch of its object.
fn patch_of_field(
    mut field: Value,
    known: &Map<String, Value>,
    parts: &mut Map<String, Value>,
) -> Value {
    if let Some(choices) = field.get_mut("oneOf").and_then(Value::as_array_mut) {
        for choice in choices {
            *choice = patch_of_field(choice.take(), known, parts);
        }
        return field;
    }
    if let Value::Object(field) = &mut field {
        field.remove("default");
    }
    let object = target(&field)
        .filter(|name| *name != MONEY)
        .and_then(|name| Some((name, known.get(name)?)))
        .filter(|(_, schema)| schema["properties"].is_object());
    let Some((name, schema)) = object else {
        return field;
    };
    let patch = format!("{}Patch", name.trim_end_matches("Input"));
    if !parts.contains_key(&patch) {
        parts.insert(patch.clone(), Value::Null);
        let part = partial(schema.clone(), known, parts);
        parts.insert(patch.clone(), part);
    }
    if let Value::Object(reference) = reference(&patch)
        && let Value::Object(field) = &mut field
    {
        field.extend(reference);
    }
    field
}
