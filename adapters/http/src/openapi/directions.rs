//! Schemas of requests and of responses, apart.
//!
//! A response states every field: what has no value is `null`, and only what the caller may not see, or did not ask
//! for, is absent. A request leaves out what it does not state; `null` means something in a patch alone.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::schema::{
    closure, collect_targets, for_each_object, is_nullable, reference, schemas, target,
    without_null,
};

/// Gives every schema that requests and responses share, but that differs between them, a form for each: the one of
/// requests has the suffix `Input`.
pub fn separate(document: &mut Value) {
    let known = schemas(document).cloned().unwrap_or_default();
    let requested = closure(&known, roots(document, &["parameters", "requestBody"]));
    let answered = closure(&known, roots(document, &["responses"]));
    let shared: BTreeSet<String> = requested.intersection(&answered).cloned().collect();
    let split = differing(&known, &shared);
    let rename = |value: &mut Value| {
        for_each_object(value, &mut |object| {
            let name = target(&Value::Object(object.clone())).map(ToOwned::to_owned);
            if let Some(name) = name.filter(|it| split.contains(it)) {
                object.extend(
                    reference(&format!("{name}Input"))
                        .as_object()
                        .cloned()
                        .unwrap_or_default(),
                );
            }
        });
    };
    let mut all = Map::new();
    for (name, schema) in known {
        let in_both = shared.contains(&name);
        if in_both && !split.contains(&name) {
            all.insert(name, schema);
            continue;
        }
        if requested.contains(&name) {
            let mut form = request_form(&name, schema.clone());
            rename(&mut form);
            let suffix = if in_both { "Input" } else { "" };
            all.insert(format!("{name}{suffix}"), form);
        }
        if answered.contains(&name) {
            all.insert(name, response_form(schema, in_both));
        }
    }
    document["components"]["schemas"] = Value::Object(all);
    for_each_operation(document, |_, _, operation| {
        operation
            .get_mut("requestBody")
            .into_iter()
            .for_each(&rename);
    });
}

/// Calls a function with path, method and value of each operation.
pub fn for_each_operation(document: &mut Value, mut call: impl FnMut(&str, &str, &mut Value)) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let paths = paths.into_iter().flatten();
    for (path, item) in paths {
        let methods = item.as_object_mut().into_iter().flatten();
        methods.for_each(|(method, operation)| call(path, method, operation));
    }
}

/// The fields of an object schema.
fn fields_of(schema: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    let fields = schema.get_mut("properties").and_then(Value::as_object_mut);
    fields.into_iter().flatten()
}

/// Names of the schemas to which these parts of the operations, and of the components, refer.
fn roots(document: &mut Value, parts: &[&str]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for part in parts {
        collect_targets(&document["components"][*part], &mut names);
    }
    for_each_operation(document, |_, _, operation| {
        let parts = parts.iter().filter_map(|it| operation.get(*it));
        parts.for_each(|it| collect_targets(it, &mut names));
    });
    names
}

/// Names of the shared schemas whose forms differ, or refer to one whose forms differ.
fn differing(known: &Map<String, Value>, shared: &BTreeSet<String>) -> BTreeSet<String> {
    let differs = |name: &&String| {
        let schema = &known[*name];
        schema["properties"].is_object()
            && request_form(name, schema.clone()) != response_form_closed(schema.clone())
    };
    let own: BTreeSet<String> = shared.iter().filter(differs).cloned().collect();
    let refers = |name: &&String| {
        let reached = closure(known, BTreeSet::from([(*name).clone()]));
        !reached.is_disjoint(&own)
    };
    shared.iter().filter(refers).cloned().collect()
}

/// The form in requests.
fn request_form(name: &str, mut schema: Value) -> Value {
    if !name.ends_with("Patch") {
        let fields = fields_of(&mut schema);
        for (_, field) in fields {
            *field = without_null(field.take());
        }
    }
    required_form(schema, |_| false)
}

/// The form in responses, which may gain fields.
fn response_form(schema: Value, shared: bool) -> Value {
    let mut form = if shared {
        response_form_closed(schema)
    } else {
        required_form(schema, is_nullable)
    };
    let fields = fields_of(&mut form).map(|(_, field)| field);
    fields.for_each(remove_default);
    if let Value::Object(form) = &mut form
        && form
            .get("additionalProperties")
            .is_some_and(|it| it == false)
    {
        form.remove("additionalProperties");
    }
    form
}

fn remove_default(field: &mut Value) {
    if let Value::Object(field) = field {
        field.remove("default");
    }
}

/// The form of a shared schema in responses: all fields are serialized.
fn response_form_closed(schema: Value) -> Value {
    required_form(schema, |_| true)
}

/// The schema with these fields required too, in alphabetical order.
fn required_form(mut schema: Value, is_required: impl Fn(&Value) -> bool) -> Value {
    let required = schema["required"].as_array().into_iter().flatten();
    let mut required: BTreeSet<String> = required
        .filter_map(|it| it.as_str().map(ToOwned::to_owned))
        .collect();
    let added = fields_of(&mut schema).filter(|(_, field)| is_required(field));
    required.extend(added.map(|(name, _)| name.clone()));
    if !required.is_empty() {
        schema["required"] = required.into_iter().collect();
    }
    schema
}
