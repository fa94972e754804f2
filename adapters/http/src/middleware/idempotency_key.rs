//! The identity of a request with an `Idempotency-Key`.

use actix_web::HttpRequest;
use actix_web::dev::ServiceRequest;
use actix_web::http::StatusCode;
use sojourn_application::access::network;
use sojourn_application::ports::{IdempotencyKey, Signer};

use crate::extract::{Authenticated, address};
use crate::problem::Problem;

const KEY: &str = "idempotency-key";

/// Purpose of the digests of requests.
const FINGERPRINT: &str = "request";

/// The key of a request, if it has one.
pub(super) fn given_key(req: &ServiceRequest) -> Option<Result<String, Problem>> {
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

/// The key with its scope and the fingerprint of the request. Without a secret of the server, a fingerprint cannot be
/// compared with guesses of the body, which may contain a password.
pub(super) fn identify(
    req: &HttpRequest,
    who: Option<&Authenticated>,
    key: String,
    body: &[u8],
    signer: &dyn Signer,
) -> IdempotencyKey {
    let head = format!("{}\n{}\n", req.method(), req.uri());
    let request = [head.as_bytes(), body].concat();
    IdempotencyKey {
        scope: scope(req, who),
        key,
        fingerprints: signer.digests(FINGERPRINT, &request),
    }
}

/// The user's id. Requests without a token share a scope only within a network, so that a stranger who knows or guesses
/// a key gets no response to it.
fn scope(req: &HttpRequest, who: Option<&Authenticated>) -> String {
    who.map_or_else(
        || {
            let network = network(address(req));
            format!("{} {} {network}", req.method(), req.path())
        },
        |who| who.actor.user_id.to_string(),
    )
}
