//! `Idempotency-Key`: a repeated mutation is executed once.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::attempt;
use sojourn_application::ports::{Attempt, IdempotencyClaim, IdempotencyKey, StoredResponse};
use sojourn_application::{Failure, FailureKind};

use super::answer::Answer;
use super::execute::{Executed, Prepared};
use super::media::Media;
use crate::context::{ApiError, ApiResult, Call};
use crate::mutations::{is_keyless, takes_password};
use crate::state::{PATH, State};

const KEY: &str = "idempotency-key";

/// Header of replayed responses.
const REPLAYED: &str = "idempotency-replayed";

/// Purpose of the digests of requests.
const FINGERPRINT: &str = "request";

/// The longest body that is kept, in bytes.
const MAX_KEPT: usize = 64 * 1024;

/// The key of a request, if it has one; empty if it is not text.
pub(super) fn given_key(req: &HttpRequest) -> Option<String> {
    let value = req.headers().get(KEY)?;
    Some(value.to_str().unwrap_or_default().to_owned())
}

/// Executes a mutation with a key, or repeats its response.
///
/// # Errors
/// The failure of the whole request: its key is invalid, in use or used.
pub(super) async fn run_once(
    state: &State,
    req: &HttpRequest,
    body: &[u8],
    key: String,
    call: Call,
    prepared: Prepared,
    media: Media,
) -> ApiResult<HttpResponse> {
    let request_id = (state.interface.request_id)(req);
    let fields = &prepared.operation.fields;
    if fields.iter().all(|name| is_keyless(name)) {
        let executed = prepared.execute(state, call, &request_id, media).await;
        return Ok(executed.answer.into_http(media));
    }
    check(&key, fields.len())?;
    let is_secret = fields.iter().any(|name| takes_password(name));
    let ports = call.ports.clone();
    let key = identify(&call, media, key, body);
    let store = &state.interface.idempotency;
    let claimed = store.claim(key, ports.ids.uuid(), ports.clock.now());
    let attempt = match claimed.await? {
        IdempotencyClaim::Execute(attempt) => Arc::new(attempt),
        known => return replay(known),
    };
    let work = prepared.execute(state, call, &request_id, media);
    let Executed {
        answer, is_final, ..
    } = attempt::within(Arc::clone(&attempt), work).await;
    if is_final && !is_secret && answer.body.len() <= MAX_KEPT {
        keep(state, &attempt, &answer, media).await;
    } else if let Err(error) = store.release(&attempt).await {
        tracing::error!(%error, "could not release an idempotency key");
    }
    Ok(answer.into_http(media))
}

fn check(key: &str, mutations: usize) -> ApiResult<()> {
    let visible = key.bytes().all(|byte| (0x21..=0x7e).contains(&byte));
    let detail = if !visible || !(1..=255).contains(&key.len()) {
        "Idempotency-Key must have 1 to 255 visible ASCII characters."
    } else if mutations != 1 {
        "A request with an Idempotency-Key must have one mutation."
    } else {
        return Ok(());
    };
    let code = "idempotency_key_invalid";
    Err(ApiError::new(Failure::new(
        FailureKind::Invalid,
        code,
        detail,
    )))
}

/// The key with its scope, the caller or the network, and the fingerprint of the request.
fn identify(call: &Call, media: Media, key: String, body: &[u8]) -> IdempotencyKey {
    let scope = match call.maybe_actor() {
        Some(actor) => actor.user_id.to_string(),
        None => format!("POST {PATH} {}", call.client.network()),
    };
    let head = format!("POST\n{PATH}\n{}\n", media.content_type());
    let request = [head.as_bytes(), body].concat();
    IdempotencyKey {
        scope,
        key,
        fingerprints: call.ports.signer.digests(FINGERPRINT, &request),
    }
}

fn replay(known: IdempotencyClaim) -> ApiResult<HttpResponse> {
    match known {
        IdempotencyClaim::Answered(stored) => {
            let status = StatusCode::from_u16(stored.status).unwrap_or(StatusCode::OK);
            let mut response = HttpResponse::build(status);
            for header in stored.headers {
                response.insert_header(header);
            }
            response.insert_header((REPLAYED, "true"));
            Ok(response.body(stored.body))
        }
        IdempotencyClaim::InProgress | IdempotencyClaim::Execute(_) => {
            Err(ApiError::new(Failure::conflict(
                "idempotency_in_progress",
                "The first request with this Idempotency-Key is still in progress. Retry later.",
            )))
        }
        IdempotencyClaim::Reused => Err(ApiError::new(Failure::unprocessable(
            "idempotency_key_reused",
            "This Idempotency-Key was used for another request. Use a new key.",
        ))),
    }
}

async fn keep(state: &State, attempt: &Attempt, answer: &Answer, media: Media) {
    let stored = StoredResponse {
        status: answer.status.as_u16(),
        headers: vec![(CONTENT_TYPE.to_string(), media.content_type().to_owned())],
        body: answer.body.to_vec(),
    };
    let store = &state.interface.idempotency;
    if let Err(error) = store.answer(attempt, stored).await {
        tracing::error!(%error, "could not store the response for its idempotency key");
    }
}
