//! Reading requests and sending responses.

use std::time::Duration;

use actix_web::http::header::{ALLOW, AUTHORIZATION, HeaderValue, LOCATION, VARY};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use async_graphql::parser::types::OperationType;
use futures_util::StreamExt;
use sojourn_application::access::{AuthenticateError, authenticate};
use sojourn_application::ports::AccessClaims;
use sojourn_application::{Failure, FailureKind, UseCaseError};
use tokio::time::timeout;

use super::answer::{Answer, with_failure_headers};
use super::event_stream::{Asked, as_event_stream, subscribe};
use super::execute::{Prepared, prepare};
use super::idempotency::{given_key, run_once};
use super::media::{Media, accepts_html, is_json};
use super::params::Params;
use super::response_cache::get_or_execute;
use crate::context::{ApiError, Call, Caller, token_missing};
use crate::ide::PAGE;
use crate::state::State;

/// Maximum length of a body, in bytes.
const MAX_BODY: usize = 256 * 1024;

/// Time limit for receiving a body.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// A request that is refused as a whole.
struct Refusal(StatusCode, Box<Failure>);

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        let status = StatusCode::from_u16(failure.kind.status());
        Self(
            status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            Box::new(failure),
        )
    }
}

fn refusal(status: StatusCode, code: &'static str, detail: &'static str) -> Refusal {
    Refusal(
        status,
        Box::new(Failure::new(FailureKind::Invalid, code, detail)),
    )
}

/// Serves every request to the path of the interface.
pub(crate) async fn serve(state: Data<State>, req: HttpRequest, payload: Payload) -> HttpResponse {
    if state.interface.introspection && asks_for_the_editor(&req) {
        let mut redirect = HttpResponse::TemporaryRedirect();
        redirect.insert_header((LOCATION, PAGE));
        return redirect.insert_header((VARY, "accept")).finish();
    }
    let Some(media) = Media::accepted(&req) else {
        let detail = "Accept must include application/graphql-response+json, application/json or text/event-stream.";
        let refused = refusal(StatusCode::NOT_ACCEPTABLE, "not_acceptable", detail);
        return refuse(&state, &req, Media::Json, &refused);
    };
    match handle(&state, &req, payload, media).await {
        Ok(response) => response,
        Err(refused) => refuse(&state, &req, media.of_one_result(), &refused),
    }
}

/// True for a browser that opens the path without a query.
fn asks_for_the_editor(req: &HttpRequest) -> bool {
    req.method() == Method::GET && req.query_string().is_empty() && accepts_html(req)
}

fn refuse(state: &State, req: &HttpRequest, media: Media, refused: &Refusal) -> HttpResponse {
    let Refusal(status, failure) = refused;
    if let Some(cause) = &failure.cause {
        tracing::error!(cause, "request failed");
    }
    let request_id = (state.interface.request_id)(req);
    let answer = Answer::refused(*status, failure, &request_id);
    let mut response = with_failure_headers(answer.into_http(media), failure);
    if *status == StatusCode::METHOD_NOT_ALLOWED {
        let methods = HeaderValue::from_static(if req.method() == Method::GET {
            "POST"
        } else {
            "GET, POST"
        });
        response.headers_mut().insert(ALLOW, methods);
    }
    response
}

async fn handle(
    state: &Data<State>,
    req: &HttpRequest,
    payload: Payload,
    media: Media,
) -> Result<HttpResponse, Refusal> {
    let body = read_body(req, payload).await?;
    let (query, params) = read_params(state, req, body.as_ref())?;
    let (call, claims) = call(state, req).await?;
    let request_id = (state.interface.request_id)(req);
    let prepared = match prepare(query, params, &request_id, media) {
        Ok(prepared) => prepared,
        Err(answer) => {
            state.note_refused();
            return Ok(answer.into_http(media.of_one_result()));
        }
    };
    if body.is_none() && prepared.operation.kind == OperationType::Mutation {
        let detail = "Only queries and subscriptions can be sent by GET. Send mutations by POST.";
        let status = StatusCode::METHOD_NOT_ALLOWED;
        return Err(refusal(status, "method_not_allowed", detail));
    }
    if prepared.is_subscription() {
        let claims = claims.filter(|_| media == Media::EventStream);
        let asked = Asked {
            call,
            claims: claims.ok_or_else(|| no_subscription(media))?,
            prepared,
            request_id,
        };
        let begun = subscribe(state.clone(), asked, req.headers()).await;
        return begun.map_err(|error| Refusal::from(*error.0));
    }
    let inner = media.of_one_result();
    let response = match (given_key(req), body) {
        (Some(key), Some(body)) if prepared.operation.kind == OperationType::Mutation => {
            run_once(state, req, &body, key, call, prepared, inner)
                .await
                .map_err(|error| Refusal::from(*error.0))?
        }
        _ => run(state, call, prepared, &request_id, inner).await,
    };
    Ok(if media == Media::EventStream {
        as_event_stream(response)
    } else {
        response
    })
}

/// The body of a POST; none for a GET.
async fn read_body(req: &HttpRequest, payload: Payload) -> Result<Option<Bytes>, Refusal> {
    match *req.method() {
        Method::GET => Ok(None),
        Method::POST if is_json(req) => Ok(Some(read(payload).await?)),
        Method::POST => {
            let detail = "The request body must be JSON. Set Content-Type to application/json.";
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            Err(refusal(status, "unsupported_media_type", detail))
        }
        _ => {
            let detail = "Send queries by GET or POST, and mutations by POST.";
            let status = StatusCode::METHOD_NOT_ALLOWED;
            Err(refusal(status, "method_not_allowed", detail))
        }
    }
}

/// The document of a request, sent with it or persisted, and its other parameters.
fn read_params(
    state: &State,
    req: &HttpRequest,
    body: Option<&Bytes>,
) -> Result<(String, Params), Refusal> {
    let params = match body {
        Some(body) => Params::of_body(body),
        None => Params::of_query(req.query_string()),
    };
    let bad_request = |error: ApiError| Refusal(StatusCode::BAD_REQUEST, error.0);
    let mut params = params.map_err(bad_request)?;
    let (query, extensions) = (params.query.take(), params.extensions.as_ref());
    match state.persisted.resolve(query, extensions) {
        Ok(query) => Ok((query, params)),
        Err(error) if error.0.code == "malformed_request" => Err(bad_request(error)),
        // Clients of persisted queries read the code of a response that succeeds.
        Err(error) => Err(Refusal(StatusCode::OK, error.0)),
    }
}

/// The reason for which a subscription does not begin: the response cannot be a stream, or there is no token.
fn no_subscription(media: Media) -> Refusal {
    if media == Media::EventStream {
        return token_missing().into();
    }
    let detail = "Subscriptions are sent as text/event-stream: Accept must begin with it.";
    refusal(StatusCode::NOT_ACCEPTABLE, "not_acceptable", detail)
}

async fn run(
    state: &State,
    call: Call,
    prepared: Prepared,
    request_id: &str,
    media: Media,
) -> HttpResponse {
    get_or_execute(state, call, prepared, request_id, media)
        .await
        .into_http(media)
}

/// The request with its caller, and the claims of its token.
async fn call(state: &State, req: &HttpRequest) -> Result<(Call, Option<AccessClaims>), Refusal> {
    let ports = &state.interface.ports;
    let client = (state.interface.client)(req);
    let Some(header) = req.headers().get(AUTHORIZATION) else {
        return Ok((Call::new(ports.clone(), None, client), None));
    };
    let token = header.to_str().ok().and_then(bearer);
    let claims = token.and_then(|token| ports.access_tokens.read(token, ports.clock.now()).ok());
    let refused = || Refusal::from(AuthenticateError::Refused.failure());
    let claims = claims.ok_or_else(refused)?;
    let caller = authenticate(ports, &claims, Some(client.address)).await;
    let (actor, session) = caller.map_err(|error| Refusal::from(error.failure()))?;
    let caller = Caller { actor, session };
    let call = Call::new(ports.clone(), Some(caller), client);
    Ok((call, Some(claims)))
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Reads a body within the limits of length and time.
async fn read(payload: Payload) -> Result<Bytes, Refusal> {
    let detail = "The request body did not arrive within 10 seconds.";
    let late = |_| refusal(StatusCode::REQUEST_TIMEOUT, "request_timeout", detail);
    timeout(BODY_TIMEOUT, read_all(payload))
        .await
        .map_err(late)?
}

async fn read_all(mut payload: Payload) -> Result<Bytes, Refusal> {
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        let detail = "The request body could not be read.";
        let chunk =
            chunk.map_err(|_| refusal(StatusCode::BAD_REQUEST, "malformed_body", detail))?;
        if bytes.len() + chunk.len() > MAX_BODY {
            let detail = "The request body exceeds the limit of 262144 bytes.";
            let status = StatusCode::PAYLOAD_TOO_LARGE;
            return Err(refusal(status, "body_too_large", detail));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.into())
}
