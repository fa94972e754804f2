//! Converts errors and panics to problems that name their request.

use std::panic::AssertUnwindSafe;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, ResponseError};
use futures_util::FutureExt;

use super::RequestId;
use super::audit_denials::audit_denial;
use crate::problem::{PROBLEM_JSON, Problem};
use crate::route::Route;

/// Headers that describe the body; they are dropped when it is replaced.
const BODY_HEADERS: [HeaderName; 3] = [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING];

/// Middleware around the routes, inside that of idempotency, so that stored responses are final.
pub(crate) async fn problem_responses(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let answer = AssertUnwindSafe(async move { next.call(req).await })
        .catch_unwind()
        .await;
    match answer {
        Ok(Ok(response)) => {
            let response = finish(response.map_into_boxed_body());
            audit_denial(&response).await;
            Ok(response)
        }
        Ok(Err(error)) => Err(error),
        Err(panic) => {
            let message = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
            let message = message
                .or_else(|| panic.downcast_ref::<String>().cloned())
                .unwrap_or_default();
            Err(Problem::internal()
                .caused_by(&format!("panic: {message}"))
                .into())
        }
    }
}

/// The problem of an error without a response.
pub(super) fn problem_of(error: &Error) -> Problem {
    let unknown = || Problem::of_status(error.as_response_error().status_code()).caused_by(error);
    error.as_error::<Problem>().cloned().unwrap_or_else(unknown)
}

/// The final form of a response: errors become problems that name their request.
pub(crate) fn finish(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let known = response.response().extensions().get::<Problem>().cloned();
    let is_problem = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind == PROBLEM_JSON);
    let route = Route::of(response.request());
    let is_foreign = matches!(route, Route::Interface | Route::MailedLink);
    if known.is_none() && (is_problem || is_foreign) {
        return response;
    }
    let path = response.request().path().to_owned();
    let id = response.request().extensions().get::<RequestId>().cloned();
    if known
        .as_ref()
        .is_some_and(|problem| problem.body().request_id.is_some())
    {
        return response;
    }
    let problem = known.unwrap_or_else(|| Problem::of_status(status));
    let reads = response.request().method().is_safe();
    let problem = if reads {
        problem.about_query()
    } else {
        problem
    };
    let problem = problem.about(&path, id.as_ref().map_or("", |id| &id.0));
    let (req, old) = response.into_parts();
    let mut rendered = problem.error_response();
    for (name, value) in old.headers() {
        if !BODY_HEADERS.contains(name) && !rendered.headers().contains_key(name) {
            rendered.headers_mut().append(name.clone(), value.clone());
        }
    }
    debug_assert!(status.as_u16() != 405 || rendered.headers().contains_key(ALLOW));
    ServiceResponse::new(req, rendered)
}
