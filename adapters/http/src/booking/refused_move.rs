//! Why a booking cannot be moved, as a problem.

use actix_web::http::StatusCode;
use sojourn_domain::booking::{MoveError, Refusal};

use crate::problem::Problem;
use crate::property::refused;

/// 403 for the wrong side, 409 for the wrong state or time.
pub fn refused_move(error: &MoveError) -> Problem {
    let wrong_state = |detail: String| Problem::new(StatusCode::CONFLICT, "wrong_state", detail);
    match error {
        MoveError::NotAllowed => Problem::forbidden(),
        MoveError::WrongState { status, .. } => {
            wrong_state(format!("a booking that is {status} cannot do this"))
        }
        MoveError::TooEarly { from } => wrong_state(format!("not before {}", from.to_rfc3339())),
        MoveError::TooLate { until } => wrong_state(format!("not after {}", until.to_rfc3339())),
        MoveError::NotBookable => refused(&[Refusal::NotListed]),
        MoveError::Money(error) => {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_amount", error.to_string())
        }
    }
}
