//! Rate limit of requests, checked before anything else.

use std::sync::LazyLock;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, ResponseError};
use sojourn_application::access::network;
use sojourn_application::access::rate_limits::REQUESTS;
use sojourn_application::ports::Allowance;

use super::access_log::skip_compression_of_short;
use super::problem_responses::{finish, problem_of};
use crate::extract::{address, claims};
use crate::problem::Problem;
use crate::route::Route;
use crate::state::AppState;

/// Header of the quota and its window (IETF draft on rate limit headers, version 10).
pub(super) const RATE_LIMIT_POLICY: &str = "ratelimit-policy";

/// Header of the remaining quota.
pub(super) const RATE_LIMIT: &str = "ratelimit";

/// Maximum length of path and query, in bytes.
const MAX_URL_LENGTH: usize = 8 * 1024;

static POLICY_VALUE: LazyLock<HeaderValue> = LazyLock::new(|| {
    value(format!(
        "\"{}\";q={};w={}",
        REQUESTS.name, REQUESTS.limit, REQUESTS.seconds
    ))
});

/// Middleware around the routes and the stored responses. All requests but those about the health of the server are
/// counted by the account of their token, or else by the client's network; every response states the remaining quota.
pub(crate) async fn rate_limits(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let left = count(&req).await;
    let used_up = left
        .filter(|left| !left.granted)
        .map(|left| Problem::too_many(left.retry_in));
    let answer = match used_up.or_else(|| too_long(&req)) {
        Some(problem) => Ok(finish(req.into_response(problem.error_response()))),
        None => next
            .call(req)
            .await
            .map(ServiceResponse::map_into_boxed_body),
    };
    match answer {
        Ok(mut response) => {
            skip_compression_of_short(&mut response);
            if let Some(left) = left {
                add_headers(response.headers_mut(), left);
            }
            Ok(response)
        }
        Err(error) => Err(left
            .map_or_else(|| problem_of(&error), |left| with_headers(&error, left))
            .into()),
    }
}

async fn count(req: &ServiceRequest) -> Option<Allowance> {
    let counts = Route::of(req.request()).is_rate_limited();
    let state = req.app_data::<Data<AppState>>().filter(|_| counts)?;
    let by_network = || network(address(req.request()));
    let key = claims(req.request()).map_or_else(by_network, |claims| claims.user_id.to_string());
    Some(state.ports.limits.consume(REQUESTS, &key).await)
}

fn too_long(req: &ServiceRequest) -> Option<Problem> {
    let asked = req
        .uri()
        .path_and_query()
        .map_or(0, |asked| asked.as_str().len());
    let detail = format!("Path and query must not exceed {MAX_URL_LENGTH} bytes.");
    (asked > MAX_URL_LENGTH).then(|| Problem::new(StatusCode::URI_TOO_LONG, "uri_too_long", detail))
}

fn headers(left: Allowance) -> [(HeaderName, HeaderValue); 2] {
    let now = value(format!(
        "\"{}\";r={};t={}",
        REQUESTS.name, left.remaining, left.resets_in
    ));
    [
        (
            HeaderName::from_static(RATE_LIMIT_POLICY),
            POLICY_VALUE.clone(),
        ),
        (HeaderName::from_static(RATE_LIMIT), now),
    ]
}

fn add_headers(headers_of_answer: &mut HeaderMap, left: Allowance) {
    for (name, value) in headers(left) {
        headers_of_answer.insert(name, value);
    }
}

fn with_headers(error: &Error, left: Allowance) -> Problem {
    let problem = problem_of(error);
    headers(left)
        .into_iter()
        .fold(problem, |problem, (name, value)| {
            problem.with_header(name, value)
        })
}

fn value(text: String) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}
