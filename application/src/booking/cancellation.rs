//! Preview of a cancellation's refund.

use sojourn_domain::booking::{Command, CurveStep, MoveError, Refund, RefundPolicy, target};
use sojourn_domain::shared::{Actor, BookingId, StoreError};

use crate::ports::Ports;

/// Refunds on cancellation, now and later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Refund if the caller cancelled now, line by line.
    pub refund: Refund,
    /// The booking's cancellation policy.
    pub policy: RefundPolicy,
    /// Refund tiers for a cancellation by the guest, from now on.
    pub curve: Vec<CurveStep>,
}

/// Errors of previewing a cancellation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PreviewError {
    /// No such booking, or the caller is not part of it.
    #[error("no such booking")]
    NotFound,
    /// The caller can no longer cancel the booking.
    #[error(transparent)]
    Refused(#[from] MoveError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Previews the refund if the caller cancelled now, and all refund tiers of the guest.
///
/// # Errors
/// [`PreviewError`].
pub async fn cancellation(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
) -> Result<Preview, PreviewError> {
    let booking = ports
        .bookings
        .get(id)
        .await?
        .ok_or(PreviewError::NotFound)?;
    let party = booking.party_of(actor).ok_or(PreviewError::NotFound)?;
    if target(booking.status, Command::Cancel, party).is_none() {
        return Err(MoveError::WrongState {
            status: booking.status,
            command: Command::Cancel,
        }
        .into());
    }
    let now = ports.clock.now();
    let refund = booking.refund(party, None, now)?;
    let curve = booking.refund_curve(now).map_err(MoveError::from)?;
    Ok(Preview {
        refund,
        policy: booking.policy,
        curve,
    })
}
