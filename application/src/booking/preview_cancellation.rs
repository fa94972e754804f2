//! Preview of a cancellation's refund.

use sojourn_domain::booking::{
    BookingCommand, Refund, RefundPolicy, RefundTier, TransitionError, next_status,
};
use sojourn_domain::shared::{Actor, BookingId, BookingRole, Money, RepositoryError};

use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// Refunds on cancellation, now and later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancellationPreview {
    /// Refund if the caller cancelled now, line by line.
    pub refund: Refund,
    /// Fee that the host pays for cancelling now; shown to the host and operators.
    pub host_fee: Option<Money>,
    /// The booking's cancellation policy.
    pub policy: RefundPolicy,
    /// Refund tiers for a cancellation by the guest, from now on.
    pub curve: Vec<RefundTier>,
}

/// Errors of previewing a cancellation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CancellationPreviewError {
    /// No such booking, or the caller is not part of it.
    #[error("no such booking")]
    NotFound,
    /// The caller can no longer cancel the booking.
    #[error(transparent)]
    Refused(#[from] TransitionError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for CancellationPreviewError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Refused(error) => error.failure(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Previews the refund if the caller cancelled now, and all refund tiers of the guest.
///
/// # Errors
/// [`CancellationPreviewError`].
pub async fn preview_cancellation(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
) -> Result<CancellationPreview, CancellationPreviewError> {
    let booking = ports
        .bookings
        .get(id)
        .await?
        .ok_or(CancellationPreviewError::NotFound)?;
    let party = booking
        .role_of(actor)
        .ok_or(CancellationPreviewError::NotFound)?;
    if next_status(booking.status, BookingCommand::Cancel, party).is_none() {
        return Err(TransitionError::WrongState {
            status: booking.status,
            command: BookingCommand::Cancel,
        }
        .into());
    }
    let now = ports.clock.now();
    let refund = booking.refund(party, None, now)?;
    let host_fee = match party {
        BookingRole::Host | BookingRole::Admin => {
            booking.host_fee(now).map_err(TransitionError::from)?
        }
        BookingRole::Guest | BookingRole::System => None,
    };
    let curve = booking
        .refund_schedule(now)
        .map_err(TransitionError::from)?;
    Ok(CancellationPreview {
        refund,
        host_fee,
        policy: booking.policy,
        curve,
    })
}
