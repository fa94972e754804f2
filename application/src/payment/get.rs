//! Reading a payment.

use sojourn_domain::shared::{Actor, PaymentId, RepositoryError};

use super::views::PaymentView;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// Errors of reading a payment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GetError {
    /// No such payment, or the caller is not part of its booking.
    #[error("no such payment")]
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

/// A payment, for both parties of its booking and operators.
///
/// # Errors
/// [`GetError`].
pub async fn get(ports: &Ports, actor: &Actor, id: PaymentId) -> Result<PaymentView, GetError> {
    let payment = ports.payments.get(id).await?.ok_or(GetError::NotFound)?;
    let booking = ports
        .bookings
        .get(payment.booking_id)
        .await?
        .ok_or(GetError::NotFound)?;
    booking
        .role_of(actor)
        .map(|_| PaymentView::from(&payment))
        .ok_or(GetError::NotFound)
}
