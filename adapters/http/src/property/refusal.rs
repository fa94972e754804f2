//! Why a stay cannot be booked, as a problem.

use actix_web::http::StatusCode;
use sojourn_domain::booking::{PriceError, Refusal};
use sojourn_domain::shared::Violations;

use crate::problem::Problem;

/// Every broken rule at once: 409 when nights are taken, else 422.
pub fn refused(refusals: &[Refusal]) -> Problem {
    let mut found = Violations::new();
    for refusal in refusals {
        found.add(refusal.pointer(), refusal.code(), refusal.to_string());
    }
    let taken = refusals
        .iter()
        .any(|refusal| matches!(refusal, Refusal::NightsTaken(_)));
    let problem = if taken {
        Problem::new(
            StatusCode::CONFLICT,
            "dates_unavailable",
            "some of the nights are taken",
        )
    } else {
        Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "not_bookable",
            "the stay breaks rules of the property",
        )
    };
    problem.with_violations(found)
}

/// The host does not offer the rate that was asked for.
pub fn no_such_rate() -> Problem {
    let mut found = Violations::new();
    found.add(
        "/rate",
        "no_such_rate",
        "the host offers no non-refundable rate",
    );
    Problem::unprocessable(found)
}

/// Why there is no price.
pub fn unpriced(error: PriceError) -> Problem {
    match error {
        PriceError::NoSuchRate => no_such_rate(),
        PriceError::NoPrice => refused(&[Refusal::NotListed]),
        PriceError::Money(error) => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "not_bookable",
            error.to_string(),
        ),
    }
}
