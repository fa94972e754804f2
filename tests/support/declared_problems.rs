//! Problems are those that the API document declares for the operation.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;

use crate::Answer;

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&sojourn_http::openapi_json()).unwrap());

/// True if the path is one of those of the template.
fn matches(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    template.clone().count() == path.clone().count()
        && template
            .zip(path)
            .all(|(part, given)| part == given || (part.starts_with('{') && !given.is_empty()))
}

/// The operation of a request: that of a path without variables goes before others.
fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let path = path.split('?').next().unwrap_or(path);
    let path = path
        .strip_suffix('/')
        .filter(|it| !it.is_empty())
        .unwrap_or(path);
    let method = if method == "HEAD" { "GET" } else { method };
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let item = paths.get(path).or_else(|| {
        paths
            .iter()
            .find(|(it, _)| matches(it, path))
            .map(|it| it.1)
    })?;
    item.get(method.to_lowercase())
}

fn resolve(value: &Value) -> &Value {
    match value["$ref"].as_str() {
        Some(reference) => DOCUMENT.pointer(&reference[1..]).unwrap(),
        None => value,
    }
}

/// Checks that the operation declares the status of a problem, its code and its members. Other answers, and those to
/// paths and methods that the document does not have, are not judged.
pub(crate) fn check(method: &str, path: &str, answer: &Answer) {
    let is_problem = answer.header("content-type") == Some("application/problem+json");
    if !is_problem || answer.text.is_empty() {
        return;
    }
    let Some(operation) = operation(method, path) else {
        return;
    };
    let problem = answer.json();
    let named = format!("{} answers {}", operation["operationId"], answer.text);
    let response = &operation["responses"][answer.status.to_string()];
    assert!(!response.is_null(), "{named}: the status is not declared");
    let content = &resolve(response)["content"]["application/problem+json"];
    let schema = resolve(&content["schema"]);
    let codes = &resolve(&schema["properties"]["code"])["anyOf"][0]["enum"];
    let codes: BTreeSet<&str> = codes
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let code = problem["code"].as_str().unwrap_or_default();
    assert!(codes.contains(code), "{named}: declared are {codes:?}");
    for member in problem.as_object().unwrap().keys() {
        let known = &schema["properties"][member];
        assert!(!known.is_null(), "{named}: {member} is not declared");
    }
}
