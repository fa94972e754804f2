//! Reading a booking.

use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Actor, BookingId, Party, StoreError};
use sojourn_domain::user::User;

use crate::ports::Ports;

/// A booking as one side sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingView {
    /// The booking.
    pub booking: Booking,
    /// As what the asker stands to it.
    pub party: Party,
    /// Who stays; for the host and operators alone.
    pub guest: Option<User>,
}

/// Why a booking cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GetError {
    /// There is none, or the asker has no part in it.
    #[error("no such booking")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A booking, for its two sides and operators.
///
/// # Errors
/// [`GetError`].
pub async fn get(ports: &Ports, actor: &Actor, id: BookingId) -> Result<BookingView, GetError> {
    let booking = ports.bookings.get(id).await?.ok_or(GetError::NotFound)?;
    let party = booking.party_of(actor).ok_or(GetError::NotFound)?;
    let guest = if party == Party::Guest {
        None
    } else {
        ports.users.get(booking.guest_id).await?
    };
    Ok(BookingView {
        booking,
        party,
        guest,
    })
}
