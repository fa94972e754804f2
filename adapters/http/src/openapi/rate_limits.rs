//! The headers that say how often more may be asked, described once and named by every answer.

use std::collections::BTreeMap;

use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Response};

/// Each header: its name, what it means, and what it looks like.
const HEADERS: [(&str, &str, &str); 2] = [
    (
        "RateLimit-Policy",
        "How many requests `q` in how many seconds `w`",
        r#""requests";q=1200;w=60"#,
    ),
    (
        "RateLimit",
        "How many requests `r` are left, and in how many seconds `t` all are",
        r#""requests";r=1187;t=1"#,
    ),
];

/// What the references refer to, by name.
pub fn described() -> BTreeMap<String, RefOr<Header>> {
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

/// Says of an answer that it carries them.
pub fn mark(response: &mut Response) {
    for (name, _, _) in HEADERS {
        let reference = Ref::new(format!("#/components/headers/{name}"));
        response
            .headers
            .insert(name.to_owned(), RefOr::Ref(reference));
    }
}

/// Whether the operations at a path are counted.
pub fn counted(path: &str) -> bool {
    path.starts_with("/v1/")
}
