//! `Idempotency-Key`: a repeated POST is executed once.

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ETAG, HeaderName, HeaderValue, LOCATION};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{
    Error, HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError,
};
use sha2::{Digest, Sha256};
use sojourn_application::ports::{IdempotencyClaim, IdempotencyKey, StoredResponse};

use super::problem_responses::finish;
use crate::extract::{Authenticated, authenticate_request, read};
use crate::problem::Problem;
use crate::server::AppState;

/// Header of replayed responses.
pub(super) const REPLAYED: &str = "idempotency-replayed";
const KEY: &str = "idempotency-key";
const STORED_HEADERS: [HeaderName; 3] = [CONTENT_TYPE, LOCATION, ETAG];

/// True if a request may carry a key: every POST except those of `/v1/auth`, whose responses contain
/// secrets and are never stored.
pub(crate) fn accepts_idempotency_key(method: &str, path: &str) -> bool {
    method == "POST" && !path.starts_with("/v1/auth/")
}

/// Middleware around the routes.
pub(crate) async fn idempotency(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let applies = accepts_idempotency_key(req.method().as_str(), req.path());
    Ok(match given_key(&req) {
        Some(given) if applies => match claim(&mut req, given).await {
            Ok(Some((key, IdempotencyClaim::Fresh))) => execute_first(req, next, key).await?,
            Ok(Some((_, claimed))) => respond_to_known(req, claimed),
            Ok(None) => next.call(req).await?.map_into_boxed_body(),
            Err(problem) => finish(req.into_response(problem.error_response())),
        },
        Some(_) | None => next.call(req).await?.map_into_boxed_body(),
    })
}

fn given_key(req: &ServiceRequest) -> Option<Result<String, Problem>> {
    let value = req.headers().get(KEY)?;
    let text = value.to_str().unwrap_or("");
    let valid =
        (1..=255).contains(&text.len()) && text.bytes().all(|byte| (0x21..=0x7e).contains(&byte));
    Some(if valid {
        Ok(text.to_owned())
    } else {
        let detail = "Idempotency-Key must have 1 to 255 visible ASCII characters.";
        Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency_key_invalid",
            detail,
        ))
    })
}

/// Claims the key for the caller; `None` if the token is invalid, which the handler reports.
async fn claim(
    req: &mut ServiceRequest,
    given: Result<String, Problem>,
) -> Result<Option<(IdempotencyKey, IdempotencyClaim)>, Problem> {
    let given = given?;
    let state = req
        .app_data::<Data<AppState>>()
        .cloned()
        .ok_or_else(Problem::internal)?;
    let who = match authenticate_request(req.request()).await {
        Ok(who) => who,
        Err(problem) if problem.status() == StatusCode::UNAUTHORIZED => return Ok(None),
        Err(problem) => return Err(problem),
    };
    let body = read(&mut req.take_payload()).await?;
    let key = IdempotencyKey {
        scope: scope(req.request(), who),
        key: given,
        fingerprint: fingerprint(req, &body),
    };
    req.set_payload(Payload::from(body));
    let claimed = state
        .idempotency
        .claim(key.clone(), state.ports.clock.now())
        .await?;
    Ok(Some((key, claimed)))
}

fn scope(req: &HttpRequest, who: Option<Authenticated>) -> String {
    who.map_or_else(
        || format!("{} {}", req.method(), req.path()),
        |who| who.actor.user_id.to_string(),
    )
}

fn fingerprint(req: &ServiceRequest, body: &[u8]) -> String {
    let mut hasher = Sha256::new();
    for part in [
        req.method().as_str().as_bytes(),
        req.uri().to_string().as_bytes(),
    ] {
        hasher.update(part);
        hasher.update(b"\n");
    }
    hasher.update(body);
    hasher
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Executes the request, and stores its response unless the client is to repeat it (401, 429, 5xx).
async fn execute_first(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    key: IdempotencyKey,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let state = req
        .app_data::<Data<AppState>>()
        .cloned()
        .ok_or_else(Problem::internal)?;
    let response = match next.call(req).await {
        Ok(response) => response.map_into_boxed_body(),
        Err(error) => {
            release(&state, key).await;
            return Err(error);
        }
    };
    let status = response.status();
    let (req, response) = response.into_parts();
    let (response, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body).await else {
        release(&state, key).await;
        return Err(Problem::internal().into());
    };
    if status.is_server_error() || matches!(status.as_u16(), 401 | 429) {
        release(&state, key).await;
    } else {
        let kept = STORED_HEADERS.iter().filter_map(|name| {
            let value = response.headers().get(name)?.to_str().ok()?;
            Some((name.as_str().to_owned(), value.to_owned()))
        });
        let stored = StoredResponse {
            status: status.as_u16(),
            headers: kept.collect(),
            body: bytes.to_vec(),
        };
        if let Err(error) = state.idempotency.answer(key, stored).await {
            tracing::error!(%error, "could not store the response for its idempotency key");
        }
    }
    Ok(ServiceResponse::new(
        req,
        response.set_body(BoxBody::new(bytes)),
    ))
}

async fn release(state: &AppState, key: IdempotencyKey) {
    if let Err(error) = state.idempotency.release(key).await {
        tracing::error!(%error, "could not release an idempotency key");
    }
}

fn respond_to_known(req: ServiceRequest, claimed: IdempotencyClaim) -> ServiceResponse<BoxBody> {
    match claimed {
        IdempotencyClaim::Answered(stored) => req.into_response(replay(stored)),
        IdempotencyClaim::InProgress | IdempotencyClaim::Fresh => {
            let detail =
                "The first request with this Idempotency-Key is still in progress. Retry later.";
            finish(req.into_response(
                Problem::conflict("idempotency_in_progress", detail).error_response(),
            ))
        }
        IdempotencyClaim::Reused => {
            let detail = "This Idempotency-Key was used for another request. Use a new key.";
            let problem = Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency_key_reused",
                detail,
            );
            finish(req.into_response(problem.error_response()))
        }
    }
}

fn replay(stored: StoredResponse) -> HttpResponse {
    let status = StatusCode::from_u16(stored.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut builder: HttpResponseBuilder = HttpResponse::build(status);
    for (name, value) in stored.headers {
        builder.insert_header((name, value));
    }
    builder
        .insert_header((
            HeaderName::from_static(REPLAYED),
            HeaderValue::from_static("true"),
        ))
        .body(stored.body)
}
