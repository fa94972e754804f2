//! Problem responses.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use serde_json::{Value, json};
use utoipa::IntoResponses;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::{RefOr, Response};

use super::rate_limits;
use crate::schema::ProblemCode;

/// Name of the schema of all problems.
pub const PROBLEM: &str = "Problem";

/// Stands for the problem responses of an operation, which follow from its id, its parameters and its body: those of
/// `PROBLEM_CODES`.
#[derive(Debug)]
pub struct ProblemResponses;

impl IntoResponses for ProblemResponses {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let place = ResponseBuilder::new().build();
        BTreeMap::from([("default".to_owned(), place.into())])
    }
}

/// A status of problems: its name in the document, its description, and a header.
struct Kind {
    status: u16,
    name: &'static str,
    text: &'static str,
    header: Option<(&'static str, &'static str)>,
}

const fn kind_of(status: u16, name: &'static str, text: &'static str) -> Kind {
    Kind {
        status,
        name,
        text,
        header: None,
    }
}

impl Kind {
    const fn with(self, header: &'static str, text: &'static str) -> Self {
        Self {
            header: Some((header, text)),
            ..self
        }
    }
}

const RETRY: &str = "Seconds to wait before the next attempt";

#[rustfmt::skip]
const KINDS: [Kind; 16] = [
    kind_of(400, "BadRequest", "The request cannot be parsed"),
    kind_of(401, "Unauthorized", "Access token is missing, expired or invalid")
        .with("WWW-Authenticate", "Challenge of the Bearer scheme"),
    kind_of(402, "PaymentRequired", "The payment was declined"),
    kind_of(403, "Forbidden", "The caller does not have permission for this operation"),
    kind_of(404, "NotFound", "No such resource, or the caller does not have access to it"),
    kind_of(406, "NotAcceptable", "`Accept-Encoding` excludes every available encoding"),
    kind_of(408, "RequestTimeout", "The request body arrived too slowly"),
    kind_of(409, "Conflict", "The request conflicts with the current state"),
    kind_of(412, "PreconditionFailed", "`If-Match` does not match the current version"),
    kind_of(413, "ContentTooLarge", "The request body is longer than 65,536 bytes, or than the `x-body-limit` of the operation"),
    kind_of(414, "UriTooLong", "Path and query are longer than 8 KiB"),
    kind_of(415, "UnsupportedMediaType", "The request body is compressed, or neither `application/json` nor `application/*+json`"),
    kind_of(422, "UnprocessableContent", "The request is well-formed but invalid; `errors` lists every invalid field"),
    kind_of(429, "TooManyRequests", "Rate limit exceeded").with("Retry-After", RETRY),
    kind_of(500, "InternalServerError", "Unexpected error; the server's log contains its cause under the `request_id`"),
    kind_of(503, "ServiceUnavailable", "Temporarily unavailable").with("Retry-After", RETRY),
];

/// The name of a status, as the names of its responses end.
pub fn kind(status: u16) -> &'static str {
    let found = KINDS.iter().find(|it| it.status == status);
    found.map_or("Problem", |it| it.name)
}

/// The members that distinguish an example with one of these codes: one that is the operation's own, if there is.
fn example(codes: &[&ProblemCode]) -> Value {
    let Some(code) = codes.iter().find(|it| it.is_of_few()).or(codes.last()) else {
        return Value::Null;
    };
    let title = StatusCode::from_u16(code.status).ok();
    let mut example = json!({
        "type": format!("urn:sojourn:problem:{}", code.code),
        "title": title.and_then(|it| it.canonical_reason()),
        "status": code.status,
        "detail": code.meaning,
        "code": code.code,
    });
    if let (false, Value::Object(fields)) = (code.has_violations(), &mut example) {
        fields.insert("errors".to_owned(), Value::Null);
    }
    example
}

/// The response with these codes, whose body has this schema.
pub fn describe(status: u16, codes: &[&ProblemCode], schema: &Value) -> Value {
    let kind = KINDS.iter().find(|it| it.status == status);
    let mut text = kind.map_or("", |it| it.text).to_owned();
    if codes.len() > 1 || codes.iter().any(|it| it.is_of_few()) {
        text.push('.');
        for code in codes {
            text.push_str(&format!("\n\n- `{}`: {}", code.code, code.meaning));
        }
    }
    let mut response = json!({
        "description": text,
        "content": { "application/problem+json": { "schema": schema, "example": example(codes) } },
    });
    if let Some((name, text)) = kind.and_then(|it| it.header) {
        let kind = if name == "Retry-After" {
            "integer"
        } else {
            "string"
        };
        response["headers"][name] = json!({ "description": text, "schema": { "type": kind } });
    }
    if status == 429 {
        for (name, reference) in rate_limits::references() {
            response["headers"][name] = reference;
        }
    }
    response
}
