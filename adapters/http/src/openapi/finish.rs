//! The last steps of the document: one form for every schema, and what follows from an operation's own description.

use serde_json::{Value, json};

use super::directions::{for_each_operation, separate};
use super::{answers, examples};
use crate::schema::{
    closure, collect_targets, for_each_object, merge_parts, normalise, schemas, without_null,
};

/// Finishes a document.
pub fn finish(document: &mut Value) {
    merge_parts(document);
    for_each_object(document, &mut normalise);
    for_each_operation(document, |path, _, operation| {
        plain_body(operation);
        state_security(operation);
        state_location(path, operation);
    });
    answers::declare(document);
    separate(document);
    remove_unused(document);
    describe_service(document);
    examples::add(document);
}

/// A body that may be absent is not required, and is never `null`.
fn plain_body(operation: &mut Value) {
    let Some(schema) = operation.pointer_mut("/requestBody/content/application~1json/schema")
    else {
        return;
    };
    let whole = without_null(schema.take());
    *schema = whole;
}

/// An operation without a security requirement is public.
fn state_security(operation: &mut Value) {
    if operation["security"].is_null() {
        operation["security"] = json!([]);
    }
}

/// A creation names the place of the new resource.
fn state_location(path: &str, operation: &mut Value) {
    let is_creation = !path.contains('{') && !path.starts_with("/v1/admin/");
    if let Some(created) = operation.pointer_mut("/responses/201")
        && is_creation
    {
        created["headers"]["Location"] = json!({
            "description": "Path of the new resource",
            "schema": { "type": "string", "format": "uri-reference" },
        });
    }
}

/// Removes components that no operation refers to.
fn remove_unused(document: &mut Value) {
    let known = schemas(document).cloned().unwrap_or_default();
    let text = document["paths"].to_string();
    if let Some(responses) = document
        .pointer_mut("/components/responses")
        .and_then(Value::as_object_mut)
    {
        responses.retain(|name, _| text.contains(&format!("\"#/components/responses/{name}\"")));
    }
    let mut roots = std::collections::BTreeSet::new();
    collect_targets(&document["paths"], &mut roots);
    for kind in ["responses", "parameters", "headers"] {
        collect_targets(&document["components"][kind], &mut roots);
    }
    let used = closure(&known, roots);
    if let Some(schemas) = schemas(document) {
        schemas.retain(|name, _| used.contains(name));
    }
}

/// The server, and the terms of the program.
fn describe_service(document: &mut Value) {
    document["servers"] =
        json!([{ "url": "/", "description": "The server that serves this document" }]);
    document["info"]["contact"] = json!({ "name": "Sojourn" });
    document["info"]["license"] =
        json!({ "name": env!("CARGO_PKG_LICENSE"), "identifier": env!("CARGO_PKG_LICENSE") });
}
