//! The route of a request, and the policy that hangs on it.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use actix_web::dev::ServiceRequest;
use actix_web::{HttpMessage, HttpRequest};
use serde_json::Value;

use crate::api::openapi_json;

/// An operation of the API document.
#[derive(Debug)]
pub(crate) struct MatchedOperation {
    /// Names of its query parameters.
    pub(crate) parameters: BTreeSet<String>,
    /// True if it requires a token.
    pub(crate) secured: bool,
    /// True if it is restricted to operators.
    pub(crate) operators_only: bool,
    /// True if it accepts an `Idempotency-Key`.
    pub(crate) keyed: bool,
    /// True if its responses may contain secrets, which no cache may store.
    private: bool,
    /// True if it reports the health of the server.
    health: bool,
}

/// The route of a request: decided once, on the path that the routes are matched with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Route {
    /// An operation of the API document.
    Operation(&'static MatchedOperation),
    /// The API document or a page that shows it.
    Documentation,
    /// No route, or none with this method.
    Unknown,
}

/// The operations by path, with the names of its variables, and method.
static OPERATIONS: LazyLock<HashMap<String, HashMap<String, MatchedOperation>>> =
    LazyLock::new(|| {
        let document: Value = serde_json::from_str(&openapi_json()).unwrap_or_default();
        let paths = document["paths"].as_object().into_iter().flatten();
        let by_path = paths.map(|(path, item)| {
            let methods = item.as_object().into_iter().flatten();
            let by_method = methods.map(|(method, operation)| {
                let operation = MatchedOperation::from_document(path, operation);
                (method.to_ascii_uppercase(), operation)
            });
            (path.clone(), by_method.collect())
        });
        by_path.collect()
    });

impl MatchedOperation {
    fn from_document(path: &str, operation: &Value) -> Self {
        let parameters = operation["parameters"].as_array();
        let parameters = || parameters.into_iter().flatten();
        let in_query = parameters().filter(|it| it["in"] == "query");
        let security = operation["security"].as_array();
        Self {
            parameters: in_query
                .filter_map(|it| it["name"].as_str().map(ToOwned::to_owned))
                .collect(),
            secured: security.is_some_and(|all| {
                all.iter()
                    .all(|it| it.as_object().is_some_and(|it| !it.is_empty()))
            }),
            operators_only: path.starts_with("/v1/admin/"),
            keyed: parameters().any(|it| it["$ref"] == "#/components/parameters/IdempotencyKey"),
            private: path.starts_with("/v1/auth/"),
            health: operation["tags"][0] == "health",
        }
    }

    /// An operation with these query parameters and nothing else.
    #[cfg(test)]
    pub(crate) fn with_parameters(names: &[&str]) -> Self {
        let parameters = names.iter().map(|name| serde_json::json!({"in": "query", "name": name}));
        let parameters: Vec<Value> = parameters.collect();
        Self::from_document("", &serde_json::json!({"parameters": parameters}))
    }
}

impl Route {
    /// Finds the route of a request with a canonical path, and stores it in the request.
    pub(crate) fn find(req: &ServiceRequest) -> Self {
        let method = match req.method().as_str() {
            "HEAD" => "GET",
            method => method,
        };
        let pattern = req.match_pattern().unwrap_or_default();
        let operation = OPERATIONS.get(&pattern).and_then(|it| it.get(method));
        let route = match operation {
            Some(operation) => Self::Operation(operation),
            None if is_documentation(&pattern) => Self::Documentation,
            None => Self::Unknown,
        };
        req.extensions_mut().insert(route);
        route
    }

    /// The route of a request that was found before.
    pub(crate) fn of(req: &HttpRequest) -> Self {
        let found = req.extensions().get::<Self>().copied();
        found.unwrap_or(Self::Unknown)
    }

    /// The operation, if the request has one.
    pub(crate) fn operation(self) -> Option<&'static MatchedOperation> {
        match self {
            Self::Operation(operation) => Some(operation),
            Self::Documentation | Self::Unknown => None,
        }
    }

    /// True if no cache may store the response: it may contain secrets, or is an error about the path.
    pub(crate) fn is_private(self) -> bool {
        match self {
            Self::Operation(operation) => operation.private,
            Self::Documentation => false,
            Self::Unknown => true,
        }
    }

    /// True if the request counts for the rate limit: all but those about the health of the server.
    pub(crate) fn is_rate_limited(self) -> bool {
        self.operation().is_none_or(|operation| !operation.health)
    }
}

fn is_documentation(pattern: &str) -> bool {
    matches!(pattern, "/openapi.json" | "/docs") || pattern.starts_with("/docs/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(method: &str, path: &str) -> &'static MatchedOperation {
        OPERATIONS[path].get(method).expect("an operation")
    }

    #[test]
    fn the_operations_come_from_the_document() {
        let search = operation("GET", "/v1/properties");
        assert!(!search.secured && search.parameters.contains("check_in"));
        let bookings = operation("GET", "/v1/bookings");
        assert!(bookings.secured && bookings.parameters.contains("limit"));
        let property = operation("GET", "/v1/properties/{property_id}");
        assert!(property.parameters.is_empty() && !property.keyed);
    }

    #[test]
    fn policies_hang_on_the_operation() {
        let login = operation("POST", "/v1/auth/login");
        assert!(login.private && !login.keyed && !login.health);
        let reserve = operation("POST", "/v1/bookings");
        assert!(reserve.keyed && !reserve.private && !reserve.operators_only);
        assert!(operation("GET", "/v1/admin/users").operators_only);
        assert!(!Route::Operation(operation("GET", "/livez")).is_rate_limited());
        assert!(Route::Operation(login).is_rate_limited() && Route::Unknown.is_rate_limited());
        assert!(Route::Unknown.is_private() && !Route::Documentation.is_private());
    }
}
