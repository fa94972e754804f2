//! Request headers shared by operations.

use std::collections::BTreeMap;

use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Required};

use crate::extract::IF_MATCH;

/// Component name of `Idempotency-Key`.
pub const IDEMPOTENCY_KEY: &str = "IdempotencyKey";
/// Component name of `If-None-Match`.
pub const IF_NONE_MATCH: &str = "IfNoneMatch";
/// Component name of `If-Match`.
pub const VERSION: &str = "IfMatch";

/// Adds one of these headers to an operation.
pub fn add_parameter(operation: &mut Operation, parameter: &str) {
    let reference = RefOr::Ref(Ref::new(format!("#/components/parameters/{parameter}")));
    operation.parameters.get_or_insert_default().push(reference);
}

/// The referenced components, by name.
pub fn components() -> BTreeMap<String, RefOr<Parameter>> {
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
                "Key that makes the request idempotent: within 24 hours, the same key and body get the same response",
                key,
            ),
        ),
        (
            IF_NONE_MATCH,
            header(
                "If-None-Match",
                "Entity tags of known representations; 304 if the current one is among them",
                tag(),
            ),
        ),
        (
            VERSION,
            header(
                IF_MATCH,
                "Entity tag of the expected version; 412 if the current version is another",
                tag(),
            ),
        ),
    ];
    all.into_iter()
        .map(|(name, parameter)| (name.to_owned(), parameter.into()))
        .collect()
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
