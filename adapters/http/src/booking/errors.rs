//! Problems of booking transitions.

use actix_web::http::StatusCode;
use sojourn_domain::booking::{TransitionError, Unavailable};
use sojourn_domain::shared::Violations;

use crate::problem::Problem;
use crate::property::availability_problem;

/// 403 for the wrong party, 409 for the wrong state or time, 422 for an impossible alteration.
pub fn transition_problem(error: &TransitionError) -> Problem {
    let wrong_state = |detail: String| Problem::new(StatusCode::CONFLICT, "wrong_state", detail);
    match error {
        TransitionError::NotAllowed => Problem::forbidden(),
        TransitionError::WrongState { status, .. } => wrong_state(format!(
            "This is not possible for a booking with the status {status}."
        )),
        TransitionError::TooEarly { from } => wrong_state(format!(
            "This is not possible before {}.",
            from.to_rfc3339()
        )),
        TransitionError::BeforeDeparture { from } => Problem::conflict(
            "too_early",
            format!(
                "The host can check out the guests from {} on. To end the stay earlier, cancel the booking.",
                from.to_rfc3339()
            ),
        ),
        TransitionError::PropertyUnavailable => property_unavailable(),
        TransitionError::TooLate { until } => wrong_state(format!(
            "This is not possible after {}.",
            until.to_rfc3339()
        )),
        TransitionError::NotBookable => availability_problem(&[Unavailable::NotListed]),
        TransitionError::NoAlteration => Problem::conflict("no_alteration", error.to_string()),
        TransitionError::AlterationPending => {
            Problem::conflict("alteration_pending", error.to_string())
        }
        TransitionError::CheckOutOnly => check_out_only(error),
        TransitionError::NothingToAlter => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "nothing_to_alter",
            error.to_string(),
        ),
        // The application charges the difference before it accepts: a defect.
        TransitionError::ChargeNeeded => Problem::internal().caused_by(error),
        TransitionError::Money(error) => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid_amount",
            error.to_string(),
        ),
    }
}

/// 409: the property is suspended.
pub fn property_unavailable() -> Problem {
    let detail = "The property is suspended. It takes no new bookings at the moment.";
    Problem::conflict("property_unavailable", detail)
}

fn check_out_only(error: &TransitionError) -> Problem {
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
    use chrono::DateTime;
    use sojourn_domain::booking::{BookingCommand, BookingStatus};

    use super::*;

    #[test]
    fn each_error_has_its_status_and_code() {
        let wrong_state = TransitionError::WrongState {
            status: BookingStatus::Expired,
            command: BookingCommand::Accept,
        };
        let cases = [
            (TransitionError::NotAllowed, 403, "forbidden"),
            (wrong_state, 409, "wrong_state"),
            (TransitionError::NoAlteration, 409, "no_alteration"),
            (
                TransitionError::AlterationPending,
                409,
                "alteration_pending",
            ),
            (
                TransitionError::BeforeDeparture {
                    from: DateTime::UNIX_EPOCH,
                },
                409,
                "too_early",
            ),
            (
                TransitionError::PropertyUnavailable,
                409,
                "property_unavailable",
            ),
            (TransitionError::CheckOutOnly, 422, "check_out_only"),
            (TransitionError::NothingToAlter, 422, "nothing_to_alter"),
            (TransitionError::NotBookable, 422, "not_bookable"),
            (TransitionError::ChargeNeeded, 500, "internal_error"),
        ];
        for (error, status, code) in cases {
            let problem = transition_problem(&error);
            assert_eq!(
                (problem.body().status, problem.body().code.as_str()),
                (status, code)
            );
        }
        assert_eq!(
            transition_problem(&TransitionError::CheckOutOnly)
                .body()
                .errors[0]
                .pointer,
            "/check_in"
        );
    }
}
