//! Changing a property's calendar.

use chrono::NaiveDate;
use sojourn_domain::booking::Offer;
use sojourn_domain::property::{
    Calendar, CalendarChange, CalendarCommitError, NightRules, Pricing, Property,
};
use sojourn_domain::shared::{Actor, Money, PropertyId, RepositoryError, Stay, Violations};

use super::calendar_days::{CalendarDay, calendar_days, date_range};
use super::least_prices::require_least_price;
use super::permission::load_to_change;
use crate::access::PermissionError;
use crate::failure::{Failure, UseCaseError};
use crate::patch::Patch;
use crate::ports::Ports;

/// Settings for every date of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetCalendar {
    /// First date.
    pub from: NaiveDate,
    /// End date, exclusive.
    pub to: NaiveDate,
    /// True blocks the nights, false unblocks them.
    pub blocked: Option<bool>,
    /// Price per night.
    pub price: Patch<Money>,
    /// Minimum length of a stay that begins here, in nights.
    pub min_nights: Patch<u32>,
    /// Maximum length of a stay that begins here, in nights.
    pub max_nights: Patch<u32>,
    /// True if check-in is not allowed.
    pub closed_to_arrival: Patch<bool>,
    /// True if check-out is not allowed.
    pub closed_to_departure: Patch<bool>,
    /// The host's note.
    pub note: Patch<String>,
}

impl SetCalendar {
    /// True if the minimum or maximum length of stays is set or cleared.
    fn changes_limits(&self) -> bool {
        self.min_nights != Patch::Keep || self.max_nights != Patch::Keep
    }
}

/// Errors of changing a calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetCalendarError {
    /// No such property, or it is not visible to the caller.
    #[error("no such property")]
    NotFound,
    /// The resource belongs to another account.
    #[error("only the host may do this")]
    Forbidden,
    /// These nights are booked and cannot be blocked.
    #[error("some of the nights are already taken")]
    NightsTaken(Vec<NaiveDate>),
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for SetCalendarError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::NightsTaken(nights) => nights_taken(nights),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<PermissionError> for SetCalendarError {
    fn from(error: PermissionError) -> Self {
        match error {
            PermissionError::NotFound => Self::NotFound,
            PermissionError::Forbidden => Self::Forbidden,
            PermissionError::Store(error) => Self::Store(error),
        }
    }
}

fn nights_taken(nights: &[NaiveDate]) -> Failure {
    let mut found = Violations::new();
    for night in nights {
        found.add(
            "/blocked",
            "nights_taken",
            format!("the night of {night} is taken"),
        );
    }
    let names: Vec<_> = nights.iter().map(ToString::to_string).collect();
    let detail = format!(
        "Nothing was changed, because these nights are taken: {}.",
        names.join(", ")
    );
    Failure::conflict("nights_taken", detail)
        .with_member("nights", names)
        .with_violations(found)
}

/// Changes every date of a range or none; returns the resulting calendar. Operators can also remove
/// the blocks left by a host's cancellation; hosts cannot.
///
/// # Errors
/// [`SetCalendarError`].
pub async fn set_calendar(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
    set: SetCalendar,
) -> Result<Vec<CalendarDay>, SetCalendarError> {
    let property = load_to_change(ports, actor, id).await?;
    let range = date_range(set.from, set.to).map_err(SetCalendarError::Invalid)?;
    check_price(ports, &set).map_err(SetCalendarError::Invalid)?;
    let before = ports.properties.calendar(id, set.from, set.to).await?;
    let change = decide(&property, &before, range, &set, actor.admin)?;
    match ports.properties.commit_calendar(id, change).await {
        Ok(()) => {}
        Err(CalendarCommitError::NightsTaken(nights)) => {
            return Err(SetCalendarError::NightsTaken(nights));
        }
        Err(CalendarCommitError::Repository(error)) => return Err(error.into()),
    }
    let after = ports.properties.calendar(id, set.from, set.to).await?;
    let now = ports.clock.now();
    let offer = Offer::new(&property, &after, &ports.terms);
    let days = calendar_days(&offer, range, true, now).map_err(RepositoryError::from)?;
    Ok(days)
}

/// Refuses a price below the smallest of its currency; what is not a price at all is refused with the rest.
fn check_price(ports: &Ports, set: &SetCalendar) -> Result<(), Violations> {
    let mut found = Violations::new();
    if let Patch::Set(price) = set.price
        && price.amount() > 0
    {
        require_least_price(&ports.terms, &mut found, "/price", price);
    }
    found.into_result(())
}

fn decide(
    property: &Property,
    before: &Calendar,
    range: Stay,
    set: &SetCalendar,
    lift: bool,
) -> Result<CalendarChange, SetCalendarError> {
    let mut found = Violations::new();
    if let Patch::Set(price) = set.price {
        let currency = property.details.pricing.as_ref().map(Pricing::currency);
        let same = currency.is_some_and(|currency| currency == price.currency());
        found.require(
            same,
            "/price/currency",
            "currency_mismatch",
            "must be the currency of the property's nightly price",
        );
    }
    let mut rules = Vec::new();
    for date in range.dates() {
        let known = before.rules(date).map_err(RepositoryError::from)?;
        let old = known.cloned().unwrap_or_default();
        let new = apply_patch(old.clone(), set);
        let limits = if set.changes_limits() {
            property.details.stay_rules.validate_date(date, &new)
        } else {
            Violations::new()
        };
        for violation in [new.validate(), limits]
            .into_iter()
            .flat_map(Violations::into_vec)
        {
            if !found
                .iter()
                .any(|known| known.pointer == violation.pointer && known.code == violation.code)
            {
                found.add(violation.pointer, violation.code, violation.detail);
            }
        }
        if new != old {
            rules.push((date, new));
        }
    }
    let nights = |wanted: bool| {
        if set.blocked == Some(wanted) {
            range.dates().collect()
        } else {
            Vec::new()
        }
    };
    let change = CalendarChange {
        block: nights(true),
        unblock: nights(false),
        lift_cancellation_blocks: lift,
        rules,
    };
    found.into_result(change).map_err(SetCalendarError::Invalid)
}

fn apply_patch(old: NightRules, set: &SetCalendar) -> NightRules {
    NightRules {
        price: set.price.apply_to(old.price),
        min_nights: set.min_nights.apply_to(old.min_nights),
        max_nights: set.max_nights.apply_to(old.max_nights),
        closed_to_arrival: set
            .closed_to_arrival
            .apply_to(Some(old.closed_to_arrival))
            .unwrap_or(false),
        closed_to_departure: set
            .closed_to_departure
            .apply_to(Some(old.closed_to_departure))
            .unwrap_or(false),
        note: set.note.clone().apply_to(old.note),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{TestPorts, actor_of, date, listed, stranger, usd, user};

    fn nothing() -> SetCalendar {
        SetCalendar {
            from: date("2026-07-01"),
            to: date("2026-07-03"),
            blocked: None,
            price: Patch::Keep,
            min_nights: Patch::Keep,
            max_nights: Patch::Keep,
            closed_to_arrival: Patch::Keep,
            closed_to_departure: Patch::Keep,
            note: Patch::Keep,
        }
    }

    fn stored() -> Calendar {
        let rules = NightRules {
            price: Some(usd(90_00)),
            min_nights: Some(3),
            ..NightRules::default()
        };
        let range = (date("2026-07-01"), date("2026-07-03"));
        Calendar::try_new(listed().id, range, [(date("2026-07-01"), rules)], []).unwrap()
    }

    #[tokio::test]
    async fn taken_nights_cannot_be_blocked() {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .return_once(|_| Ok(Some(listed())));
        test.properties
            .expect_calendar()
            .once()
            .return_once(|_, _, _| Ok(stored()));
        let taken = vec![date("2026-07-02")];
        let answer = taken.clone();
        test.properties
            .expect_commit_calendar()
            .once()
            .return_once(|_, _| Err(CalendarCommitError::NightsTaken(answer)));
        let set = SetCalendar {
            blocked: Some(true),
            ..nothing()
        };
        let refused = set_calendar(&test.ports(), &actor_of(&user()), listed().id, set).await;
        assert_eq!(refused, Err(SetCalendarError::NightsTaken(taken)));
    }

    #[tokio::test]
    async fn absent_fields_stay_and_null_clears() {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .return_once(|_| Ok(Some(listed())));
        test.properties
            .expect_calendar()
            .times(2)
            .returning(|_, _, _| Ok(stored()));
        test.properties
            .expect_commit_calendar()
            .once()
            .withf(|_, change| {
                let kept = NightRules {
                    min_nights: Some(3),
                    closed_to_arrival: true,
                    ..NightRules::default()
                };
                let new = NightRules {
                    closed_to_arrival: true,
                    ..NightRules::default()
                };
                change.rules == [(date("2026-07-01"), kept), (date("2026-07-02"), new)]
                    && change.block.is_empty()
            })
            .return_once(|_, _| Ok(()));
        let set = SetCalendar {
            price: Patch::Clear,
            closed_to_arrival: Patch::Set(true),
            ..nothing()
        };
        let days = set_calendar(&test.ports(), &actor_of(&user()), listed().id, set)
            .await
            .unwrap();
        assert_eq!(days.len(), 2);
    }

    #[tokio::test]
    async fn only_admins_lift_cancellation_blocks() {
        for (actor, lifts) in [
            (actor_of(&user()), false),
            (
                Actor {
                    admin: true,
                    ..stranger()
                },
                true,
            ),
        ] {
            let mut test = TestPorts::new();
            test.properties
                .expect_get()
                .return_once(|_| Ok(Some(listed())));
            test.properties
                .expect_calendar()
                .times(2)
                .returning(|_, _, _| Ok(stored()));
            test.properties
                .expect_commit_calendar()
                .once()
                .withf(move |_, change| {
                    change.lift_cancellation_blocks == lifts && change.unblock.len() == 2
                })
                .return_once(|_, _| Ok(()));
            let set = SetCalendar {
                blocked: Some(false),
                ..nothing()
            };
            assert!(
                set_calendar(&test.ports(), &actor, listed().id, set)
                    .await
                    .is_ok()
            );
        }
    }

    #[tokio::test]
    async fn each_violation_is_reported_once() {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .return_once(|_| Ok(Some(listed())));
        test.properties
            .expect_calendar()
            .return_once(|_, _, _| Ok(stored()));
        let euros = Money::new(0, sojourn_domain::shared::Currency::parse("EUR").unwrap());
        let set = SetCalendar {
            price: Patch::Set(euros),
            max_nights: Patch::Set(2),
            ..nothing()
        };
        let refused = set_calendar(&test.ports(), &actor_of(&user()), listed().id, set).await;
        let Err(SetCalendarError::Invalid(found)) = refused else {
            panic!("expected an error")
        };
        let pointers: Vec<_> = found
            .iter()
            .map(|violation| violation.pointer.as_str())
            .collect();
        assert_eq!(
            pointers,
            ["/price/currency", "/max_nights", "/price/amount"]
        );
    }

    #[tokio::test]
    async fn a_stranger_sets_nothing() {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .return_once(|_| Ok(Some(listed())));
        let refused = set_calendar(&test.ports(), &stranger(), listed().id, nothing()).await;
        assert_eq!(refused, Err(SetCalendarError::Forbidden));
    }
}
