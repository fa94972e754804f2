//! Problems of booking transitions.

use actix_web::http::StatusCode;
use sojourn_domain::booking::{MoveError, Refusal};
use sojourn_domain::shared::Violations;

use crate::problem::Problem;
use crate::property::refused;

/// 403 for the wrong party, 409 for the wrong state or time, 422 for an impossible alteration.
pub fn refused_move(error: &MoveError) -> Problem {
    let wrong_state = |detail: String| Problem::new(StatusCode::CONFLICT, "wrong_state", detail);
    match error {
        MoveError::NotAllowed => Problem::forbidden(),
        MoveError::WrongState { status, .. } => wrong_state(format!(
            "This is not possible for a booking with the status {status}."
        )),
        MoveError::TooEarly { from } => wrong_state(format!(
            "This is not possible before {}.",
            from.to_rfc3339()
        )),
        MoveError::TooLate { until } => wrong_state(format!(
            "This is not possible after {}.",
            until.to_rfc3339()
        )),
        MoveError::NotBookable => refused(&[Refusal::NotListed]),
        MoveError::NoAlteration => Problem::conflict("no_alteration", error.to_string()),
        MoveError::AlterationPending => Problem::conflict("alteration_pending", error.to_string()),
        MoveError::CheckOutOnly => check_out_only(error),
        MoveError::NothingToAlter => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "nothing_to_alter",
            error.to_string(),
        ),
        // The application charges the difference before it accepts: a defect.
        MoveError::ChargeNeeded => Problem::internal().caused_by(error),
        MoveError::Money(error) => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid_amount",
            error.to_string(),
        ),
    }
}

fn check_out_only(error: &MoveError) -> Problem {
    let mut found = Violations::new();
    found.add("/check_in", "check_out_only", error.to_string());
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "check_out_only",
        error.to_string(),
    )
    .with_violations(found)
}

#[cfg(test)]
mod tests {
    use sojourn_domain::booking::{Command, Status};

    use super::*;

    #[test]
    fn each_refusal_has_its_status_and_code() {
        let wrong_state = MoveError::WrongState {
            status: Status::Expired,
            command: Command::Accept,
        };
        let cases = [
            (MoveError::NotAllowed, 403, "forbidden"),
            (wrong_state, 409, "wrong_state"),
            (MoveError::NoAlteration, 409, "no_alteration"),
            (MoveError::AlterationPending, 409, "alteration_pending"),
            (MoveError::CheckOutOnly, 422, "check_out_only"),
            (MoveError::NothingToAlter, 422, "nothing_to_alter"),
            (MoveError::NotBookable, 422, "not_bookable"),
            (MoveError::ChargeNeeded, 500, "internal_error"),
        ];
        for (error, status, code) in cases {
            let problem = refused_move(&error);
            assert_eq!(
                (problem.body().status, problem.body().code.as_str()),
                (status, code)
            );
        }
        assert_eq!(
            refused_move(&MoveError::CheckOutOnly).body().errors[0].pointer,
            "/check_in"
        );
    }
}
