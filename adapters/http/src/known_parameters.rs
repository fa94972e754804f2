//! Query parameters that an operation does not have are refused.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError};
use serde_json::Value;
use sojourn_domain::shared::Violations;

use crate::api::openapi_json;
use crate::extract::authenticate_request;
use crate::problem::Problem;

/// An operation in the API document.
struct Operation {
    /// Names of its query parameters.
    parameters: BTreeSet<String>,
    /// True if it requires a token.
    secured: bool,
}

/// The operations below `/v1`, by method and path with `{}` for each variable.
static OPERATIONS: LazyLock<HashMap<(String, String), Operation>> = LazyLock::new(|| {
    let document: Value = serde_json::from_str(&openapi_json()).unwrap_or_default();
    let paths = document["paths"].as_object().into_iter().flatten();
    let operations = paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| {
            let key = (method.to_ascii_uppercase(), without_names(path));
            (key, Operation::from_document(operation))
        })
    });
    operations.collect()
});

impl Operation {
    fn from_document(operation: &Value) -> Self {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let in_query = parameters.filter(|it| it["in"] == "query");
        let security = operation["security"].as_array();
        Self {
            parameters: in_query
                .filter_map(|it| it["name"].as_str().map(ToOwned::to_owned))
                .collect(),
            secured: security.is_some_and(|all| {
                all.iter()
                    .all(|it| it.as_object().is_some_and(|it| !it.is_empty()))
            }),
        }
    }

    /// A violation for each parameter of a query that the operation does not have.
    fn unknown_in(&self, query: &str) -> Violations {
        let mut found = Violations::new();
        let names: BTreeSet<_> = form_urlencoded::parse(query.as_bytes())
            .map(|(name, _)| name.into_owned())
            .collect();
        for name in names.difference(&self.parameters) {
            let detail = "this operation has no such query parameter";
            found.add(format!("/{name}"), "unknown_parameter", detail);
        }
        found
    }
}

fn without_names(path: &str) -> String {
    let mut parts = path
        .split('/')
        .map(|part| if part.starts_with('{') { "{}" } else { part });
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| format!("{all}/{part}"))
}

/// The operation of a request below `/v1` that has a query.
fn operation_of(req: &ServiceRequest) -> Option<&'static Operation> {
    if req.query_string().is_empty() || !req.path().starts_with("/v1/") {
        return None;
    }
    let method = match req.method().as_str() {
        "HEAD" => "GET",
        method => method,
    };
    let pattern = req.match_pattern()?;
    OPERATIONS.get(&(method.to_owned(), without_names(&pattern)))
}

/// Middleware around the routes: a query parameter that the operation does not have is 422, and so is U+0000 in a path.
/// A caller without a token, or without the right to the operation, is told so instead: reads that require a token are
/// judged after they were handled, changes once the token is verified.
pub(crate) async fn known_parameters(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if has_nul(req.path()) {
        let mut found = Violations::new();
        found.add("", "invalid", "the path must not contain U+0000");
        return Ok(refuse(req, found));
    }
    let operation = operation_of(&req);
    let unknown = operation.map(|it| it.unknown_in(req.query_string()));
    let Some((operation, unknown)) = operation.zip(unknown.filter(|all| !all.is_empty())) else {
        let response = next.call(req).await?;
        return Ok(response.map_into_boxed_body());
    };
    if !operation.secured {
        return Ok(refuse(req, unknown));
    }
    if !req.method().is_safe() && is_permitted(&req).await {
        return Ok(refuse(req, unknown));
    }
    let response = next.call(req).await?.map_into_boxed_body();
    Ok(judge(response, unknown))
}

fn has_nul(path: &str) -> bool {
    path.starts_with("/v1/") && (path.contains('\0') || path.contains("%00"))
}

/// True if the caller has a valid token, and is an operator where only operators have access.
async fn is_permitted(req: &ServiceRequest) -> bool {
    let operators_only = req.path().starts_with("/v1/admin/");
    let caller = authenticate_request(req.request()).await.ok().flatten();
    caller.is_some_and(|caller| caller.actor.admin || !operators_only)
}

fn refuse(req: ServiceRequest, found: Violations) -> ServiceResponse<BoxBody> {
    req.into_response(Problem::unprocessable(found).error_response())
}

/// The response to a read with unknown parameters: 422 in place of a success or together with the violations of other
/// parameters, otherwise the response as it is.
fn judge(response: ServiceResponse<BoxBody>, unknown: Violations) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let known = response.response().extensions().get::<Problem>().cloned();
    let problem = match known {
        Some(problem) if status == StatusCode::UNPROCESSABLE_ENTITY => {
            problem.with_more_violations(unknown)
        }
        None if status.is_success() || status == StatusCode::NOT_MODIFIED => {
            Problem::unprocessable(unknown)
        }
        Some(_) | None => return response,
    };
    response.into_response(problem.error_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(method: &str, path: &str) -> &'static Operation {
        let key = (method.to_owned(), path.to_owned());
        OPERATIONS.get(&key).expect("an operation")
    }

    #[test]
    fn the_operations_come_from_the_document() {
        let search = operation("GET", "/v1/properties");
        assert!(!search.secured && search.parameters.contains("check_in"));
        let bookings = operation("GET", "/v1/bookings");
        assert!(bookings.secured && bookings.parameters.contains("limit"));
        assert!(operation("GET", "/v1/properties/{}").parameters.is_empty());
    }

    #[test]
    fn each_unknown_parameter_is_named_once() {
        let search = operation("GET", "/v1/properties");
        let query = "checkin=1&city=x&checkin=2&check%5Fout=y&%00=1&Limit=3";
        let found = search.unknown_in(query);
        let pointers: Vec<_> = found.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(pointers, ["/\0", "/Limit", "/checkin"]);
    }
}
