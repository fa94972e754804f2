//! `Idempotency-Key`: a repeated POST is executed once.

use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, ResponseError};
use sojourn_application::access::network;
use sojourn_application::access::rate_limits::KEPT_ANSWERS;
use sojourn_application::attempt;
use sojourn_application::ports::{Attempt, IdempotencyClaim};

use super::idempotency_key::{given_key, identify};
use super::kept_answers::{keep, release, replay};
use super::problem_responses::finish;
use crate::extract::{Authenticated, address, authenticate_request, read};
use crate::problem::Problem;
use crate::route::Route;
use crate::state::AppState;

/// A key's state for a request of a caller with or without a token.
struct Claimed {
    state: IdempotencyClaim,
    has_token: bool,
}

/// Middleware around the routes.
pub(crate) async fn idempotency(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let keyed = Route::of(req.request())
        .operation()
        .is_some_and(|it| it.keyed);
    let Some(given) = given_key(&req).filter(|_| keyed) else {
        return Ok(next.call(req).await?.map_into_boxed_body());
    };
    match claim(&mut req, given).await {
        Ok(Some(Claimed {
            state: IdempotencyClaim::Execute(attempt),
            has_token,
        })) => {
            let attempt = Arc::new(attempt);
            let work = execute(req, next, Arc::clone(&attempt), has_token);
            attempt::within(attempt, work).await
        }
        Ok(Some(known)) => Ok(respond_to_known(req, known.state)),
        Ok(None) => Ok(next.call(req).await?.map_into_boxed_body()),
        Err(problem) => Ok(finish(req.into_response(problem.error_response()))),
    }
}

/// Claims the key for the caller; `None` if the token is invalid, which the handler reports.
async fn claim(
    req: &mut ServiceRequest,
    given: Result<String, Problem>,
) -> Result<Option<Claimed>, Problem> {
    let given = given?;
    let state = state_of(req)?;
    let who = match authenticate_request(req.request()).await {
        Ok(who) => who,
        Err(problem) if problem.status() == StatusCode::UNAUTHORIZED => return Ok(None),
        Err(problem) => return Err(problem),
    };
    admit(req, who.as_ref(), &state).await?;
    let mut payload = req.take_payload();
    let body = read(req.request(), &mut payload).await?;
    let ports = &state.ports;
    let key = identify(req.request(), who.as_ref(), given, &body, &*ports.signer);
    req.set_payload(Payload::from(body));
    let claimed = state
        .idempotency
        .claim(key, ports.ids.uuid(), ports.clock.now());
    Ok(Some(Claimed {
        state: claimed.await?,
        has_token: who.is_some(),
    }))
}

/// Counts the answer that is to be kept; a problem if the caller has as many as one may have.
async fn admit(
    req: &ServiceRequest,
    who: Option<&Authenticated>,
    state: &AppState,
) -> Result<(), Problem> {
    let by_network = || network(address(req.request()));
    let caller = who.map_or_else(by_network, |who| who.actor.user_id.to_string());
    let left = state.ports.limits.consume(KEPT_ANSWERS, &caller).await;
    if left.granted {
        return Ok(());
    }
    Err(Problem::too_many(left.retry_in))
}

fn state_of(req: &ServiceRequest) -> Result<Data<AppState>, Problem> {
    let state = req.app_data::<Data<AppState>>().cloned();
    state.ok_or_else(Problem::internal)
}

/// Executes the request and keeps its response, unless its body holds a password: a repetition of it is answered from
/// its outcome.
async fn execute(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    attempt: Arc<Attempt>,
    has_token: bool,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let state = state_of(&req)?;
    let is_secret = Route::of(req.request())
        .operation()
        .is_some_and(|it| it.takes_password);
    match next.call(req).await {
        Ok(response) if is_secret => {
            release(&state, &attempt).await;
            Ok(response.map_into_boxed_body())
        }
        Ok(response) => keep(&state, &attempt, response.map_into_boxed_body(), has_token).await,
        Err(error) => {
            release(&state, &attempt).await;
            Err(error)
        }
    }
}

fn respond_to_known(req: ServiceRequest, known: IdempotencyClaim) -> ServiceResponse<BoxBody> {
    let problem = match known {
        IdempotencyClaim::Answered(stored) => return req.into_response(replay(stored)),
        IdempotencyClaim::InProgress | IdempotencyClaim::Execute(_) => Problem::conflict(
            "idempotency_in_progress",
            "The first request with this Idempotency-Key is still in progress. Retry later.",
        ),
        IdempotencyClaim::Reused => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency_key_reused",
            "This Idempotency-Key was used for another request. Use a new key.",
        ),
    };
    finish(req.into_response(problem.error_response()))
}
