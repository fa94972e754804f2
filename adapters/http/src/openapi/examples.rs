//! Examples of every request and answer, composed from those of their fields.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::directions::for_each_operation;
use super::responses::PROBLEM;
use crate::schema::{MEMBERS, schemas, target};

/// Examples of fields by name, of fields of one schema by `Schema.field`, and of whole schemas.
static KNOWN: LazyLock<Map<String, Value>> =
    LazyLock::new(|| serde_json::from_str(include_str!("examples.json")).unwrap_or_default());

/// Depth beyond which nothing is composed.
const MAX_DEPTH: usize = 24;

/// Adds an example to every parameter, body and answer.
pub fn add(document: &mut Value) {
    let composer = Composer {
        schemas: schemas(document).cloned().unwrap_or_default(),
    };
    let problems = document["components"]["responses"]
        .as_object_mut()
        .into_iter()
        .flatten();
    for (_, response) in problems {
        contents(response).for_each(|content| composer.problem(content));
    }
    for parameter in document["components"]["parameters"]
        .as_object_mut()
        .into_iter()
        .flatten()
    {
        composer.parameter(parameter.1);
    }
    for_each_operation(document, |_, _, operation| {
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        let parameters = parameters.into_iter().flatten();
        parameters.for_each(|it| composer.parameter(it));
        let body = operation.get_mut("requestBody").into_iter();
        body.flat_map(contents).for_each(|it| composer.content(it));
        let responses = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut);
        for (_, response) in responses.into_iter().flatten() {
            contents(response).for_each(|it| composer.content(it));
        }
    });
}

fn contents(body: &mut Value) -> impl Iterator<Item = &mut Value> {
    let all = body.get_mut("content").and_then(Value::as_object_mut);
    all.into_iter().flatten().map(|(_, content)| content)
}

/// Composes examples of the schemas of a document.
struct Composer {
    schemas: Map<String, Value>,
}

impl Composer {
    fn content(&self, content: &mut Value) {
        content["example"] = self.compose("", "", &content["schema"], 0);
    }

    /// Adds an example to a parameter with a name and a schema.
    fn parameter(&self, parameter: &mut Value) {
        let name = parameter["name"].as_str().map(ToOwned::to_owned);
        let Some(name) = name.filter(|_| parameter["example"].is_null()) else {
            return;
        };
        parameter["example"] = self.compose("", &name, &parameter["schema"], 0);
    }

    /// Completes the example of a problem: without the members of other codes than its own.
    fn problem(&self, content: &mut Value) {
        let mut problem = self.compose("", "", &content["schema"], 0);
        let common = KNOWN.get(PROBLEM).and_then(Value::as_object);
        let stated = content["example"].as_object().cloned().unwrap_or_default();
        if let Value::Object(fields) = &mut problem {
            for (name, value) in common.into_iter().flatten() {
                fields
                    .entry(name.clone())
                    .and_modify(|it| *it = value.clone());
            }
            fields.extend(stated);
            let code = fields
                .get("code")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let has = |member: &str| {
                let of = MEMBERS.iter().find(|(name, _)| *name == member);
                of.is_none_or(|(_, codes)| codes.contains(&code))
            };
            let absent: Vec<_> = fields
                .iter()
                .filter(|(name, value)| !has(name) || value.is_null())
                .map(|(name, _)| name.clone())
                .collect();
            for member in absent {
                fields.remove(&member);
            }
        }
        content["example"] = problem;
    }

    /// The example of a field of the schema `owner`.
    fn compose(&self, owner: &str, field: &str, schema: &Value, depth: usize) -> Value {
        if depth > MAX_DEPTH {
            return Value::Null;
        }
        let of_owner = KNOWN.get(&format!("{owner}.{field}"));
        if let Some(known) = of_owner {
            return known.clone();
        }
        if let Some(name) = target(schema) {
            if let Some(known) = KNOWN.get(name) {
                return known.clone();
            }
            let whole = self.schemas.get(name).cloned().unwrap_or_default();
            let whole = self.compose(name, "", &whole, depth + 1);
            let by_field = KNOWN.get(field).filter(|it| same_kind(it, &whole));
            return by_field.cloned().unwrap_or(whole);
        }
        if let Some(choice) = ["anyOf", "oneOf"]
            .into_iter()
            .find_map(|key| schema[key].get(0))
        {
            return self.compose(owner, field, choice, depth + 1);
        }
        let own = schema.get("example").or_else(|| schema["examples"].get(0));
        let by_name = KNOWN.get(field).filter(|it| fits(it, schema));
        if let Some(own) = own.or(by_name).or_else(|| schema["enum"].get(0)) {
            return own.clone();
        }
        self.by_type(owner, schema, depth)
    }

    fn by_type(&self, owner: &str, schema: &Value, depth: usize) -> Value {
        let kind = schema["type"]
            .as_str()
            .or_else(|| schema["type"][0].as_str());
        match kind {
            Some("object") => self.object(owner, schema, depth),
            Some("array") => {
                let item = self.compose("", "", &schema["items"], depth + 1);
                let least = schema["minItems"].as_u64().unwrap_or(1).max(1);
                (0..least).map(|_| item.clone()).collect()
            }
            Some("boolean") => json!(true),
            Some("integer" | "number") => schema
                .get("minimum")
                .filter(|it| it.as_f64() > Some(0.0))
                .cloned()
                .unwrap_or(json!(1)),
            Some("string") => match schema["format"].as_str() {
                Some("uuid") => json!("01980f4e-7a31-7c52-9b44-0d5c7f1a2b3c"),
                Some("date") => json!("2027-07-10"),
                Some("date-time") => json!("2027-05-02T09:30:00Z"),
                _ => json!("text"),
            },
            _ => Value::Null,
        }
    }

    fn object(&self, owner: &str, schema: &Value, depth: usize) -> Value {
        let fields = schema["properties"].as_object().into_iter().flatten();
        let mut example: Map<String, Value> = fields
            .map(|(name, field)| (name.clone(), self.compose(owner, name, field, depth + 1)))
            .collect();
        if example.is_empty() && schema["additionalProperties"].is_object() {
            let value = self.compose("", "", &schema["additionalProperties"], depth + 1);
            example.insert("key".to_owned(), value);
        }
        Value::Object(example)
    }
}

/// True if the value has a type of the schema.
fn fits(value: &Value, schema: &Value) -> bool {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let is_kind = |it: &Value| it == kind || (kind == "integer" && it == "number");
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(is_kind),
        of_schema => is_kind(of_schema),
    }
}

fn same_kind(one: &Value, other: &Value) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}
