//! Responses.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::web::Bytes;
use async_graphql::{Response, ServerError};
use serde_json::{Map, Value, json};
use sojourn_application::{Failure, FailureKind};

use super::media::Media;
use crate::context::describe;

/// A response as JSON, with the HTTP status that tells if the request was executed.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Bytes,
}

impl Answer {
    /// The response to a request that is not executed.
    pub(super) fn refused(status: StatusCode, failure: &Failure, request_id: &str) -> Self {
        let mut error = ServerError::new("", None);
        describe(&mut error, failure, request_id);
        Self::of(status, &json!({"errors": [error]}))
    }

    /// The response to a request whose execution was abandoned.
    pub(super) fn unavailable(request_id: &str) -> Self {
        let failure = Failure::internal(&"a query was abandoned");
        Self::refused(StatusCode::INTERNAL_SERVER_ERROR, &failure, request_id)
    }

    /// The response to a request whose document is not accepted: 400, but 200 as plain JSON.
    pub(super) fn not_accepted(media: Media, errors: &[ServerError]) -> Self {
        Self::of(status_of_refusal(media), &json!({"errors": errors}))
    }

    /// The response to a request that was executed.
    pub(super) fn executed(response: &Response) -> Self {
        let mut body = Map::new();
        if !response.errors.is_empty() {
            body.insert("errors".to_owned(), json!(response.errors));
        }
        body.insert("data".to_owned(), json!(response.data));
        Self::of(StatusCode::OK, &Value::Object(body))
    }

    fn of(status: StatusCode, body: &Value) -> Self {
        Self {
            status,
            body: serde_json::to_vec(body).unwrap_or_default().into(),
        }
    }

    /// The HTTP response.
    pub(super) fn into_http(self, media: Media) -> HttpResponse {
        HttpResponse::build(self.status)
            .insert_header((CONTENT_TYPE, media.content_type()))
            .body(self.body)
    }
}

/// Status of requests whose document is not accepted.
pub(super) const fn status_of_refusal(media: Media) -> StatusCode {
    match media {
        Media::Response | Media::EventStream => StatusCode::BAD_REQUEST,
        Media::Json => StatusCode::OK,
    }
}

/// Adds the headers that belong to a failure of the whole request.
pub(super) fn with_failure_headers(mut response: HttpResponse, failure: &Failure) -> HttpResponse {
    use actix_web::http::header::HeaderValue;
    let headers = response.headers_mut();
    match failure.kind {
        FailureKind::Unauthenticated => {
            let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        FailureKind::Throttled(seconds) => {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        FailureKind::Unavailable => {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("2"));
        }
        _ => {}
    }
    response
}
