//! Query parameters that an operation does not have are refused.

use std::collections::BTreeSet;
use std::str::FromStr;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, FromRequest as _, HttpMessage as _, HttpRequest, ResponseError};
use sojourn_application::{booking, property, review, session, wishlist};
use sojourn_domain::booking::BookingCommand;
use sojourn_domain::shared::{SessionId, Violations};

use crate::extract::{Authenticated, UnknownParameters};
use crate::problem::Problem;
use crate::route::{MatchedOperation, Route};
use crate::state::AppState;

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
/// judged after they were handled, changes with their body, and commands without one once the right was checked.
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
    if req.method().is_safe() {
        let response = next.call(req).await?.map_into_boxed_body();
        return Ok(judge(response, unknown));
    }
    if operation.takes_body {
        req.extensions_mut().insert(UnknownParameters(unknown));
        let response = next.call(req).await?;
        return Ok(response.map_into_boxed_body());
    }
    let denied = permit_command(req.request(), &operation.id).await.err();
    let problem = denied.unwrap_or_else(|| Problem::unprocessable(unknown));
    Ok(req.into_response(problem.error_response()))
}

/// Permission of the caller to give a command that has no body.
async fn permit_command(req: &HttpRequest, operation: &str) -> Result<(), Problem> {
    let state = req
        .app_data::<Data<AppState>>()
        .cloned()
        .ok_or_else(Problem::internal)?;
    let Authenticated { actor, .. } = Authenticated::extract(req).await?;
    let ports = &state.ports;
    if let Some(command) = booking_command(operation) {
        return Ok(booking::permit(ports, &actor, id_in(req, 3)?, command).await?);
    }
    match operation {
        "publish_property" | "unpublish_property" | "delete_property" => {
            property::permit_change(ports, &actor, id_in(req, 3)?).await?;
        }
        "delete_review" => review::permit_deletion(ports, &actor, id_in(req, 3)?).await?,
        "delete_wishlist" | "delete_wishlist_item" | "share_wishlist" | "stop_sharing_wishlist" => {
            wishlist::permit_change(ports, &actor, id_in(req, 3)?).await?;
        }
        "revoke_session" => {
            let id: SessionId = id_in(req, 4)?;
            let own = session::list(ports, &actor).await?;
            if !own.iter().any(|session| session.id == id) {
                return Err(Problem::not_found());
            }
        }
        // Every account may log out.
        _ => {}
    }
    Ok(())
}

/// The command of an operation on a booking that has no body.
fn booking_command(operation: &str) -> Option<BookingCommand> {
    Some(match operation {
        "accept_booking" => BookingCommand::Accept,
        "decline_alteration" => BookingCommand::DeclineAlteration,
        "withdraw_alteration" => BookingCommand::WithdrawAlteration,
        "check_in" => BookingCommand::CheckIn,
        "check_out" => BookingCommand::CheckOut,
        "mark_no_show" => BookingCommand::MarkNoShow,
        _ => return None,
    })
}

/// The id in a part of the path; that of `v1` is 1.
fn id_in<T: FromStr>(req: &HttpRequest, part: usize) -> Result<T, Problem> {
    let id = req.path().split('/').nth(part).unwrap_or_default();
    id.parse().map_err(|_| Problem::not_found())
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
