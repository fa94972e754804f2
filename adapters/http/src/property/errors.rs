//! Problems of stays that cannot be booked.

use actix_web::http::StatusCode;
use sojourn_domain::booking::{PriceError, Unavailable};
use sojourn_domain::shared::Violations;

use crate::problem::Problem;

/// All violated rules: 409 if nights are taken, otherwise 422.
pub fn availability_problem(refusals: &[Unavailable]) -> Problem {
    let mut found = Violations::new();
    for refusal in refusals {
        found.add(refusal.pointer(), refusal.code(), refusal.to_string());
    }
    let taken = refusals
        .iter()
        .any(|refusal| matches!(refusal, Unavailable::NightsTaken(_)));
    let problem = if taken {
        Problem::new(
            StatusCode::CONFLICT,
            "dates_unavailable",
            "Some of the nights are not available.",
        )
    } else {
        Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "not_bookable",
            "The stay violates rules of the property. See `errors` for details.",
        )
    };
    problem.with_violations(found)
}

/// 422: the host does not offer the requested rate plan.
pub fn no_such_rate() -> Problem {
    let mut found = Violations::new();
    found.add("/rate", "no_such_rate", "is not offered for this property");
    Problem::unprocessable(found)
}

/// The problem of a stay that cannot be priced.
pub fn price_problem(error: PriceError) -> Problem {
    match error {
        PriceError::NoSuchRate => no_such_rate(),
        PriceError::NoPrice => availability_problem(&[Unavailable::NotListed]),
        PriceError::Money(error) => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "not_bookable",
            error.to_string(),
        ),
    }
}
