//! Responses kept for repeated requests.

use actix_web::body::{BoxBody, to_bytes};
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ETAG, HeaderMap, HeaderName, LOCATION};
use actix_web::{Error, HttpResponse, HttpResponseBuilder};
use sojourn_application::ports::{Attempt, StoredResponse};

use crate::problem::Problem;
use crate::state::AppState;

/// Header of replayed responses.
pub(super) const REPLAYED: &str = "idempotency-replayed";

const KEPT_HEADERS: [HeaderName; 3] = [CONTENT_TYPE, LOCATION, ETAG];

/// The longest body that is kept, in bytes. A repeated request whose response is longer gets it from its outcome.
const MAX_BODY: usize = 64 * 1024;

/// The longest body of a refusal that is kept, in bytes. A longer one lists many faults of the request, which has the
/// same ones when it is repeated.
const MAX_REFUSAL: usize = 4 * 1024;

/// Keeps a response for repetitions of its request, or ends the attempt if it is not to be kept.
pub(super) async fn keep(
    state: &AppState,
    attempt: &Attempt,
    response: ServiceResponse<BoxBody>,
    has_token: bool,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let status = response.status();
    let (req, response) = response.into_parts();
    let (response, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body).await else {
        release(state, attempt).await;
        return Err(Problem::internal().into());
    };
    if is_kept(status, bytes.len(), has_token) {
        let stored = StoredResponse {
            status: status.as_u16(),
            headers: kept_headers(response.headers()),
            body: bytes.to_vec(),
        };
        if let Err(error) = state.idempotency.answer(attempt, stored).await {
            tracing::error!(%error, "could not store the response for its idempotency key");
        }
    } else {
        release(state, attempt).await;
    }
    Ok(ServiceResponse::new(
        req,
        response.set_body(BoxBody::new(bytes)),
    ))
}

/// False for long responses, for those after which the client is to repeat the request (401, 429, 5xx), and for
/// refusals of callers without a token, who could fill the database with them.
fn is_kept(status: StatusCode, length: usize, has_token: bool) -> bool {
    let longest = if status.is_client_error() {
        MAX_REFUSAL
    } else {
        MAX_BODY
    };
    let again = status.is_server_error() || matches!(status.as_u16(), 401 | 429);
    !again && (has_token || !status.is_client_error()) && length <= longest
}

fn kept_headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let kept = KEPT_HEADERS.iter().filter_map(|name| {
        let value = headers.get(name)?.to_str().ok()?;
        Some((name.as_str().to_owned(), value.to_owned()))
    });
    kept.collect()
}

/// Ends the attempt without a kept response.
pub(super) async fn release(state: &AppState, attempt: &Attempt) {
    if let Err(error) = state.idempotency.release(attempt).await {
        tracing::error!(%error, "could not release an idempotency key");
    }
}

/// The kept response.
pub(super) fn replay(stored: StoredResponse) -> HttpResponse {
    let status = StatusCode::from_u16(stored.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut builder: HttpResponseBuilder = HttpResponse::build(status);
    for (name, value) in stored.headers {
        builder.insert_header((name, value));
    }
    builder.insert_header((REPLAYED, "true")).body(stored.body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_of_callers_without_a_token_are_not_kept() {
        let kept = |status| {
            let status = StatusCode::from_u16(status).unwrap();
            (is_kept(status, 100, true), is_kept(status, 100, false))
        };
        for status in [200, 201, 204] {
            assert_eq!(kept(status), (true, true), "{status}");
        }
        for status in [402, 403, 404, 409, 422] {
            assert_eq!(kept(status), (true, false), "{status}");
        }
        for status in [401, 429, 500, 503] {
            assert_eq!(kept(status), (false, false), "{status}");
        }
    }

    #[test]
    fn long_responses_are_not_kept() {
        let kept = |status, length| is_kept(status, length, true);
        let made = StatusCode::CREATED;
        assert_eq!((kept(made, 65_536), kept(made, 65_537)), (true, false));
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        assert_eq!((kept(refused, 4_096), kept(refused, 4_097)), (true, false));
    }
}
