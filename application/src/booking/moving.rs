//! A move of a booking that asks nothing but who makes it.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, BookingChange, MoveError};
use sojourn_domain::shared::{Actor, BookingId, Party, StoreError};

use crate::case::Case;
use crate::payment::follow;
use crate::ports::Ports;
use crate::retry::{retrying_stale, stored};

/// Why a booking was not moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoveBookingError {
    /// There is none, or the asker has no part in it.
    #[error("no such booking")]
    NotFound,
    /// The asker's side may never do this.
    #[error("this side of a booking may not do this")]
    Forbidden,
    /// It is not at the version that the asker saw.
    #[error("the booking changed meanwhile")]
    Stale,
    /// Not now.
    #[error(transparent)]
    Refused(MoveError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<MoveError> for MoveBookingError {
    fn from(error: MoveError) -> Self {
        if error == MoveError::NotAllowed {
            Self::Forbidden
        } else {
            Self::Refused(error)
        }
    }
}

/// Loads, moves, commits; again when it changed meanwhile. `reason` is why money goes back, should any.
pub(super) async fn moving(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
    reason: &str,
    step: fn(Booking, Party, DateTime<Utc>) -> Result<BookingChange, MoveError>,
) -> Result<Booking, MoveBookingError> {
    let moved = retrying_stale(|| async {
        let case = Case::of(ports, id)
            .await?
            .ok_or(MoveBookingError::NotFound)?;
        let party = case
            .booking
            .party_of(actor)
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
