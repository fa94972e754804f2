//! What every operation does alike, said of every operation.

use std::collections::BTreeMap;

use utoipa::Modify;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{ComponentsBuilder, OpenApi as Document, Ref, RefOr, Required};

use super::failures;
use crate::extract::IF_MATCH;
use crate::middleware::repeatable;

const IDEMPOTENCY_KEY: &str = "IdempotencyKey";
const IF_NONE_MATCH: &str = "IfNoneMatch";
const VERSION: &str = "IfMatch";

/// Adds to every operation the headers that it honours and the failures that any path may answer with.
pub struct Conventions;

impl Modify for Conventions {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_with(|| ComponentsBuilder::new().build());
        components.responses.extend(failures::described());
        components.parameters.extend(parameters());
        for (path, item) in &mut document.paths.paths {
            let posts = repeatable("POST", path);
            if let Some(post) = item.post.as_mut().filter(|_| posts) {
                take(post, IDEMPOTENCY_KEY);
            }
            operations(item).for_each(complete);
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, patch, .. } = item;
    [get, put, post, delete, patch].into_iter().flatten()
}

fn complete(operation: &mut Operation) {
    let taken = operation.parameters.get_or_insert_default();
    let given = taken.len();
    taken.retain(|it| !matches!(it, RefOr::T(parameter) if parameter.name == IF_MATCH));
    let changes = taken.len() < given;
    let reads = operation.responses.responses.contains_key("304");
    if changes {
        take(operation, VERSION);
    } else {
        operation.responses.responses.remove("412");
    }
    if reads {
        take(operation, IF_NONE_MATCH);
    }
    let missing = match operation.request_body {
        Some(_) => failures::of(&["400", "405", "406", "413", "415", "500", "503"]),
        None => {
            operation.responses.responses.remove("415");
            failures::of(&["405", "406", "500", "503"])
        }
    };
    for (status, failure) in missing {
        operation.responses.responses.entry(status).or_insert(failure);
    }
    tag(operation, changes || reads);
}

/// What is made carries its entity tag, and so does what is read or changed at a version.
fn tag(operation: &mut Operation, versioned: bool) {
    for (status, response) in &mut operation.responses.responses {
        let tagged = status == "201" || (status == "200" && versioned);
        if let RefOr::T(response) = response
            && tagged
        {
            let text = HeaderBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::String)));
            let header = text.description(Some("Names the version and what was shown of it")).build();
            response.headers.entry("ETag".to_owned()).or_insert(header.into());
        }
    }
}

fn take(operation: &mut Operation, parameter: &str) {
    let reference = RefOr::Ref(Ref::new(format!("#/components/parameters/{parameter}")));
    operation.parameters.get_or_insert_default().push(reference);
}

fn parameters() -> BTreeMap<String, RefOr<Parameter>> {
    let key = ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(255))
        .pattern(Some("^[!-~]+$"));
    let tag = || ObjectBuilder::new().schema_type(Type::String);
    let all = [
        (
            IDEMPOTENCY_KEY,
            header(
                "Idempotency-Key",
                "Does the work once: the same key and body within a day are answered the same",
                key,
            ),
        ),
        (
            IF_NONE_MATCH,
            header("If-None-Match", "ETags of what is known already; 304 when it is that", tag()),
        ),
        (
            VERSION,
            header(IF_MATCH, "The ETag of the version that the change is meant for; 412 at any other", tag()),
        ),
    ];
    all.into_iter().map(|(name, parameter)| (name.to_owned(), parameter.into())).collect()
}

fn header(name: &str, text: &str, schema: ObjectBuilder) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(text))
        .schema(Some(schema))
        .build()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::openapi::openapi_json;

    /// Every operation with its method and path.
    fn operations(document: &Value) -> Vec<(&str, &str, &Value)> {
        let paths = document["paths"].as_object().unwrap();
        let methods = paths.iter().flat_map(|(path, item)| {
            let item = item.as_object().unwrap();
            item.iter().map(move |(method, operation)| (method.as_str(), path.as_str(), operation))
        });
        methods.collect()
    }

    fn takes(operation: &Value, parameter: &str) -> bool {
        let reference = format!("#/components/parameters/{parameter}");
        let taken = operation["parameters"].as_array();
        taken.is_some_and(|taken| taken.iter().any(|it| it["$ref"] == reference))
    }

    #[test]
    fn every_operation_says_what_it_honours() {
        let document: Value = serde_json::from_str(&openapi_json()).unwrap();
        for (method, path, operation) in operations(&document) {
            let answers = |status: &str| operation["responses"].get(status).is_some();
            assert!(["405", "406", "500", "503"].into_iter().all(answers), "{method} {path}");
            let repeatable = method == "post" && !path.starts_with("/v1/auth/");
            assert_eq!(takes(operation, "IdempotencyKey"), repeatable, "{method} {path}");
            assert_eq!(takes(operation, "IfMatch"), answers("412"), "{method} {path}");
            assert_eq!(takes(operation, "IfNoneMatch"), answers("304"), "{method} {path}");
            assert_eq!(operation.get("requestBody").is_some(), answers("415"), "{method} {path}");
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let text = openapi_json();
        let document: Value = serde_json::from_str(&text).unwrap();
        for reference in text.split("\"$ref\": \"#").skip(1) {
            let pointer = reference.split('"').next().unwrap();
            assert!(document.pointer(pointer).is_some(), "{pointer}");
        }
    }
}
