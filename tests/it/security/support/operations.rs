//! The operations of the API document, for tests that walk all of them.

use serde_json::{Value, json};
use sojourn_tests::Server;
use uuid::Uuid;

/// An operation, with an id for each variable of its path.
pub struct Operation {
    pub id: String,
    pub method: String,
    pub path: String,
    /// Names of its query parameters.
    pub parameters: Vec<String>,
    /// Places of its body that a schema describes, each with the type of the schema.
    pub fields: Vec<Field>,
}

/// A place in a body.
#[derive(Debug, Clone)]
pub struct Field {
    /// Names of the fields that lead to it; `0` is the first item of an array.
    pub path: Vec<String>,
    /// `string`, `array`, …
    pub kind: String,
}

/// All operations of a server.
pub fn operations(server: &Server) -> Vec<Operation> {
    let document = server.client().get("/openapi.json").expect(200).json();
    let mut found = Vec::new();
    for (template, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let in_query = parameters.filter(|it| it["in"] == "query");
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let mut fields = Vec::new();
            collect(&document, schema, &mut Vec::new(), &mut fields);
            found.push(Operation {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase(),
                path: with_ids(template),
                parameters: in_query
                    .map(|it| it["name"].as_str().unwrap().to_owned())
                    .collect(),
                fields,
            });
        }
    }
    found
}

fn with_ids(template: &str) -> String {
    let segments = template.split('/').map(|segment| {
        if segment.starts_with('{') {
            Uuid::nil().to_string()
        } else {
            segment.to_owned()
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

fn collect(document: &Value, schema: &Value, path: &mut Vec<String>, found: &mut Vec<Field>) {
    if path.len() > 5 {
        return;
    }
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.trim_start_matches('#'));
        return collect(document, target.unwrap(), path, found);
    }
    for combined in ["oneOf", "anyOf", "allOf"] {
        for part in schema[combined].as_array().into_iter().flatten() {
            collect(document, part, path, found);
        }
    }
    let kinds = match &schema["type"] {
        Value::String(kind) => vec![kind.clone()],
        Value::Array(kinds) => kinds
            .iter()
            .filter_map(|kind| kind.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    };
    for kind in kinds {
        found.push(Field {
            path: path.clone(),
            kind,
        });
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        path.push(name.clone());
        collect(document, property, path, found);
        path.pop();
    }
    if schema["items"].is_object() {
        path.push("0".to_owned());
        collect(document, &schema["items"], path, found);
        path.pop();
    }
}

impl Field {
    /// A body with nothing but this value at its place.
    pub fn body(&self, value: Value) -> Value {
        self.path.iter().rev().fold(value, |inner, name| {
            if name == "0" {
                json!([inner])
            } else {
                json!({ name.clone(): inner })
            }
        })
    }
}
