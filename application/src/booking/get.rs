//! Reading a booking.

use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Actor, BookingId, BookingRole, RepositoryError};
use sojourn_domain::user::User;

use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// A booking as seen by one of its parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingView {
    /// The booking.
    pub booking: Booking,
    /// The caller's role in the booking.
    pub party: BookingRole,
    /// The guest's account; for the host and operators only.
    pub guest: Option<User>,
}

/// Errors of reading a booking.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GetError {
    /// No such booking, or the caller is not part of it.
    #[error("no such booking")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for GetError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// A booking, for its guest, its host and operators.
///
/// # Errors
/// [`GetError`].
pub async fn get(ports: &Ports, actor: &Actor, id: BookingId) -> Result<BookingView, GetError> {
    let booking = ports.bookings.get(id).await?.ok_or(GetError::NotFound)?;
    let party = booking.role_of(actor).ok_or(GetError::NotFound)?;
    let guest = if party == BookingRole::Guest {
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
