//! The headers that operations honour, described once and named by each that does.

use std::collections::BTreeMap;

use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Required};

use crate::extract::IF_MATCH;

/// Does the work once.
pub const IDEMPOTENCY_KEY: &str = "IdempotencyKey";
/// Spares reading again what is known.
pub const IF_NONE_MATCH: &str = "IfNoneMatch";
/// Keeps a change from undoing another's.
pub const VERSION: &str = "IfMatch";

/// Says of an operation that it honours one of them.
pub fn take(operation: &mut Operation, parameter: &str) {
    let reference = RefOr::Ref(Ref::new(format!("#/components/parameters/{parameter}")));
    operation.parameters.get_or_insert_default().push(reference);
}

/// What the references refer to, by name.
pub fn described() -> BTreeMap<String, RefOr<Parameter>> {
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
            header(
                "If-None-Match",
                "ETags of what is known already; 304 when it is that",
                tag(),
            ),
        ),
        (
            VERSION,
            header(
                IF_MATCH,
                "The ETag of the version that the change is meant for; 412 at any other",
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
