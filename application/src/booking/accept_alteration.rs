//! Accepting the other side's alteration.

use sojourn_domain::booking::{Booking, Refusal};
use sojourn_domain::shared::{Actor, BookingId, Party};

use super::altering::{AlterError, Altered, accepted, broken, finish, store};
use crate::case::Case;
use crate::ports::Ports;
use crate::retry::retrying_stale;

/// The other side accepts an alteration, within the hours that the terms give. What it costs more is charged to
/// the guest's card, and until that is answered old and new nights are held; what it costs less comes back. While
/// the gateway is silent, accepting it again finishes it.
///
/// # Errors
/// [`AlterError`]: [`AlterError::Refused`] when its nights are gone. The booking is as it was then.
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
    let party = case.booking.party_of(actor).ok_or(AlterError::NotFound)?;
    let answers = |by: Party| {
        matches!(
            (by, party),
            (Party::Guest, Party::Host) | (Party::Host, Party::Guest)
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
        // Time went on since it was proposed, and others may have booked; the host's rules count as they were.
        let mut gone = broken(ports, &case.booking, wanted, now).await?;
        gone.retain(|it| {
            matches!(
                it,
                Refusal::NotListed | Refusal::Past | Refusal::NightsTaken(_)
            )
        });
        if !gone.is_empty() {
            return Err(AlterError::Refused(gone));
        }
    }
    store(ports, &case, step, now).await
}
