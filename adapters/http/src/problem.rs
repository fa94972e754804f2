//! Errors as RFC 9457 problems, the form of all error responses.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE,
};
use actix_web::{HttpResponse, ResponseError};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::{Map, Value};
use sojourn_application::{Failure, FailureKind, UseCaseError};
use sojourn_domain::shared::Violations;
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::schema::{FieldCodeSchema, ProblemCodeSchema};

/// The content type of problems.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// A violation of one field.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldProblem {
    /// JSON pointer to the field in the body; `/` and the name for a parameter.
    pub pointer: String,
    /// Name of the query parameter; absent for a field of the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub parameter: Option<String>,
    /// Stable code of the violation; more may appear.
    #[schema(value_type = FieldCodeSchema)]
    pub code: String,
    /// Human-readable explanation.
    pub detail: String,
}

/// A problem as JSON.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// URN of the problem type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Reason phrase of the status.
    pub title: String,
    /// HTTP status code.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// Human-readable explanation of this occurrence.
    pub detail: String,
    /// Path of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub instance: Option<String>,
    /// Stable code of the problem type; more may appear.
    #[schema(value_type = ProblemCodeSchema)]
    pub code: String,
    /// Id of the request, as in the server's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub request_id: Option<String>,
    /// Violations of all invalid fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<FieldProblem>,
    /// Further facts, by the code of the problem.
    #[serde(flatten)]
    #[schema(value_type = MembersSchema)]
    pub members: Map<String, Value>,
}

/// Further facts of a problem, by its code.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "a schema, never constructed")]
struct MembersSchema {
    /// The current total, of `price_changed`.
    #[schema(required = false, schema_with = money)]
    total: (),
    /// The nights that are not available, of `dates_unavailable` and `nights_taken`.
    #[schema(nullable = false, value_type = Option<Vec<String>>, format = Date)]
    nights: Option<Vec<NaiveDate>>,
    /// The current status of the booking, the property or the review, of `wrong_state`.
    #[schema(nullable = false)]
    state: Option<String>,
    /// Time from which the operation is possible (UTC), of `wrong_state` and `too_early`.
    #[schema(nullable = false, value_type = Option<String>, format = DateTime)]
    not_before: Option<DateTime<Utc>>,
    /// Time until which the operation was possible (UTC), of `wrong_state`.
    #[schema(nullable = false, value_type = Option<String>, format = DateTime)]
    until: Option<DateTime<Utc>>,
    /// The limit that is reached, of `too_many_alterations`.
    #[schema(nullable = false)]
    limit: Option<u32>,
}

/// The schema of amounts.
fn money() -> RefOr<Schema> {
    Ref::from_schema_name("Money").into()
}

#[derive(Debug, Clone)]
struct Inner {
    body: ProblemBody,
    headers: HeaderMap,
    cause: Option<String>,
}

/// The error response to a failed request.
#[derive(Debug, Clone)]
pub struct Problem(Box<Inner>);

impl Problem {
    /// A problem with a status, a stable code and a sentence about this occurrence.
    pub fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        let body = ProblemBody {
            kind: format!("urn:sojourn:problem:{code}"),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            instance: None,
            code: code.to_owned(),
            request_id: None,
            errors: Vec::new(),
            members: Map::new(),
        };
        Self(Box::new(Inner {
            body,
            headers: HeaderMap::new(),
            cause: None,
        }))
    }

    /// The response to a failure of a use case.
    fn of(failure: Failure) -> Self {
        let status = StatusCode::from_u16(failure.kind.status());
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut problem =
            Self::new(status, &failure.code, failure.detail).with_violations(failure.violations);
        problem.0.body.members = failure.members;
        problem.0.cause = failure.cause;
        match failure.kind {
            FailureKind::Unauthenticated => {
                let challenge = challenge(&failure.code);
                problem.with_header(WWW_AUTHENTICATE, challenge)
            }
            FailureKind::Throttled(seconds) => {
                problem.with_header(RETRY_AFTER, HeaderValue::from(seconds))
            }
            FailureKind::Unavailable => {
                problem.with_header(RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS))
            }
            _ => problem,
        }
    }

    /// Adds the violations of fields.
    #[must_use]
    pub fn with_violations(mut self, violations: Violations) -> Self {
        self.0.body.errors.clear();
        self.with_more_violations(violations)
    }

    /// Adds violations of further fields.
    #[must_use]
    pub fn with_more_violations(mut self, violations: Violations) -> Self {
        let fields = violations.into_vec().into_iter().map(|v| FieldProblem {
            parameter: (v.code == UNKNOWN_PARAMETER).then(|| name_in(&v.pointer)),
            pointer: v.pointer,
            code: v.code.to_owned(),
            detail: v.detail,
        });
        self.0.body.errors.extend(fields);
        self
    }

    /// Adds the violations of another problem.
    #[must_use]
    pub fn with_violations_of(mut self, other: &Self) -> Self {
        self.0
            .body
            .errors
            .extend(other.0.body.errors.iter().cloned());
        self
    }

    /// Adds a header to the response.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.insert(name, value);
        self
    }

    /// Adds the cause, which is logged but not sent to the client.
    #[must_use]
    pub fn caused_by(mut self, cause: &(impl fmt::Display + ?Sized)) -> Self {
        self.0.cause = Some(cause.to_string());
        self
    }

    /// Names the query parameters, if the request has no body that violations could be about.
    #[must_use]
    pub fn about_query(mut self) -> Self {
        for error in &mut self.0.body.errors {
            error.parameter = Some(name_in(&error.pointer));
        }
        self
    }

    /// Adds the path and the id of the request.
    #[must_use]
    pub fn about(mut self, path: &str, request_id: &str) -> Self {
        self.0.body.instance = Some(path.to_owned());
        self.0.body.request_id = Some(request_id.to_owned());
        self
    }

    /// 400: the request is malformed.
    pub fn bad_request(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// 401: the token is missing or not valid.
    #[must_use]
    pub fn unauthorized(code: &'static str, detail: &'static str) -> Self {
        Self::of(Failure::unauthenticated(code, detail))
    }

    /// 403: the resource is visible to the caller, but the operation is not permitted.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::of(Failure::forbidden())
    }

    /// 404: the resource does not exist or is not visible to the caller.
    #[must_use]
    pub fn not_found() -> Self {
        Self::of(Failure::not_found())
    }

    /// 409: the current state does not allow the operation.
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// 422: the request is well-formed, but these fields are invalid.
    #[must_use]
    pub fn unprocessable(violations: Violations) -> Self {
        Self::of(Failure::invalid(violations))
    }

    /// 429: the rate limit is exceeded; `Retry-After` is in seconds, at least 1.
    #[must_use]
    pub fn too_many(retry_seconds: u32) -> Self {
        Self::of(Failure::throttled(retry_seconds))
    }

    /// 500: a defect, whose cause is only logged.
    #[must_use]
    pub fn internal() -> Self {
        Self::of(Failure::internal(""))
    }

    /// 503: the server is overloaded or not ready.
    #[must_use]
    pub fn busy() -> Self {
        Self::of(Failure::busy())
    }

    /// The general problem of a status.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::FORBIDDEN => Self::forbidden(),
            StatusCode::METHOD_NOT_ALLOWED => Self::new(
                status,
                "method_not_allowed",
                "This path does not support this method. See the Allow header for the supported ones.",
            ),
            StatusCode::NOT_ACCEPTABLE => Self::new(
                status,
                "not_acceptable",
                "Accept-Encoding excludes every available encoding.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => {
                Self::new(status, "body_too_large", "The request body is too long.")
            }
            StatusCode::SERVICE_UNAVAILABLE => Self::busy(),
            status if status.is_server_error() => Self::internal(),
            status => Self::new(status, "bad_request", "The request is malformed."),
        }
    }

    /// HTTP status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.body.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Body of the response.
    #[must_use]
    pub const fn body(&self) -> &ProblemBody {
        &self.0.body
    }

    /// Cause for the log.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }
}

/// Code of a query parameter that the operation does not have.
const UNKNOWN_PARAMETER: &str = "unknown_parameter";

/// The last name in a pointer.
fn name_in(pointer: &str) -> String {
    pointer.rsplit('/').next().unwrap_or(pointer).to_owned()
}

const RETRY_SECONDS: &str = "2";

fn challenge(code: &str) -> HeaderValue {
    HeaderValue::from_static(match code {
        "token_invalid" => "Bearer error=\"invalid_token\"",
        _ => "Bearer",
    })
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

impl<E: UseCaseError> From<E> for Problem {
    fn from(error: E) -> Self {
        Self::of(error.failure())
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
    fn retry_after_is_at_least_one_second() {
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
