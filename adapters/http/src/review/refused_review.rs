//! Why a review cannot be moved, as a problem.

use actix_web::http::StatusCode;
use sojourn_domain::review::ReviewError;

use crate::problem::Problem;

/// 403 for another's review, 409 for the wrong time, 422 for what is written.
pub fn refused_review(error: ReviewError) -> Problem {
    match error {
        ReviewError::NotAllowed => Problem::forbidden(),
        ReviewError::Invalid(found) => Problem::unprocessable(found),
        ReviewError::NotReviewable
        | ReviewError::WindowOver(_)
        | ReviewError::Published
        | ReviewError::NotAnswerable => {
            Problem::new(StatusCode::CONFLICT, "wrong_state", error.to_string())
        }
    }
}
