//! Accepting an alteration.

use sojourn_domain::booking::{Booking, Unavailable};
use sojourn_domain::shared::{Actor, BookingId, BookingRole};

use super::altering::{AlterError, Altered, accepted, broken, finish, store};
use crate::case::Case;
use crate::ports::Ports;
use crate::retry::retrying_stale;

/// Accepts the other party's alteration within its response window. A higher price is charged to
/// the guest's card, and old and new nights stay claimed until the result is known; a lower price
/// is refunded. If the gateway does not respond, accepting again resumes the charge.
///
/// # Errors
/// [`AlterError`]: [`AlterError::Refused`] if the nights are no longer available. The booking stays
/// unchanged.
pub async fn accept_alteration(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
) -> Result<Booking, AlterError> {
    let altered = retrying_stale(|| attempt(ports, actor, id, expected)).await?;
    finish(ports, altered).await
}

async fn attempt(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
) -> Result<Option<Altered>, AlterError> {
    let case = Case::of(ports, id).await?.ok_or(AlterError::NotFound)?;
    let party = case.booking.role_of(actor).ok_or(AlterError::NotFound)?;
    let answers = |by: BookingRole| {
        matches!(
            (by, party),
            (BookingRole::Guest, BookingRole::Host) | (BookingRole::Host, BookingRole::Guest)
        )
    };
    let asked = case
        .booking
        .alteration
        .as_ref()
        .filter(|asked| answers(asked.by));
    if let Some(charge) = asked.and_then(|asked| asked.charge) {
        return Ok(Some(Altered {
            case,
            charge: Some(charge),
        }));
    }
    if case.changed_since(expected) {
        return Err(AlterError::Stale);
    }
    let now = ports.clock.now();
    let wanted = asked.map(|asked| (asked.stay, asked.guests));
    let step = accepted(ports, &case, case.booking.clone(), party, now)?;
    if let Some(wanted) = wanted {
        // Other bookings may exist by now, so availability is checked again; the host's rules apply
        // as of the proposal.
        let mut gone = broken(ports, &case.booking, wanted, now).await?;
        gone.retain(|it| {
            matches!(
                it,
                Unavailable::NotListed | Unavailable::Past | Unavailable::NightsTaken(_)
            )
        });
        if !gone.is_empty() {
            return Err(AlterError::Refused(gone));
        }
    }
    store(ports, &case, step, now).await
}
