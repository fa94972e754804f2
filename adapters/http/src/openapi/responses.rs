//! Problem responses shared by all operations.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Response};

use super::rate_limits;

/// All shared problem responses, as references to the components of [`components`].
#[derive(Debug)]
pub struct ProblemResponses;

/// A shared problem response: status, component name, description, and an optional header.
struct ProblemResponse {
    status: &'static str,
    name: &'static str,
    text: &'static str,
    header: Option<(&'static str, &'static str)>,
}

const fn problem_response(
    status: &'static str,
    name: &'static str,
    text: &'static str,
) -> ProblemResponse {
    ProblemResponse {
        status,
        name,
        text,
        header: None,
    }
}

impl ProblemResponse {
    const fn with(self, header: &'static str, text: &'static str) -> Self {
        Self {
            header: Some((header, text)),
            ..self
        }
    }
}

const TOO_MANY: &str = "429";
const RETRY: &str = "Seconds to wait before the next attempt";

const ALL: [ProblemResponse; 17] = [
    problem_response("400", "BadRequest", "The request cannot be parsed"),
    problem_response(
        "401",
        "Unauthorized",
        "Access token is missing, expired or invalid",
    )
    .with("WWW-Authenticate", "Challenge of the Bearer scheme"),
    problem_response("402", "PaymentRequired", "The payment was declined"),
    problem_response(
        "403",
        "Forbidden",
        "The caller does not have permission for this operation",
    ),
    problem_response(
        "404",
        "NotFound",
        "No such resource, or the caller does not have access to it",
    ),
    problem_response(
        "405",
        "MethodNotAllowed",
        "The path does not support this method",
    )
    .with("Allow", "Supported methods"),
    problem_response(
        "406",
        "NotAcceptable",
        "`Accept-Encoding` excludes every available encoding",
    ),
    problem_response(
        "408",
        "RequestTimeout",
        "The request body arrived too slowly",
    ),
    problem_response(
        "409",
        "Conflict",
        "The request conflicts with the current state",
    ),
    problem_response(
        "412",
        "PreconditionFailed",
        "`If-Match` does not match the current version",
    ),
    problem_response(
        "413",
        "ContentTooLarge",
        "The request body is longer than 65,536 bytes, or than the `x-body-limit` of the operation",
    ),
    problem_response("414", "UriTooLong", "Path and query are longer than 8 KiB"),
    problem_response(
        "415",
        "UnsupportedMediaType",
        "The request body is compressed, or neither `application/json` nor `application/*+json`",
    ),
    problem_response(
        "422",
        "UnprocessableContent",
        "The request is well-formed but invalid; `errors` lists every invalid field",
    ),
    problem_response(TOO_MANY, "TooManyRequests", "Rate limit exceeded").with("Retry-After", RETRY),
    problem_response(
        "500",
        "InternalServerError",
        "Unexpected error; the server's log contains its cause under the `request_id`",
    ),
    problem_response("503", "ServiceUnavailable", "Temporarily unavailable")
        .with("Retry-After", RETRY),
];

/// References to the problem responses of these statuses.
pub fn of(statuses: &[&str]) -> BTreeMap<String, RefOr<Response>> {
    let chosen = ALL.iter().filter(|it| statuses.contains(&it.status));
    chosen
        .map(|it| {
            (
                it.status.to_owned(),
                Ref::from_response_name(it.name).into(),
            )
        })
        .collect()
}

/// The referenced components, by name.
pub fn components() -> BTreeMap<String, RefOr<Response>> {
    ALL.iter()
        .map(|it| (it.name.to_owned(), describe(it).into()))
        .collect()
}

fn describe(failure: &ProblemResponse) -> Response {
    let schema = Ref::from_schema_name("Problem");
    let content = ContentBuilder::new().schema(Some(schema)).build();
    let response = ResponseBuilder::new()
        .description(failure.text)
        .content("application/problem+json", content);
    let Some((name, text)) = failure.header else {
        return response.build();
    };
    let kind = if name == "Retry-After" {
        Type::Integer
    } else {
        Type::String
    };
    let header = HeaderBuilder::new().schema(Some(ObjectBuilder::new().schema_type(kind)));
    let mut response = response
        .header(name, header.description(Some(text)).build())
        .build();
    if failure.status == TOO_MANY {
        rate_limits::add_headers(&mut response);
    }
    response
}

impl IntoResponses for ProblemResponses {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        of(&ALL.map(|it| it.status))
    }
}
