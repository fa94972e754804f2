//! JSON bodies.

use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use sojourn_domain::shared::Violations;
use tokio::time::timeout;

use super::bounds;
use super::decode::{decode_all, whole_numbers};
use super::merged_violations::merge_violations;
use super::nul;
use super::null::refuse_nulls;
use super::unique_keys::UniqueKeys;
use crate::problem::Problem;
use crate::route::Route;

/// A JSON body, received but not yet judged: its problem is reported only once the caller is known to
/// have the permission of the operation. The problem is 400 if it is not JSON, names a key twice or is
/// nested too deeply, 408 if it arrives too slowly, 413 if it is too long, 415 if it has another type or
/// is compressed, and 422 with every field that is missing, unknown or of a wrong type, and every text
/// with U+0000.
#[derive(Debug, Clone)]
pub struct Body<T>(Result<Received<T>, Problem>);

/// A JSON body that may be absent or `null`; otherwise it is read like a [`Body`].
#[derive(Debug, Clone)]
pub struct MaybeBody<T>(pub Body<Option<T>>);

/// A value that was received, with the violations of what could not be read.
#[derive(Debug, Clone)]
struct Received<T> {
    /// The value, with placeholders for what could not be read.
    value: Option<T>,
    /// Violations of the body.
    unread: Violations,
    /// Violations of query parameters.
    unknown: Violations,
}

impl<T> Received<T> {
    fn whole(value: T) -> Self {
        Self {
            value: Some(value),
            unread: Violations::new(),
            unknown: Violations::new(),
        }
    }

    /// The command in the value, or all violations of both its form and its meaning.
    fn check<C>(self, parse: impl FnOnce(T) -> Result<C, Violations>) -> Result<C, Problem> {
        let Self {
            value,
            unread,
            unknown,
        } = self;
        let checked = match value.map(parse) {
            None => Err(unread),
            Some(Ok(command)) => unread.into_result(command),
            Some(Err(wrong)) => Err(merge_violations(unread, wrong)),
        };
        match checked {
            Ok(command) => unknown.into_result(command).map_err(Problem::unprocessable),
            Err(found) => Err(Problem::unprocessable(found).with_more_violations(unknown)),
        }
    }
}

impl<T> Body<T> {
    /// The body of an operation that requires no permission, or none but authentication.
    ///
    /// # Errors
    /// The problem of the body.
    pub fn judge(self) -> Result<T, Problem> {
        self.parse(Ok)
    }

    /// The command in the body of an operation that requires no permission, or none but authentication.
    ///
    /// # Errors
    /// The problem of the body, with all violations of its form and its meaning.
    pub fn parse<C>(self, parse: impl FnOnce(T) -> Result<C, Violations>) -> Result<C, Problem> {
        self.0?.check(parse)
    }

    /// The body, for a caller with this permission. The permission of a caller with a sound body is left
    /// to the use case, so that it is not checked twice.
    ///
    /// # Errors
    /// The missing permission, otherwise the problem of the body.
    pub async fn judge_after<E>(
        self,
        permission: impl Future<Output = Result<(), E>>,
    ) -> Result<T, Problem>
    where
        Problem: From<E>,
    {
        self.parse_after(permission, Ok).await
    }

    /// The command in the body, as [`Self::judge_after`] for both its form and its meaning.
    ///
    /// # Errors
    /// The missing permission, otherwise the problem of the body or of the command.
    pub async fn parse_after<E, C>(
        self,
        permission: impl Future<Output = Result<(), E>>,
        parse: impl FnOnce(T) -> Result<C, Violations>,
    ) -> Result<C, Problem>
    where
        Problem: From<E>,
    {
        match self.parse(parse) {
            Ok(command) => Ok(command),
            Err(problem) => {
                permission.await?;
                Err(problem)
            }
        }
    }
}

/// Time limit for receiving a body.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// Reads a body within the limits of length and time; the length is that of the operation.
pub(crate) async fn read(req: &HttpRequest, payload: &mut Payload) -> Result<Bytes, Problem> {
    read_within(payload, Route::of(req).body_limit(), BODY_TIMEOUT).await
}

async fn read_within(payload: &mut Payload, max: usize, limit: Duration) -> Result<Bytes, Problem> {
    let late = |_| {
        let detail = format!(
            "The request body did not arrive within {} seconds.",
            limit.as_secs()
        );
        Problem::new(StatusCode::REQUEST_TIMEOUT, "request_timeout", detail)
    };
    timeout(limit, read_all(payload, max)).await.map_err(late)?
}

async fn read_all(payload: &mut Payload, max: usize) -> Result<Bytes, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(unreadable)?;
        if bytes.len() + chunk.len() > max {
            let detail = format!("The request body exceeds the limit of {max} bytes.");
            return Err(Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "body_too_large",
                detail,
            ));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.into())
}

fn unreadable(error: PayloadError) -> Problem {
    match error {
        PayloadError::Overflow => Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE),
        error => Problem::bad_request("malformed_body", "The request body could not be read.")
            .caused_by(&error),
    }
}

fn is_json(req: &HttpRequest) -> bool {
    let kind = req.content_type().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn is_encoded(req: &HttpRequest) -> bool {
    let mut encodings = req.headers().get_all(CONTENT_ENCODING);
    encodings.any(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

fn parse<T: DeserializeOwned>(req: &HttpRequest, bytes: &[u8]) -> Result<Received<T>, Problem> {
    if !is_json(req) {
        let detail = "The request body must be JSON. Set Content-Type to application/json.";
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            detail,
        ));
    }
    if is_encoded(req) {
        let detail = "The request body must not be compressed. Send it without Content-Encoding.";
        let problem = Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_content_encoding",
            detail,
        );
        return Err(problem.with_header(ACCEPT_ENCODING, HeaderValue::from_static("identity")));
    }
    let UniqueKeys(mut value) = serde_json::from_slice(bytes).map_err(|error| {
        Problem::bad_request(
            "malformed_json",
            format!("The request body is not valid JSON: {error}."),
        )
    })?;
    let mut unfit = Violations::new();
    bounds::enforce(&mut unfit, &mut value);
    if Route::of(req).operation().is_some_and(|it| !it.takes_patch) {
        refuse_nulls(&mut unfit, &mut value);
    }
    whole_numbers(&mut value);
    nul::check_value(&mut unfit, &value);
    let (value, found) = decode_all(value);
    Ok(Received {
        value,
        unread: merge_violations(unfit, found),
        unknown: Violations::new(),
    })
}

/// Query parameters of a change that its operation does not have. They are refused together with the body, once the
/// caller is known to have the permission.
#[derive(Debug, Clone)]
pub(crate) struct UnknownParameters(pub(crate) Violations);

/// The body, together with unknown parameters.
fn with_parameters<T>(
    req: &HttpRequest,
    body: Result<Received<T>, Problem>,
) -> Result<Received<T>, Problem> {
    let unknown = req.extensions().get::<UnknownParameters>().cloned();
    let mut body = body?;
    if let Some(UnknownParameters(unknown)) = unknown {
        body.unknown = unknown;
    }
    Ok(body)
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Infallible;
    type Future = LocalBoxFuture<'static, Result<Self, Infallible>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let bytes = read(&req, &mut payload).await;
            let body = bytes.and_then(|bytes| parse(&req, &bytes));
            Ok(Self(with_parameters(&req, body)))
        })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for MaybeBody<T> {
    type Error = Infallible;
    type Future = LocalBoxFuture<'static, Result<Self, Infallible>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let bytes = read(&req, &mut payload).await;
            let body = bytes.and_then(|bytes| {
                if bytes.is_empty() {
                    Ok(Received::whole(None))
                } else {
                    parse(&req, &bytes)
                }
            });
            Ok(Self(Body(with_parameters(&req, body))))
        })
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use futures_util::stream::{once, pending};
    use serde_json::Value;

    use super::*;

    const A_MOMENT: Duration = Duration::from_millis(30);

    fn code<T>(answer: Result<T, Problem>) -> (u16, String) {
        let Err(problem) = answer else {
            panic!("expected a problem")
        };
        (problem.status().as_u16(), problem.body().code.clone())
    }

    #[tokio::test]
    async fn a_body_that_never_ends_is_given_up() {
        let first = once(async { Ok::<_, PayloadError>(Bytes::from_static(b"{")) });
        let mut endless: Payload = Payload::Stream {
            payload: Box::pin(first.chain(pending())),
        };
        let answer = read_within(&mut endless, 100, A_MOMENT).await;
        assert_eq!(code(answer), (408, "request_timeout".to_owned()));
        let mut whole = Payload::from(Bytes::from_static(b"{}"));
        assert_eq!(read_within(&mut whole, 100, A_MOMENT).await.unwrap(), "{}");
    }

    #[test]
    fn deeply_nested_json_is_refused() {
        let json = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let req = TestRequest::post()
            .insert_header(("content-type", "application/json"))
            .to_http_request();
        assert!(parse::<Value>(&req, json(60).as_bytes()).is_ok());
        for depth in [200, 100_000] {
            let answer = parse::<Value>(&req, json(depth).as_bytes());
            assert_eq!(code(answer), (400, "malformed_json".to_owned()));
        }
    }

    #[test]
    fn compressed_bodies_are_refused() {
        let req = |encoding| {
            let req = TestRequest::post().insert_header(("content-type", "application/json"));
            req.insert_header(("content-encoding", encoding))
                .to_http_request()
        };
        for encoding in ["gzip", "br", "x", "identity, gzip"] {
            let answer = parse::<Value>(&req(encoding), b"{}");
            assert_eq!(
                code(answer),
                (415, "unsupported_content_encoding".to_owned())
            );
        }
        assert!(parse::<Value>(&req("Identity"), b"{}").is_ok());
    }
}
