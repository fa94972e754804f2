//! Query parameters that an operation does not have are refused.

use std::collections::BTreeSet;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError};
use sojourn_domain::shared::Violations;

use crate::extract::authenticate_request;
use crate::problem::Problem;
use crate::route::{MatchedOperation, Route};

/// A violation for each parameter of a query that the operation does not have.
fn unknown_in(operation: &MatchedOperation, query: &str) -> Violations {
    let mut found = Violations::new();
    let names: BTreeSet<_> = form_urlencoded::parse(query.as_bytes())
        .map(|(name, _)| name.into_owned())
        .collect();
    for name in names.difference(&operation.parameters) {
        let detail = "this operation has no such query parameter";
        found.add(format!("/{name}"), "unknown_parameter", detail);
    }
    found
}

/// Middleware around the routes: a query parameter that the operation does not have is 422.
/// A caller without a token, or without the right to the operation, is told so instead: reads that require a token are
/// judged after they were handled, changes once the token is verified.
pub(crate) async fn known_parameters(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let query = req.query_string();
    let operation = Route::of(req.request())
        .operation()
        .filter(|it| it.strict_query && !query.is_empty());
    let unknown = operation.map(|it| unknown_in(it, query));
    let Some((operation, unknown)) = operation.zip(unknown.filter(|all| !all.is_empty())) else {
        let response = next.call(req).await?;
        return Ok(response.map_into_boxed_body());
    };
    if !operation.secured {
        return Ok(refuse(req, unknown));
    }
    if !req.method().is_safe() && is_permitted(&req, operation).await {
        return Ok(refuse(req, unknown));
    }
    let response = next.call(req).await?.map_into_boxed_body();
    Ok(judge(response, unknown))
}

/// True if the caller has a valid token, and is an operator where only operators have access.
async fn is_permitted(req: &ServiceRequest, operation: &MatchedOperation) -> bool {
    let caller = authenticate_request(req.request()).await.ok().flatten();
    caller.is_some_and(|caller| caller.actor.admin || !operation.operators_only)
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

    #[test]
    fn each_unknown_parameter_is_named_once() {
        let search = MatchedOperation::with_parameters(&["city", "check_in"]);
        let query = "checkin=1&city=x&checkin=2&check%5Fin=y&%00=1&Limit=3";
        let found = unknown_in(&search, query);
        let pointers: Vec<_> = found.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(pointers, ["/\0", "/Limit", "/checkin"]);
    }
}
