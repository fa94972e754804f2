//! Failures of use cases as every interface reports them.
//!
//! The error of each use case says once what it is: its kind, a stable code, a sentence and the fields that are
//! wrong. Every interface carries the same code and status.

use std::borrow::Cow;

use serde_json::{Map, Value};
use sojourn_domain::shared::{RepositoryError, Violations};

/// The class of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The caller is not, or not sufficiently, authenticated.
    Unauthenticated,
    /// The payment provider refused the payment.
    PaymentRefused,
    /// The caller may see the resource and may not do this with it.
    Forbidden,
    /// The resource does not exist, or the caller may not know of it.
    NotFound,
    /// The present state of the resource does not allow it.
    Conflict,
    /// The caller's version of the resource is not the current one.
    Outdated,
    /// The request was understood and is not acceptable.
    Invalid,
    /// A rate limit or quota is exhausted until so many seconds have passed.
    Throttled(u32),
    /// Something that is needed does not answer now.
    Unavailable,
    /// A defect of the program.
    Internal,
}

impl FailureKind {
    /// The HTTP status of the class (RFC 9110), as every interface states it.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Unauthenticated => 401,
            Self::PaymentRefused => 402,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::Outdated => 412,
            Self::Invalid => 422,
            Self::Throttled(_) => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }
}

/// A failure of a use case, for any interface.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// Its class.
    pub kind: FailureKind,
    /// A stable word for it.
    pub code: Cow<'static, str>,
    /// A sentence about this case, for people.
    pub detail: Cow<'static, str>,
    /// The fields that are wrong, all of them.
    pub violations: Violations,
    /// Further facts for programs, such as the new total of a price that changed.
    pub members: Map<String, Value>,
    /// The cause, for the log and never for the caller.
    pub cause: Option<String>,
}

/// An error of a use case that every interface can report.
pub trait UseCaseError {
    /// Description of the failure for the caller.
    fn failure(&self) -> Failure;
}

impl Failure {
    /// A failure with its class, code and sentence.
    pub fn new(
        kind: FailureKind,
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            kind,
            code: code.into(),
            detail: detail.into(),
            violations: Violations::new(),
            members: Map::new(),
            cause: None,
        }
    }

    /// The caller is not, or not sufficiently, authenticated.
    pub fn unauthenticated(
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(FailureKind::Unauthenticated, code, detail)
    }

    /// The resource does not exist, or the caller may not know of it.
    #[must_use]
    pub fn not_found() -> Self {
        let detail = "No such resource, or you do not have access to it.";
        Self::new(FailureKind::NotFound, "not_found", detail)
    }

    /// The caller may see the resource and may not do this with it.
    #[must_use]
    pub fn forbidden() -> Self {
        let detail = "You do not have permission for this operation.";
        Self::new(FailureKind::Forbidden, "forbidden", detail)
    }

    /// The caller's version of the resource is not the current one.
    #[must_use]
    pub fn outdated() -> Self {
        let detail =
            "The resource has changed since the version in If-Match. Fetch it again and retry.";
        Self::new(FailureKind::Outdated, "precondition_failed", detail)
    }

    /// The present state of the resource does not allow it.
    pub fn conflict(
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(FailureKind::Conflict, code, detail)
    }

    /// Some fields are wrong.
    #[must_use]
    pub fn invalid(violations: Violations) -> Self {
        let detail = "Some fields are invalid. See `errors` for details.";
        Self::new(FailureKind::Invalid, "validation_failed", detail).with_violations(violations)
    }

    /// Acceptable in form, and never to be done as it was asked.
    pub fn unprocessable(
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(FailureKind::Invalid, code, detail)
    }

    /// A rate limit or quota is exhausted for so many seconds, at least one.
    #[must_use]
    pub fn throttled(seconds: u32) -> Self {
        let seconds = seconds.max(1);
        let unit = if seconds == 1 { "second" } else { "seconds" };
        let detail = format!("Rate limit exceeded. Retry in {seconds} {unit}.");
        Self::new(FailureKind::Throttled(seconds), "rate_limited", detail)
    }

    /// The service has more work than it can take now.
    #[must_use]
    pub fn busy() -> Self {
        Self::unavailable(
            "unavailable",
            "The service is temporarily unavailable. Retry in 2 seconds.",
        )
    }

    /// Something that is needed does not answer now.
    pub fn unavailable(
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(FailureKind::Unavailable, code, detail)
    }

    /// A defect: callers learn nothing of it, the log its cause.
    pub fn internal(cause: &(impl std::fmt::Display + ?Sized)) -> Self {
        let detail = "Unexpected error. If it persists, report it with its `request_id`.";
        Self::new(FailureKind::Internal, "internal_error", detail).caused_by(cause)
    }

    /// The same, naming the fields that are wrong.
    #[must_use]
    pub fn with_violations(mut self, violations: Violations) -> Self {
        self.violations = violations;
        self
    }

    /// The same with a further fact for programs.
    #[must_use]
    pub fn with_member(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// The same with its cause for the log.
    #[must_use]
    pub fn caused_by(mut self, cause: &(impl std::fmt::Display + ?Sized)) -> Self {
        self.cause = Some(cause.to_string());
        self
    }
}

impl UseCaseError for RepositoryError {
    fn failure(&self) -> Failure {
        match self {
            Self::Unavailable(_) => Failure::busy().caused_by(self),
            Self::Internal(_) | Self::Damaged { .. } => Failure::internal(self),
            Self::OperatorRightsLost => Failure::forbidden(),
            Self::AccountClosed => session_ended(),
            Self::LastOperator => Failure::conflict(
                "last_operator",
                "The account is the last active operator. Appoint another one first.",
            ),
        }
    }
}

/// The session of the caller has ended.
pub(crate) fn session_ended() -> Failure {
    Failure::unauthenticated(
        "token_invalid",
        "Access token is invalid or expired. Refresh it or log in again.",
    )
}

impl UseCaseError for Violations {
    fn failure(&self) -> Failure {
        Failure::invalid(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn throttled_callers_wait_a_second_at_least() {
        assert_eq!(Failure::throttled(0).kind, FailureKind::Throttled(1));
        assert_eq!(Failure::throttled(7).kind, FailureKind::Throttled(7));
        assert_eq!(
            Failure::throttled(7).detail,
            "Rate limit exceeded. Retry in 7 seconds."
        );
    }

    #[test]
    fn a_defect_keeps_its_cause_for_the_log() {
        let failure = RepositoryError::Internal("row 7 is broken".to_owned()).failure();
        assert_eq!(failure.kind, FailureKind::Internal);
        assert!(!failure.detail.contains("row 7"));
        assert!(failure.cause.is_some_and(|cause| cause.contains("row 7")));
    }
}
