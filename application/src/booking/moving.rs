//! A move of a booking that its money has no part in.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, BookingChange, MoveError};
use sojourn_domain::shared::{Actor, BookingId, Party, StoreError};

use crate::ports::Ports;
use crate::retry::{retrying_stale, unless_stale};

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
        if error == MoveError::NotAllowed { Self::Forbidden } else { Self::Refused(error) }
    }
}

/// Loads, moves, commits; again when it changed meanwhile.
pub(super) async fn moving(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
    step: fn(Booking, Party, DateTime<Utc>) -> Result<BookingChange, MoveError>,
) -> Result<Booking, MoveBookingError> {
    retrying_stale(|| async {
        let booking = ports.bookings.get(id).await?.ok_or(MoveBookingError::NotFound)?;
        let party = booking.party_of(actor).ok_or(MoveBookingError::NotFound)?;
        if expected.is_some_and(|version| version != booking.version) {
            return Err(MoveBookingError::Stale);
        }
        let change = step(booking, party, ports.clock.now())?;
        let moved = change.booking.clone();
        Ok(unless_stale(ports.bookings.commit(change).await, moved)?)
    })
    .await
}
