//! The problems that any operation may answer with.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::{Ref, RefOr, Response};

/// Every problem of the conventions, each an `application/problem+json`.
#[derive(Debug)]
pub struct Failures;

const STATUSES: [(&str, &str); 15] = [
    ("400", "Not parseable"),
    ("401", "No or bad token"),
    ("402", "Payment refused"),
    ("403", "May see, may not do"),
    ("404", "Not there, or not yours to know of"),
    ("405", "Another method"),
    ("406", "No such representation"),
    ("409", "Conflict with the present state"),
    ("412", "If-Match fails"),
    ("413", "Too large"),
    ("415", "Not a media type that can be read"),
    ("422", "Well-formed but invalid"),
    ("429", "Too many requests"),
    ("500", "A defect"),
    ("503", "Unavailable for now"),
];

impl IntoResponses for Failures {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let problem = |text: &str| {
            let schema = Ref::from_schema_name("Problem");
            let content = ContentBuilder::new().schema(Some(schema)).build();
            ResponseBuilder::new().description(text).content("application/problem+json", content).build()
        };
        STATUSES.into_iter().map(|(status, text)| (status.to_owned(), problem(text).into())).collect()
    }
}
