//! Failures of reviews that the domain decides.

use sojourn_domain::review::ReviewError;

use crate::failure::{Failure, UseCaseError};

impl UseCaseError for ReviewError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotAllowed => Failure::forbidden(),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::NotReviewable | Self::WindowOver(_) | Self::Published | Self::NotAnswerable => {
                Failure::conflict("wrong_state", self.to_string())
            }
        }
    }
}
