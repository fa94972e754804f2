//! JSON bodies.

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::decode::{decode, whole_numbers};
use crate::problem::Problem;

/// How long a body may be, in bytes.
pub(crate) const BODY_LIMIT: usize = 1024 * 1024;

/// A JSON body. 400 when it is no JSON, 413 when too long, 415 when of another type, and 422 with every field
/// that is missing, unknown or of a wrong type.
#[derive(Debug, Clone)]
pub struct Body<T>(pub T);

/// A JSON body that may be left out, or be `null`. What is there is read like any [`Body`].
#[derive(Debug, Clone)]
pub struct MaybeBody<T>(pub Option<T>);

/// Reads a body to its end, up to the limit.
pub(crate) async fn read(payload: &mut Payload) -> Result<Bytes, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(unreadable)?;
        if bytes.len() + chunk.len() > BODY_LIMIT {
            return Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.into())
}

fn unreadable(error: PayloadError) -> Problem {
    match error {
        PayloadError::Overflow => Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE),
        error => Problem::bad_request("malformed_body", "The body cannot be read.").caused_by(&error),
    }
}

fn is_json(req: &HttpRequest) -> bool {
    let kind = req.content_type().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn parse<T: DeserializeOwned>(req: &HttpRequest, bytes: &[u8]) -> Result<T, Problem> {
    if !is_json(req) {
        let detail = "The body must be application/json.";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail));
    }
    let mut value: Value = serde_json::from_slice(bytes)
        .map_err(|error| Problem::bad_request("malformed_json", format!("The body is no JSON: {error}.")))?;
    whole_numbers(&mut value);
    decode(value).map_err(Problem::unprocessable)
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move { parse(&req, &read(&mut payload).await?).map(Self) })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for MaybeBody<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let bytes = read(&mut payload).await?;
            if bytes.is_empty() { Ok(Self(None)) } else { parse(&req, &bytes).map(Self) }
        })
    }
}
