//! The route of a request, and the policy that hangs on it.

use std::collections::BTreeSet;

use actix_web::{HttpMessage, HttpRequest};
use serde_json::Value;

/// An operation of the API document.
#[derive(Debug)]
pub(crate) struct MatchedOperation {
    /// Its path, with the names of its variables.
    pub(crate) path: String,
    /// Its id in the document.
    pub(crate) id: String,
    /// True if it takes a body.
    pub(crate) takes_body: bool,
    /// True if its body is a patch, in which `null` clears a field.
    pub(crate) takes_patch: bool,
    /// Names of its query parameters.
    pub(crate) parameters: BTreeSet<String>,
    /// True if other query parameters are refused: everywhere but in what monitors and caches read.
    pub(crate) strict_query: bool,
    /// True if it requires a token.
    pub(crate) secured: bool,
    /// True if it accepts an `Idempotency-Key`.
    pub(crate) keyed: bool,
    /// True if its body holds a password.
    pub(crate) takes_password: bool,
    /// Maximum length of its body, in bytes.
    pub(crate) body_limit: usize,
    /// True if its responses may contain secrets, which no cache may store.
    pub(crate) private: bool,
    /// True if it reports the health of the server.
    pub(crate) health: bool,
}

/// The route of a request: decided once, on the path that the routes are matched with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Route {
    /// An operation of the API document.
    Operation(&'static MatchedOperation),
    /// The API document or a page that shows it.
    Documentation,
    /// The page of a link in a mail.
    MailedLink,
    /// An interface of another adapter.
    Interface,
    /// No route, or none with this method.
    Unknown,
}

/// Maximum length of a body, in bytes, unless its operation states another.
const BODY_LIMIT: usize = 64 * 1024;

/// Extension of an operation in the API document: the maximum length of its body, in bytes.
const BODY_LIMIT_EXTENSION: &str = "x-body-limit";

impl MatchedOperation {
    /// The policy of an operation of the document.
    pub(crate) fn from_document(document: &Value, path: &str, operation: &Value) -> Self {
        let parameters = operation["parameters"].as_array();
        let parameters = || parameters.into_iter().flatten();
        let in_query = parameters().filter(|it| it["in"] == "query");
        let security = operation["security"].as_array();
        Self {
            path: path.to_owned(),
            id: operation["operationId"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            takes_body: operation["requestBody"].is_object(),
            takes_patch: body_schema(operation)["$ref"]
                .as_str()
                .is_some_and(|name| name.ends_with("Patch")),
            parameters: in_query
                .filter_map(|it| it["name"].as_str().map(ToOwned::to_owned))
                .collect(),
            strict_query: path.starts_with("/v1/"),
            secured: security.is_some_and(|all| {
                let requires = |it: &Value| it.as_object().is_some_and(|it| !it.is_empty());
                !all.is_empty() && all.iter().all(requires)
            }),
            keyed: parameters().any(|it| it["$ref"] == "#/components/parameters/IdempotencyKey"),
            takes_password: takes_password(document, operation),
            body_limit: operation[BODY_LIMIT_EXTENSION]
                .as_u64()
                .and_then(|limit| limit.try_into().ok())
                .unwrap_or(BODY_LIMIT),
            private: path.starts_with("/v1/auth/") || parameters().any(|it| it["name"] == "token"),
            health: operation["tags"][0] == "health",
        }
    }

    /// An operation with these query parameters and nothing else.
    #[cfg(test)]
    pub(crate) fn with_parameters(names: &[&str]) -> Self {
        let parameters = names
            .iter()
            .map(|name| serde_json::json!({"in": "query", "name": name}));
        let parameters: Vec<Value> = parameters.collect();
        Self::from_document(
            &Value::Null,
            "",
            &serde_json::json!({"parameters": parameters}),
        )
    }
}

impl Route {
    /// The route of a request that was found before.
    pub(crate) fn of(req: &HttpRequest) -> Self {
        let found = req.extensions().get::<Self>().copied();
        found.unwrap_or(Self::Unknown)
    }

    /// The operation, if the request has one.
    pub(crate) fn operation(self) -> Option<&'static MatchedOperation> {
        match self {
            Self::Operation(operation) => Some(operation),
            Self::Documentation | Self::MailedLink | Self::Interface | Self::Unknown => None,
        }
    }

    /// The path with the names of its variables, or a word for requests without an operation: one of few values.
    pub(crate) fn template(self) -> &'static str {
        match self {
            Self::Operation(operation) => &operation.path,
            Self::Documentation => "documentation",
            Self::MailedLink => "mailed link",
            Self::Interface => "interface",
            Self::Unknown => "unknown",
        }
    }

    /// Maximum length of the body, in bytes.
    pub(crate) fn body_limit(self) -> usize {
        self.operation()
            .map_or(BODY_LIMIT, |operation| operation.body_limit)
    }

    /// True if no cache may store the response: it may contain secrets, or is an error about the path.
    pub(crate) fn is_private(self) -> bool {
        match self {
            Self::Operation(operation) => operation.private,
            Self::Documentation => false,
            Self::MailedLink | Self::Interface | Self::Unknown => true,
        }
    }

    /// True if the request counts for the rate limit: all but those about the health of the server.
    pub(crate) fn is_rate_limited(self) -> bool {
        self.operation().is_none_or(|operation| !operation.health)
    }
}

fn body_schema(operation: &Value) -> &Value {
    &operation["requestBody"]["content"]["application/json"]["schema"]
}

/// True if the body of an operation has a field for a password.
fn takes_password(document: &Value, operation: &Value) -> bool {
    let schema = body_schema(operation);
    let referenced = schema["$ref"]
        .as_str()
        .and_then(|reference| document.pointer(reference.trim_start_matches('#')));
    let fields = referenced.unwrap_or(schema)["properties"].as_object();
    fields.is_some_and(|fields| fields.keys().any(|name| name.ends_with("password")))
}
