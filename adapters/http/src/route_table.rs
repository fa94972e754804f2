//! The routes of the server by path and method, as the API document states them.

use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::HttpMessage;
use actix_web::dev::ServiceRequest;
use actix_web::web::Data;
use serde_json::Value;

use crate::api::openapi_json;
use crate::mailed_links::is_link;
use crate::route::{MatchedOperation, Route};
use crate::state::{AppState, MountedInterface};

/// The operations by path, with the names of its variables, and method.
static OPERATIONS: LazyLock<HashMap<String, HashMap<String, MatchedOperation>>> =
    LazyLock::new(|| {
        let document: Value = serde_json::from_str(&openapi_json()).unwrap_or_default();
        let paths = document["paths"].as_object().into_iter().flatten();
        let by_path = paths.map(|(path, item)| {
            let methods = item.as_object().into_iter().flatten();
            let by_method = methods.map(|(method, operation)| {
                let operation = MatchedOperation::from_document(&document, path, operation);
                (method.to_ascii_uppercase(), operation)
            });
            (path.clone(), by_method.collect())
        });
        by_path.collect()
    });

/// Finds the route of a request with a canonical path, and stores it in the request.
pub(crate) fn find_route(req: &ServiceRequest) -> Route {
    let method = match req.method().as_str() {
        "HEAD" => "GET",
        method => method,
    };
    let pattern = req.match_pattern().unwrap_or_default();
    let operation = OPERATIONS.get(&pattern).and_then(|it| it.get(method));
    let route = match operation {
        Some(operation) => Route::Operation(operation),
        None if is_documentation(req, &pattern) => Route::Documentation,
        None if is_link(&pattern) => Route::MailedLink,
        None if interfaces(req).any(|it| it.path == pattern) => Route::Interface,
        None => Route::Unknown,
    };
    req.extensions_mut().insert(route);
    route
}

fn is_documentation(req: &ServiceRequest, pattern: &str) -> bool {
    matches!(pattern, "/" | "/openapi.json" | "/docs")
        || pattern.starts_with("/docs/")
        || interfaces(req).any(|it| it.pages.iter().any(|page| page.path == pattern))
}

fn interfaces(req: &ServiceRequest) -> impl Iterator<Item = &MountedInterface> {
    let state = req.app_data::<Data<AppState>>();
    state.into_iter().flat_map(|state| &state.interfaces)
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
        let login = operation("POST", "/v1/auth/login");
        assert!(!login.secured && login.takes_body && !login.takes_patch);
        assert!(operation("PATCH", "/v1/users/{user_id}").takes_patch);
        let bookings = operation("GET", "/v1/bookings");
        assert!(bookings.secured && bookings.parameters.contains("limit"));
        let property = operation("GET", "/v1/properties/{property_id}");
        assert!(property.parameters.contains("expand") && !property.keyed);
        let profile = operation("GET", "/v1/users/{user_id}");
        assert!(profile.parameters.is_empty());
    }

    #[test]
    fn policies_hang_on_the_operation() {
        let login = operation("POST", "/v1/auth/login");
        assert!(login.private && !login.keyed && !login.health);
        let reserve = operation("POST", "/v1/bookings");
        let create = operation("POST", "/v1/properties");
        assert!(reserve.keyed && !reserve.private && reserve.takes_body);
        assert!(!operation("POST", "/v1/bookings/{booking_id}/check-in").takes_body);
        assert_eq!((reserve.body_limit, create.body_limit), (65_536, 262_144));
        let register = operation("POST", "/v1/users");
        assert!(register.takes_password && register.keyed && !reserve.takes_password);
        assert!(!Route::Operation(operation("GET", "/livez")).is_rate_limited());
        assert!(Route::Operation(login).is_rate_limited() && Route::Unknown.is_rate_limited());
        assert!(Route::Unknown.is_private() && !Route::Documentation.is_private());
    }
}
