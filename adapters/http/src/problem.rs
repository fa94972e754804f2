//! Errors as RFC 9457 problems. Everything that the server refuses has this form.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE,
};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use sojourn_domain::shared::{StoreError, Violations};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// The content type of problems.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// What is wrong with one field.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldProblem {
    /// A JSON pointer into what was sent.
    pub pointer: String,
    /// A stable word for what is wrong.
    pub code: String,
    /// The same in a sentence.
    pub detail: String,
}

/// A problem as clients see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProblemBody {
    /// A name of the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words.
    pub title: String,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What went wrong this time.
    pub detail: String,
    /// The path that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// A stable word for the kind of problem.
    pub code: String,
    /// The request in the server's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// Everything that is wrong with the fields sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<FieldProblem>,
}

#[derive(Debug, Clone)]
struct Inner {
    body: ProblemBody,
    headers: HeaderMap,
    cause: Option<String>,
}

/// Why a request was not carried out.
#[derive(Debug, Clone)]
pub struct Problem(Box<Inner>);

impl Problem {
    /// A problem with a status, a stable word for it and a sentence about this case.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        let body = ProblemBody {
            kind: format!("urn:sojourn:problem:{code}"),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            instance: None,
            code: code.to_owned(),
            request_id: None,
            errors: Vec::new(),
        };
        Self(Box::new(Inner {
            body,
            headers: HeaderMap::new(),
            cause: None,
        }))
    }

    /// The same, naming the fields.
    #[must_use]
    pub fn with_violations(mut self, violations: Violations) -> Self {
        self.0.body.errors = violations
            .into_vec()
            .into_iter()
            .map(|v| FieldProblem {
                pointer: v.pointer,
                code: v.code.to_owned(),
                detail: v.detail,
            })
            .collect();
        self
    }

    /// The same with one more header in the answer.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.insert(name, value);
        self
    }

    /// The same, with what the log shall say and the client shall not.
    #[must_use]
    pub fn caused_by(mut self, cause: &(impl fmt::Display + ?Sized)) -> Self {
        self.0.cause = Some(cause.to_string());
        self
    }

    /// The same, telling which request it answers.
    #[must_use]
    pub fn about(mut self, path: &str, request_id: &str) -> Self {
        self.0.body.instance = Some(path.to_owned());
        self.0.body.request_id = Some(request_id.to_owned());
        self
    }

    /// 400: not to be understood.
    pub fn bad_request(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// 401: no good token.
    #[must_use]
    pub fn unauthorized(code: &'static str, detail: &str) -> Self {
        let challenge = if code == "token_missing" {
            HeaderValue::from_static("Bearer")
        } else {
            HeaderValue::from_static("Bearer error=\"invalid_token\"")
        };
        Self::new(StatusCode::UNAUTHORIZED, code, detail).with_header(WWW_AUTHENTICATE, challenge)
    }

    /// 403: the asker may see it and may not do it.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "You may not do this.")
    }

    /// 404: not there, or not the asker's to know of.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "There is nothing here that you can see.",
        )
    }

    /// 409: the state of things does not allow it.
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// 412: `If-Match` names another version than the current one.
    #[must_use]
    pub fn stale() -> Self {
        let detail = "It was changed since the version that If-Match names; read it again.";
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            "precondition_failed",
            detail,
        )
    }

    /// 422: understood, and these fields are wrong.
    #[must_use]
    pub fn unprocessable(violations: Violations) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "validation_failed",
            "Some fields are wrong; see errors.",
        )
        .with_violations(violations)
    }

    /// 429: too often; `Retry-After` says in how many seconds to come again, at least 1.
    #[must_use]
    pub fn too_many(retry_seconds: u32) -> Self {
        let seconds = retry_seconds.max(1);
        let detail = format!("This was asked too often; try again in {seconds} s.");
        Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail)
            .with_header(RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// 500: a defect, of which nothing is told.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal_error",
            "Something went wrong on our side.",
        )
    }

    /// 503: try again soon.
    #[must_use]
    pub fn busy() -> Self {
        Self::unavailable("unavailable", "The service is busy; try again soon.")
    }

    /// 503: something that is needed does not answer now; `Retry-After` says 2 seconds.
    #[must_use]
    pub fn unavailable(code: &'static str, detail: &str) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, detail)
            .with_header(RETRY_AFTER, HeaderValue::from_static("2"))
    }

    /// The problem of a status about which nothing more is known.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::FORBIDDEN => Self::forbidden(),
            StatusCode::METHOD_NOT_ALLOWED => Self::new(
                status,
                "method_not_allowed",
                "This method is not allowed here; see Allow.",
            ),
            StatusCode::NOT_ACCEPTABLE => Self::new(
                status,
                "not_acceptable",
                "No encoding that is accepted can be given.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => {
                Self::new(status, "body_too_large", "The body is too large.")
            }
            StatusCode::SERVICE_UNAVAILABLE => Self::busy(),
            status if status.is_server_error() => Self::internal(),
            status => Self::new(status, "bad_request", "The request cannot be understood."),
        }
    }

    /// Its status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.body.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// What clients see.
    #[must_use]
    pub const fn body(&self) -> &ProblemBody {
        &self.0.body
    }

    /// What the log is to say.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}: {}",
            self.0.body.status, self.0.body.code, self.0.body.detail
        )
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        let text = serde_json::to_string(&self.0.body).unwrap_or_default();
        let mut response = HttpResponse::build(self.status())
            .insert_header((CONTENT_TYPE, PROBLEM_JSON))
            .body(text);
        for (name, value) in &self.0.headers {
            response.headers_mut().insert(name.clone(), value.clone());
        }
        response.extensions_mut().insert(self.clone());
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Unavailable(_) => Self::busy().caused_by(&error),
            StoreError::Corrupt(_) => Self::internal().caused_by(&error),
        }
    }
}

impl From<Violations> for Problem {
    fn from(violations: Violations) -> Self {
        Self::unprocessable(violations)
    }
}

impl PartialSchema for Problem {
    fn schema() -> RefOr<Schema> {
        ProblemBody::schema()
    }
}

impl ToSchema for Problem {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        ProblemBody::schemas(schemas);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_too_often_waits_a_second_at_least() {
        for (seconds, said) in [(0, "1"), (7, "7")] {
            let answer = Problem::too_many(seconds).error_response();
            assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
            assert_eq!(
                answer
                    .headers()
                    .get(RETRY_AFTER)
                    .and_then(|it| it.to_str().ok()),
                Some(said)
            );
        }
        assert_eq!(Problem::too_many(7).body().code, "rate_limited");
    }
}
