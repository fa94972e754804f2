//! Conditions of a change, checked in its transaction under locks.

use chrono::TimeDelta;
use sojourn_domain::booking::{
    Booking, BookingChange, Precondition, check_hold_limits, recent_holds_begin,
};
use sojourn_domain::property::PropertyStatus;

use super::guest_activity::{bookings_since, refused_cards_since};
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::{Refusal, TxError};
use crate::operator::rights::require_active;
use crate::query::row_lock::{lock_account, lock_account_exclusively, lock_property_status};

/// Refuses a change whose conditions do not hold any more. The properties come first and the accounts after them, so
/// that two transactions never wait for each other in a circle.
pub(super) fn require_preconditions(
    conn: &mut AnyConnection,
    change: &BookingChange,
) -> Result<(), TxError> {
    let conditions = change.preconditions();
    if conditions.is_empty() {
        return Ok(());
    }
    let booking = change.booking();
    require_property(conn, booking, conditions)?;
    let guest = UuidColumn::from(booking.guest_id);
    let is_limit = |it: &Precondition| {
        matches!(
            it,
            Precondition::HoldLimits(_) | Precondition::RefusedCards { .. }
        )
    };
    let limited = conditions.iter().any(is_limit);
    if limited {
        lock_account_exclusively(conn, guest)?;
    } else if conditions.contains(&Precondition::GuestActive) {
        lock_account(conn, guest)?;
    }
    for condition in conditions {
        match condition {
            Precondition::PropertyListed | Precondition::PropertyNotSuspended => {}
            Precondition::GuestActive => require_active(conn, guest)?,
            Precondition::HoldLimits(now) => {
                let since = recent_holds_begin(&booking.terms, *now);
                let recent = bookings_since(conn, booking.guest_id, since)?;
                let (place, stay) = (booking.property_id, booking.stay);
                check_hold_limits(&recent, place, stay, &booking.terms, *now)
                    .map_err(|_| Refusal::Stale)?;
            }
            Precondition::RefusedCards { limit, now } => {
                let since = *now - TimeDelta::hours(1);
                let tries = refused_cards_since(conn, booking.guest_id, since, *limit)?;
                if tries.len() >= usize::try_from(*limit).unwrap_or(usize::MAX) {
                    return Err(Refusal::Stale.into());
                }
            }
        }
    }
    Ok(())
}

/// Refuses a change that requires another status of the property.
fn require_property(
    conn: &mut AnyConnection,
    booking: &Booking,
    conditions: &[Precondition],
) -> Result<(), TxError> {
    let listed = conditions.contains(&Precondition::PropertyListed);
    if !listed && !conditions.contains(&Precondition::PropertyNotSuspended) {
        return Ok(());
    }
    let status = lock_property_status(conn, booking.property_id.into())?;
    let status = status.and_then(|word| word.parse().ok());
    let holds = match status {
        Some(PropertyStatus::Listed) => true,
        Some(PropertyStatus::Draft | PropertyStatus::Unlisted) => !listed,
        Some(PropertyStatus::Suspended | PropertyStatus::Deleted) | None => false,
    };
    if holds {
        Ok(())
    } else {
        Err(Refusal::Stale.into())
    }
}
