//! Simple status transitions of a booking.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, BookingChange, TransitionError};
use sojourn_domain::shared::{Actor, BookingId, BookingRole, RepositoryError};

use crate::case::Case;
use crate::payment::follow;
use crate::ports::Ports;
use crate::retry::{retrying_stale, stored};

/// Errors of a booking's transition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoveBookingError {
    /// No such booking, or the caller is not part of it.
    #[error("no such booking")]
    NotFound,
    /// The caller's role may never do this.
    #[error("the caller's role in the booking does not allow this")]
    Forbidden,
    /// The stored version differs from the expected one.
    #[error("the booking was changed concurrently")]
    Stale,
    /// Not allowed in the booking's current state.
    #[error(transparent)]
    Refused(TransitionError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl From<TransitionError> for MoveBookingError {
    fn from(error: TransitionError) -> Self {
        if error == TransitionError::NotAllowed {
            Self::Forbidden
        } else {
            Self::Refused(error)
        }
    }
}

/// Loads a booking, applies the transition and commits, retrying after a concurrent change.
/// `reason` is recorded with a refund, if there is one.
pub(super) async fn moving(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
    reason: &str,
    step: fn(Booking, BookingRole, DateTime<Utc>) -> Result<BookingChange, TransitionError>,
) -> Result<Booking, MoveBookingError> {
    let moved = retrying_stale(|| async {
        let case = Case::of(ports, id)
            .await?
            .ok_or(MoveBookingError::NotFound)?;
        let party = case
            .booking
            .role_of(actor)
            .ok_or(MoveBookingError::NotFound)?;
        if case.changed_since(expected) {
            return Err(MoveBookingError::Stale);
        }
        let now = ports.clock.now();
        let change = step(case.booking.clone(), party, now)?;
        Ok(stored(case.commit(ports, change, reason, now).await)?)
    })
    .await?;
    follow(ports, moved.payment.as_ref()).await;
    Ok(moved.booking)
}
