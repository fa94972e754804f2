//! Problems of reviews.

use actix_web::http::StatusCode;
use sojourn_domain::review::ReviewError;

use crate::problem::Problem;

/// 403 for another account's review, 409 for the wrong state or time, 422 for invalid contents.
pub fn review_problem(error: ReviewError) -> Problem {
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
