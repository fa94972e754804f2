//! Limits on refused cards.

use chrono::{DateTime, TimeDelta, Utc};
use sojourn_domain::booking::Precondition;
use sojourn_domain::payment::check_refused_cards;
use sojourn_domain::shared::RepositoryError;

use crate::booking_with_payment::BookingWithPayment;
use crate::failure::{Failure, FailureKind};
use crate::ports::Ports;

/// Seconds until the guest of a booking may try another card for it; `None` if at once.
///
/// # Errors
/// [`RepositoryError`].
pub(crate) async fn seconds_until_next_card(
    ports: &Ports,
    current: &BookingWithPayment,
    now: DateTime<Utc>,
) -> Result<Option<u32>, RepositoryError> {
    if !ports.guest_activity.is_limited() {
        return Ok(None);
    }
    let terms = &ports.terms;
    let guest = current.booking.guest_id;
    let since = now - TimeDelta::hours(1);
    let max = terms.max_refused_cards_hourly;
    let hourly = ports.guest_activity.refused_cards_since(guest, since, max);
    let checked = check_refused_cards(current.payment.as_ref(), &hourly.await?, terms, now);
    Ok(checked.err().map(|limit| seconds_until(limit.until, now)))
}

/// Condition of a change that charges a card: charges that are made at the same time do not pass the limit together.
pub(crate) fn card_limit(ports: &Ports, now: DateTime<Utc>) -> Option<Precondition> {
    let limit = ports.terms.max_refused_cards_hourly.max(1);
    let limited = ports.guest_activity.is_limited();
    limited.then_some(Precondition::RefusedCards { limit, now })
}

/// Seconds until an instant, at least one.
pub(crate) fn seconds_until(until: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    let seconds = (until - now).num_seconds().saturating_add(1);
    u32::try_from(seconds.max(1)).unwrap_or(u32::MAX)
}

/// Too many cards were refused.
pub(crate) fn too_many_refused_cards(seconds: u32) -> Failure {
    Failure::new(
        FailureKind::Throttled(seconds),
        "too_many_refused_cards",
        "Too many cards were refused. An unpaid booking ends with this; try again later.",
    )
}
