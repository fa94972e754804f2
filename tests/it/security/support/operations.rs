//! The operations of the API document, for tests that walk all of them.

use serde_json::{Value, json};
use sojourn_tests::{Client, Server};
use uuid::Uuid;

/// An operation, with an id for each variable of its path.
pub struct Operation {
    pub id: String,
    pub method: String,
    /// Its path, with the names of variables in braces.
    pub template: String,
    pub path: String,
    /// Names of its query parameters that are texts.
    pub text_parameters: Vec<String>,
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
    /// True for texts without a list of values or a format.
    pub is_free_text: bool,
}

/// All operations of a server.
pub fn operations(server: &Server) -> Vec<Operation> {
    operations_of(&server.client())
}

/// All operations of the server of a client.
pub fn operations_of(client: &Client) -> Vec<Operation> {
    let document = client.get("/openapi.json").expect(200).json();
    let mut found = Vec::new();
    for (template, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let in_query: Vec<_> = parameters.filter(|it| it["in"] == "query").collect();
            let name = |it: &Value| it["name"].as_str().unwrap().to_owned();
            let texts = in_query.iter().filter(|it| is_free_text(&it["schema"]));
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let mut fields = Vec::new();
            collect(&document, schema, &mut Vec::new(), &mut fields);
            found.push(Operation {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase(),
                template: template.clone(),
                path: with_ids(template),
                text_parameters: texts.map(|it| name(it)).collect(),
                parameters: in_query.iter().map(|it| name(it)).collect(),
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

fn kinds(schema: &Value) -> Vec<String> {
    let text = |kind: &Value| kind.as_str().map(str::to_owned);
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(text).collect(),
        kind => text(kind).into_iter().collect(),
    }
}

fn is_free_text(schema: &Value) -> bool {
    let bound = ["enum", "const", "format"].map(|name| schema.get(name).is_some());
    kinds(schema).contains(&"string".to_owned()) && !bound.contains(&true)
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
    for kind in kinds(schema) {
        found.push(Field {
            path: path.clone(),
            is_free_text: kind == "string" && is_free_text(schema),
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
