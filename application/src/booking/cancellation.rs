//! What would come back.

use sojourn_domain::booking::{Command, CurveStep, MoveError, Refund, RefundPolicy, target};
use sojourn_domain::shared::{Actor, BookingId, StoreError};

use crate::ports::Ports;

/// What would come back on cancellation, now and later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What the asker's cancelling now would bring the guest, line by line.
    pub refund: Refund,
    /// The policy that the booking was made under.
    pub policy: RefundPolicy,
    /// What the guest's own cancelling brings from now on.
    pub curve: Vec<CurveStep>,
}

/// Why there is nothing to preview.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PreviewError {
    /// There is none, or the asker has no part in it.
    #[error("no such booking")]
    NotFound,
    /// It cannot be cancelled by the asker any more.
    #[error(transparent)]
    Refused(#[from] MoveError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What would come back if the asker cancelled now, and the guest's whole refund curve.
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
