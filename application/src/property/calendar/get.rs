//! Reading a property's calendar.

use chrono::NaiveDate;
use sojourn_domain::booking::Offer;
use sojourn_domain::shared::{Actor, PropertyId, RepositoryError, Violations};

use super::days::{CalendarDay, MAX_NIGHTS, calendar_days, date_range};
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::property::access::find_visible;

/// Errors of reading a calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// No such property, or it is not visible to the caller.
    #[error("no such property")]
    NotFound,
    /// The dates are not a range of 1 to 366 nights.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for CalendarError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

/// The nights of `from ≤ date < to`. Reasons of unavailability and the host's notes are shown to
/// the host and operators only.
///
/// # Errors
/// [`CalendarError`].
pub async fn get_calendar(
    ports: &Ports,
    actor: Option<&Actor>,
    id: PropertyId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<CalendarDay>, CalendarError> {
    let property = find_visible(ports, actor, id)
        .await?
        .ok_or(CalendarError::NotFound)?;
    let range = date_range(from, to, MAX_NIGHTS).map_err(CalendarError::Invalid)?;
    let calendar = ports.properties.calendar(id, from, to).await?;
    let manages = actor.is_some_and(|actor| property.managed_by(actor));
    let offer = Offer::new(&property, &calendar, &ports.terms);
    let days = calendar_days(&offer, range.dates(), manages, ports.clock.now());
    Ok(days.map_err(RepositoryError::from)?)
}

#[cfg(test)]
mod tests {
    use sojourn_domain::property::{Calendar, ClaimKind, NightClaim, NightRules};

    use super::*;
    use crate::test_support::test_ports::{TestPorts, actor_of, date, listed, usd, user};

    async fn seen_by(actor: Option<&Actor>) -> Vec<CalendarDay> {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .return_once(|_| Ok(Some(listed())));
        test.properties.expect_calendar().return_once(|_, _, _| {
            let rules = NightRules {
                price: Some(usd(250_00)),
                note: Some("fair".into()),
                ..NightRules::default()
            };
            let claim = |night, kind| NightClaim {
                night: date(night),
                kind,
                booking_id: None,
            };
            let claims = [
                claim("2026-06-01", ClaimKind::Blocked),
                claim("2026-06-02", ClaimKind::Held),
            ];
            let range = (date("2026-05-31"), date("2026-06-04"));
            Ok(
                Calendar::try_new(listed().id, range, [(date("2026-06-03"), rules)], claims)
                    .unwrap(),
            )
        });
        get_calendar(
            &test.ports(),
            actor,
            listed().id,
            date("2026-05-31"),
            date("2026-06-04"),
        )
        .await
        .unwrap()
    }

    #[tokio::test]
    async fn strangers_do_not_see_the_reason_of_an_unavailable_night() {
        let days = seen_by(None).await;
        let reasons: Vec<_> = days.iter().map(|day| day.reason).collect();
        assert_eq!(
            reasons,
            [Some("past"), Some("unavailable"), Some("unavailable"), None]
        );
        assert_eq!(
            (days[3].price, days[3].note.as_ref()),
            (Some(usd(250_00)), None)
        );
        assert_eq!(
            (days[0].price, days[0].min_nights, days[0].max_nights),
            (Some(usd(100_00)), 1, 31)
        );
    }

    #[tokio::test]
    async fn the_host_does() {
        let days = seen_by(Some(&actor_of(&user()))).await;
        let reasons: Vec<_> = days.iter().map(|day| day.reason).collect();
        assert_eq!(reasons, [Some("past"), Some("blocked"), Some("held"), None]);
        assert_eq!(days[3].note.as_deref(), Some("fair"));
    }

    #[tokio::test]
    async fn at_most_366_nights() {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .return_once(|_| Ok(Some(listed())));
        let refused = get_calendar(
            &test.ports(),
            None,
            listed().id,
            date("2026-01-01"),
            date("2027-01-03"),
        )
        .await;
        assert!(matches!(refused, Err(CalendarError::Invalid(_))));
    }
}
