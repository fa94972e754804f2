//! Problem responses shared by all operations.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Response};

use super::rate_limits;

/// All shared problem responses, as references to the components of [`described`].
#[derive(Debug)]
pub struct Failures;

/// A shared problem response: status, component name, description, and an optional header.
struct Failure {
    status: &'static str,
    name: &'static str,
    text: &'static str,
    header: Option<(&'static str, &'static str)>,
}

const fn failure(status: &'static str, name: &'static str, text: &'static str) -> Failure {
    Failure {
        status,
        name,
        text,
        header: None,
    }
}

impl Failure {
    const fn with(self, header: &'static str, text: &'static str) -> Self {
        Self {
            header: Some((header, text)),
            ..self
        }
    }
}

const TOO_MANY: &str = "429";
const RETRY: &str = "Seconds to wait before the next attempt";

const ALL: [Failure; 17] = [
    failure("400", "BadRequest", "The request cannot be parsed"),
    failure(
        "401",
        "Unauthorized",
        "Access token is missing, expired or invalid",
    )
    .with("WWW-Authenticate", "Challenge of the Bearer scheme"),
    failure("402", "PaymentRequired", "The payment was declined"),
    failure(
        "403",
        "Forbidden",
        "The caller does not have permission for this operation",
    ),
    failure(
        "404",
        "NotFound",
        "No such resource, or the caller does not have access to it",
    ),
    failure(
        "405",
        "MethodNotAllowed",
        "The path does not support this method",
    )
    .with("Allow", "Supported methods"),
    failure(
        "406",
        "NotAcceptable",
        "`Accept-Encoding` excludes every available encoding",
    ),
    failure(
        "408",
        "RequestTimeout",
        "The request body arrived too slowly",
    ),
    failure(
        "409",
        "Conflict",
        "The request conflicts with the current state",
    ),
    failure(
        "412",
        "PreconditionFailed",
        "`If-Match` does not match the current version",
    ),
    failure(
        "413",
        "ContentTooLarge",
        "The request body is longer than 1 MiB",
    ),
    failure("414", "UriTooLong", "Path and query are longer than 8 KiB"),
    failure(
        "415",
        "UnsupportedMediaType",
        "The request body is compressed, or neither `application/json` nor `application/*+json`",
    ),
    failure(
        "422",
        "UnprocessableContent",
        "The request is well-formed but invalid; `errors` lists every invalid field",
    ),
    failure(TOO_MANY, "TooManyRequests", "Rate limit exceeded").with("Retry-After", RETRY),
    failure(
        "500",
        "InternalServerError",
        "Unexpected error; the server's log contains its cause under the `request_id`",
    ),
    failure("503", "ServiceUnavailable", "Temporarily unavailable").with("Retry-After", RETRY),
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
pub fn described() -> BTreeMap<String, RefOr<Response>> {
    ALL.iter()
        .map(|it| (it.name.to_owned(), describe(it).into()))
        .collect()
}

fn describe(failure: &Failure) -> Response {
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
        rate_limits::mark(&mut response);
    }
    response
}

impl IntoResponses for Failures {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        of(&ALL.map(|it| it.status))
    }
}
