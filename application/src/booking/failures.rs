//! Failures of bookings that the domain decides.

use serde_json::json;
use sojourn_domain::booking::{PriceError, TransitionError, Unavailable};
use sojourn_domain::shared::{Money, RepositoryError, Violations};

use crate::failure::{Failure, UseCaseError};

/// The total is another one than the caller expected.
pub(super) fn price_changed(total: Money) -> Failure {
    let detail = format!(
        "The total is now {total}. Confirm it in `expected_total`, or request the price again."
    );
    let now = json!({"amount": total.amount(), "currency": total.currency().code()});
    Failure::conflict("price_changed", detail).with_member("total", now)
}

/// All violated rules: a conflict if nights are taken, otherwise an invalid request.
impl UseCaseError for [Unavailable] {
    fn failure(&self) -> Failure {
        let mut found = Violations::new();
        for reason in self {
            found.add(reason.pointer(), reason.code(), reason.to_string());
        }
        let nights = self.iter().find_map(|reason| match reason {
            Unavailable::NightsTaken(nights) => Some(nights),
            _ => None,
        });
        let failure = nights.map_or_else(
            || {
                Failure::unprocessable(
                    "not_bookable",
                    "The stay violates rules of the property. See `errors` for details.",
                )
            },
            |nights| {
                let nights: Vec<_> = nights.iter().map(ToString::to_string).collect();
                Failure::conflict("dates_unavailable", "Some of the nights are not available.")
                    .with_member("nights", nights)
            },
        );
        failure.with_violations(found)
    }
}

impl UseCaseError for PriceError {
    fn failure(&self) -> Failure {
        match self {
            Self::NoSuchRate => {
                let mut found = Violations::new();
                found.add("/rate", "no_such_rate", "is not offered for this property");
                Failure::invalid(found)
            }
            Self::CurrencyChanged => {
                let detail = "The property's prices are now in another currency than the booking.";
                Failure::conflict("price_changed", detail)
            }
            Self::NoPrice => [Unavailable::NotListed].failure(),
            Self::Calendar(error) => RepositoryError::from(*error).failure(),
            Self::Money(error) => Failure::unprocessable("not_bookable", error.to_string()),
        }
    }
}

impl UseCaseError for TransitionError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotAllowed => Failure::forbidden(),
            Self::WrongState { status, .. } => {
                let detail =
                    format!("This is not possible for a booking with the status {status}.");
                Failure::conflict("wrong_state", detail).with_member("state", status.as_str())
            }
            Self::TooEarly { from } => {
                let from = from.to_rfc3339();
                let detail = format!("This is not possible before {from}.");
                Failure::conflict("wrong_state", detail).with_member("not_before", from)
            }
            Self::BeforeDeparture { from } => {
                let from = from.to_rfc3339();
                let detail = format!(
                    "The host can check out the guests from {from} on. To end the stay earlier, cancel the booking."
                );
                Failure::conflict("too_early", detail).with_member("not_before", from)
            }
            Self::PropertyUnavailable => {
                let detail = "The property is suspended. It takes no new bookings at the moment.";
                Failure::conflict("property_unavailable", detail)
            }
            Self::TooLate { until } => {
                let until = until.to_rfc3339();
                let detail = format!("This is not possible after {until}.");
                Failure::conflict("wrong_state", detail).with_member("until", until)
            }
            Self::NoAlteration => Failure::conflict(
                "no_alteration",
                "No change of the booking awaits an answer.",
            ),
            Self::AlterationPending => Failure::conflict(
                "alteration_pending",
                "Another change of the booking awaits an answer or its payment.",
            ),
            Self::CheckOutOnly => check_out_only(self.to_string()),
            Self::NothingToAlter => Failure::unprocessable(
                "nothing_to_alter",
                "The dates and guests are those of the booking already.",
            ),
            Self::TooManyAlterations { limit } => {
                let detail = format!(
                    "At most {limit} changes are possible for a booking. This booking has had as many."
                );
                Failure::conflict("too_many_alterations", detail).with_member("limit", *limit)
            }
            // The use cases charge the difference before they accept, ask the host first, and use the
            // booking's own payment and price: a defect.
            Self::ChargeNeeded
            | Self::AwaitsHost
            | Self::ForeignPayment
            | Self::ForeignPrice { .. } => Failure::internal(self),
            Self::Money(error) => Failure::unprocessable("invalid_amount", error.to_string()),
        }
    }
}

fn check_out_only(reason: String) -> Failure {
    let mut found = Violations::new();
    found.add("/check_in", "check_out_only", reason);
    Failure::unprocessable(
        "check_out_only",
        "The stay has begun. Only its check-out can change, to a date after today.",
    )
    .with_violations(found)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use sojourn_domain::booking::{BookingCommand, BookingStatus};
    use sojourn_domain::shared::BookingId;

    use super::*;
    use crate::failure::FailureKind;

    #[test]
    fn each_refused_transition_has_its_kind_and_code() {
        let wrong_state = TransitionError::WrongState {
            status: BookingStatus::Expired,
            command: BookingCommand::Accept,
        };
        assert_eq!(wrong_state.failure().members["state"], "expired");
        use FailureKind::{Conflict, Forbidden, Internal, Invalid};
        let cases = [
            (TransitionError::NotAllowed, Forbidden, "forbidden"),
            (wrong_state, Conflict, "wrong_state"),
            (TransitionError::NoAlteration, Conflict, "no_alteration"),
            (
                TransitionError::AlterationPending,
                Conflict,
                "alteration_pending",
            ),
            (
                TransitionError::BeforeDeparture {
                    from: DateTime::UNIX_EPOCH,
                },
                Conflict,
                "too_early",
            ),
            (
                TransitionError::PropertyUnavailable,
                Conflict,
                "property_unavailable",
            ),
            (
                TransitionError::TooManyAlterations { limit: 10 },
                Conflict,
                "too_many_alterations",
            ),
            (TransitionError::CheckOutOnly, Invalid, "check_out_only"),
            (TransitionError::NothingToAlter, Invalid, "nothing_to_alter"),
            (
                TransitionError::ForeignPrice {
                    priced: BookingId::new(uuid::Uuid::nil()),
                },
                Internal,
                "internal_error",
            ),
            (TransitionError::ChargeNeeded, Internal, "internal_error"),
            (TransitionError::AwaitsHost, Internal, "internal_error"),
            (TransitionError::ForeignPayment, Internal, "internal_error"),
        ];
        for (error, kind, code) in cases {
            let failure = error.failure();
            assert_eq!((failure.kind, failure.code.as_ref()), (kind, code));
        }
        let failure = TransitionError::CheckOutOnly.failure();
        assert_eq!(failure.violations.into_vec()[0].pointer, "/check_in");
    }

    #[test]
    fn taken_nights_are_named() {
        let night = chrono::NaiveDate::from_ymd_opt(2030, 5, 1).unwrap();
        let failure = [Unavailable::Past, Unavailable::NightsTaken(vec![night])].failure();
        assert_eq!(failure.kind, FailureKind::Conflict);
        assert_eq!(failure.code, "dates_unavailable");
        assert_eq!(failure.members["nights"], serde_json::json!(["2030-05-01"]));
        assert_eq!(failure.violations.into_vec().len(), 2);
    }
}
