//! Headers that all operations share.

use utoipa::Modify;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{ComponentsBuilder, OpenApi as Document, RefOr};

use super::parameters::{IDEMPOTENCY_KEY, IF_NONE_MATCH, VERSION, add_parameter};
use super::{parameters, rate_limits};
use crate::extract::IF_MATCH;

/// Adds to every operation the headers that it supports.
pub struct Conventions;

impl Modify for Conventions {
    fn modify(&self, document: &mut Document) {
        let components = document
            .components
            .get_or_insert_with(|| ComponentsBuilder::new().build());
        components.parameters.extend(parameters::components());
        components.headers.extend(rate_limits::components());
        for (path, item) in &mut document.paths.paths {
            let posts = accepts_idempotency_key(path);
            if let Some(post) = item.post.as_mut().filter(|_| posts) {
                add_parameter(post, IDEMPOTENCY_KEY);
            }
            let rate_limited = rate_limits::is_rate_limited(path);
            operations(item).for_each(|operation| add_conventions(operation, rate_limited));
        }
    }
}

/// True if a POST may carry a key: all except those of `/v1/auth`, whose responses contain secrets and
/// are never stored.
fn accepts_idempotency_key(path: &str) -> bool {
    !path.starts_with("/v1/auth/")
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem {
        get,
        put,
        post,
        delete,
        patch,
        ..
    } = item;
    [get, put, post, delete, patch].into_iter().flatten()
}

fn add_conventions(operation: &mut Operation, rate_limited: bool) {
    let taken = operation.parameters.get_or_insert_default();
    let given = taken.len();
    taken.retain(|it| !matches!(it, RefOr::T(parameter) if parameter.name == IF_MATCH));
    let changes = taken.len() < given;
    let reads = operation.responses.responses.contains_key("304");
    if changes {
        add_parameter(operation, VERSION);
    }
    if reads {
        add_parameter(operation, IF_NONE_MATCH);
    }
    add_etag_header(operation, changes || reads);
    if rate_limited {
        add_rate_limit_headers(operation);
    }
}

/// Adds the rate limit headers to every response.
fn add_rate_limit_headers(operation: &mut Operation) {
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response {
            rate_limits::add_headers(response);
        }
    }
}

/// Adds the entity tag to responses of creations, and to those of reads and changes by version.
fn add_etag_header(operation: &mut Operation, versioned: bool) {
    for (status, response) in &mut operation.responses.responses {
        let tagged = status == "201" || (status == "200" && versioned);
        if let RefOr::T(response) = response
            && tagged
        {
            let text =
                HeaderBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::String)));
            let header = text
                .description(Some("Entity tag of the version and the representation"))
                .build();
            response
                .headers
                .entry("ETag".to_owned())
                .or_insert(header.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::api::openapi_json;

    /// All operations with method and path.
    fn operations(document: &Value) -> Vec<(&str, &str, &Value)> {
        let paths = document["paths"].as_object().unwrap();
        let methods = paths.iter().flat_map(|(path, item)| {
            let item = item.as_object().unwrap();
            item.iter()
                .map(move |(method, operation)| (method.as_str(), path.as_str(), operation))
        });
        methods.collect()
    }

    fn takes(operation: &Value, parameter: &str) -> bool {
        let reference = format!("#/components/parameters/{parameter}");
        let taken = operation["parameters"].as_array();
        taken.is_some_and(|taken| taken.iter().any(|it| it["$ref"] == reference))
    }

    #[test]
    fn every_operation_documents_its_headers() {
        let document: Value = serde_json::from_str(&openapi_json()).unwrap();
        for (method, path, operation) in operations(&document) {
            let answers = |status: &str| operation["responses"].get(status).is_some();
            assert!(
                ["406", "414", "500", "503"].into_iter().all(answers),
                "{method} {path}"
            );
            let health = matches!(path, "/livez" | "/readyz");
            assert_eq!(!health, answers("429"), "{method} {path}");
            assert_eq!(
                operation.get("requestBody").is_some(),
                answers("408"),
                "{method} {path}"
            );
            let accepts_idempotency_key = method == "post" && !path.starts_with("/v1/auth/");
            assert_eq!(
                takes(operation, "IdempotencyKey"),
                accepts_idempotency_key,
                "{method} {path}"
            );
            assert_eq!(
                takes(operation, "IfMatch"),
                answers("412"),
                "{method} {path}"
            );
            assert_eq!(
                takes(operation, "IfNoneMatch"),
                answers("304"),
                "{method} {path}"
            );
            assert_eq!(
                operation.get("requestBody").is_some(),
                answers("415"),
                "{method} {path}"
            );
        }
    }

    #[test]
    fn operation_ids_are_unique() {
        let document: Value = serde_json::from_str(&openapi_json()).unwrap();
        let mut names: Vec<_> = operations(&document)
            .iter()
            .map(|(.., operation)| operation["operationId"].as_str().unwrap())
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn every_response_documents_its_rate_limit() {
        let document: Value = serde_json::from_str(&openapi_json()).unwrap();
        let carries = |response: &Value| {
            response["headers"]["RateLimit"]["$ref"] == "#/components/headers/RateLimit"
        };
        assert!(carries(
            &document["components"]["responses"]["TooManyRequests"]
        ));
        for (method, path, operation) in operations(&document) {
            let answers = operation["responses"].as_object().unwrap().values();
            let own: Vec<_> = answers
                .filter(|response| response.get("$ref").is_none())
                .collect();
            assert!(!own.is_empty(), "{method} {path}");
            let health = matches!(path, "/livez" | "/readyz");
            assert!(
                own.into_iter().all(|it| carries(it) != health),
                "{method} {path}"
            );
        }
    }

    #[test]
    fn every_reference_resolves() {
        let text = openapi_json();
        let document: Value = serde_json::from_str(&text).unwrap();
        for reference in text.split("\"$ref\": \"#").skip(1) {
            let pointer = reference.split('"').next().unwrap();
            assert!(document.pointer(pointer).is_some(), "{pointer}");
        }
    }
}
