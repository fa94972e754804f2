//! Rate limit headers shared by all responses.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Response};

/// Name, description and example of each header.
const HEADERS: [(&str, &str, &str); 2] = [
    (
        "RateLimit-Policy",
        "Quota: `q` requests in `w` seconds",
        r#""requests";q=1200;w=60"#,
    ),
    (
        "RateLimit",
        "Remaining quota: `r` requests, all of them again in `t` seconds",
        r#""requests";r=1187;t=1"#,
    ),
];

/// The referenced components, by name.
pub fn components() -> BTreeMap<String, RefOr<Header>> {
    let describe = |(name, text, example): (&str, &str, &str)| {
        let schema = ObjectBuilder::new()
            .schema_type(Type::String)
            .examples([example]);
        let header = HeaderBuilder::new()
            .schema(Some(schema))
            .description(Some(text))
            .build();
        (name.to_owned(), header.into())
    };
    HEADERS.into_iter().map(describe).collect()
}

/// Adds the headers to a response.
pub fn add_headers(response: &mut Response) {
    for (name, _, _) in HEADERS {
        let reference = Ref::new(format!("#/components/headers/{name}"));
        response
            .headers
            .insert(name.to_owned(), RefOr::Ref(reference));
    }
}

/// References to the headers, by name.
pub fn references() -> impl Iterator<Item = (&'static str, Value)> {
    let reference = |name| json!({ "$ref": format!("#/components/headers/{name}") });
    HEADERS
        .into_iter()
        .map(move |(name, ..)| (name, reference(name)))
}

/// True if requests to the path are counted: all but those about the health of the server.
pub fn is_rate_limited(path: &str) -> bool {
    !matches!(path, "/livez" | "/readyz")
}
