//! The problems that any operation may answer with, each described once.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Response};

use super::rate_limits;

/// Every problem of the conventions, each an `application/problem+json`: references to what
/// [`described`] describes.
#[derive(Debug)]
pub struct Failures;

/// One kind of failure: its status, its name in the document, what it means, and the header that comes with it.
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
const RETRY: &str = "After how many seconds to try again";

const ALL: [Failure; 17] = [
    failure("400", "BadRequest", "Not parseable"),
    failure("401", "Unauthorized", "No or bad token")
        .with("WWW-Authenticate", "Always of scheme Bearer"),
    failure("402", "PaymentRequired", "Payment refused"),
    failure("403", "Forbidden", "May see, may not do"),
    failure("404", "NotFound", "Not there, or not yours to know of"),
    failure("405", "MethodNotAllowed", "The path has no such method")
        .with("Allow", "The methods that it has"),
    failure(
        "406",
        "NotAcceptable",
        "`Accept-Encoding` refuses every encoding that can be given",
    ),
    failure("408", "RequestTimeout", "The body took too long to come"),
    failure("409", "Conflict", "Conflict with the present state"),
    failure(
        "412",
        "PreconditionFailed",
        "`If-Match` names another version than the present one",
    ),
    failure("413", "ContentTooLarge", "The body is longer than 1 MiB"),
    failure("414", "UriTooLong", "Path and query are longer than 8 KiB"),
    failure(
        "415",
        "UnsupportedMediaType",
        "The body is compressed, or not `application/json` or `application/*+json`",
    ),
    failure(
        "422",
        "UnprocessableContent",
        "Well-formed but invalid; `errors` names every wrong field",
    ),
    failure(TOO_MANY, "TooManyRequests", "Asked too often").with("Retry-After", RETRY),
    failure(
        "500",
        "InternalServerError",
        "A defect; the log knows more by the `request_id`",
    ),
    failure("503", "ServiceUnavailable", "Unavailable for now").with("Retry-After", RETRY),
];

/// The failures of these statuses, as references.
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

/// What the references refer to, by name.
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
