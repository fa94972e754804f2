//! Failures of reviews that the domain decides.

use sojourn_domain::review::ReviewError;

use crate::failure::{Failure, UseCaseError};

impl UseCaseError for ReviewError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotAllowed => Failure::forbidden(),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::NotReviewable(status) => wrong_state(self).with_member("state", status.as_str()),
            Self::WindowOver(until) => wrong_state(self)
                .with_member("state", "closed")
                .with_member("until", until.to_rfc3339()),
            Self::Published => wrong_state(self).with_member("state", PUBLISHED),
            Self::NotAnswerable(state) => wrong_state(self).with_member("state", state.as_str()),
        }
    }
}

/// State of a review that its author can no longer change.
pub(super) const PUBLISHED: &str = "published";

fn wrong_state(error: &ReviewError) -> Failure {
    Failure::conflict("wrong_state", error.to_string())
}
