//! Reading a booking.

use sojourn_domain::shared::{Actor, BookingId, RepositoryError};

use super::views::BookingView;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

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
    let view = BookingView::load(ports, actor, &booking).await?;
    view.ok_or(GetError::NotFound)
}
