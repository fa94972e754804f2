//! Accepting an alteration.

use sojourn_domain::booking::Unavailable;
use sojourn_domain::shared::{Actor, BookingId, BookingRole};

use super::plan::check_method;
use super::shared::{AlterError, AlteredBooking, accept_change, commit_step, complete, violations};
use crate::attempt;
use crate::booking::views::BookingView;
use crate::booking_with_payment::BookingWithPayment;
use crate::ports::Ports;
use crate::retry::retry_on_conflict;

/// Accepts the other party's alteration within its response window. A higher price is charged to
/// the guest's card, and old and new nights stay claimed until the result is known; a lower price
/// is refunded. A guest who accepts may name another card. If the gateway does not respond,
/// accepting again resumes the charge.
///
/// # Errors
/// [`AlterError`]: [`AlterError::Refused`] if the nights are no longer available. The booking stays
/// unchanged.
pub async fn accept_alteration(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    method: Option<String>,
    expected: Option<i64>,
) -> Result<BookingView, AlterError> {
    let method = method.as_deref();
    let altered = retry_on_conflict(|| try_accept(ports, actor, id, method, expected)).await?;
    complete(ports, actor, altered).await
}

async fn try_accept(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    method: Option<&str>,
    expected: Option<i64>,
) -> Result<Option<AlteredBooking>, AlterError> {
    let current = BookingWithPayment::load(ports, id)
        .await?
        .ok_or(AlterError::NotFound)?;
    let party = current.booking.role_of(actor).ok_or(AlterError::NotFound)?;
    if let Some(begun) = attempt::prior() {
        let charge = begun.charge();
        return Ok(Some(AlteredBooking { current, charge }));
    }
    let answers = |by: BookingRole| {
        matches!(
            (by, party),
            (BookingRole::Guest, BookingRole::Host) | (BookingRole::Host, BookingRole::Guest)
        )
    };
    let asked = current
        .booking
        .alteration
        .as_ref()
        .filter(|asked| answers(asked.by));
    if let Some(charge) = asked.and_then(|asked| asked.charge) {
        return Ok(Some(AlteredBooking {
            current,
            charge: Some(charge),
        }));
    }
    if current.changed_since(expected) {
        return Err(AlterError::Stale);
    }
    let now = ports.clock.now();
    let proposed = asked.map(|asked| (asked.stay, asked.guests));
    let card = method.map(str::to_owned);
    let step = accept_change(ports, &current, &current.booking, party, card, now)?;
    check_method(party, method)?;
    if let Some(proposed) = proposed {
        // Other bookings may exist by now, so availability is checked again; the host's rules apply
        // as of the proposal.
        let mut unavailable = violations(ports, &current.booking, proposed, now).await?;
        unavailable.retain(|it| {
            matches!(
                it,
                Unavailable::NotListed | Unavailable::Past | Unavailable::NightsTaken(_)
            )
        });
        if !unavailable.is_empty() {
            return Err(AlterError::Refused(unavailable));
        }
    }
    commit_step(ports, &current, step, now).await
}
