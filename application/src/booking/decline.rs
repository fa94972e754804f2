//! Declining a booking request and voiding its payment authorization.

use sojourn_domain::booking::{BookingCommand, TransitionError};
use sojourn_domain::shared::{Actor, BookingId, RepositoryError, Violations};

use super::permission::require_role;
use super::views::BookingView;
use crate::attempt;
use crate::booking_with_payment::BookingWithPayment;
use crate::failure::{Failure, UseCaseError};
use crate::payment::dispatch_best_effort;
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, stored};

/// Errors of declining a booking request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeclineError {
    /// No such booking, or the caller is not part of it.
    #[error("no such booking")]
    NotFound,
    /// Only the host can answer a request.
    #[error("only the host can answer a request")]
    Forbidden,
    /// The stored version differs from the expected one.
    #[error("the booking was changed concurrently")]
    Stale,
    /// The booking does not await an answer, or is being accepted.
    #[error(transparent)]
    Refused(TransitionError),
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for DeclineError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Stale => Failure::outdated(),
            Self::Refused(error) => error.failure(),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<TransitionError> for DeclineError {
    fn from(error: TransitionError) -> Self {
        if error == TransitionError::NotAllowed {
            Self::Forbidden
        } else {
            Self::Refused(error)
        }
    }
}

/// Declines a booking request as its host, with an optional reason of up to 1,000 characters. Its
/// nights are freed, and the guest's card is not charged.
///
/// # Errors
/// [`DeclineError`]; nothing is changed.
pub async fn decline(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    reason: Option<String>,
    expected: Option<i64>,
) -> Result<BookingView, DeclineError> {
    let reason = &reason;
    let declined = retry_on_conflict(|| try_decline(ports, actor, id, reason, expected)).await?;
    dispatch_best_effort(ports, declined.payment.as_ref()).await;
    Ok(BookingView::after_change(ports, actor, &declined.booking).await?)
}

async fn try_decline(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    reason: &Option<String>,
    expected: Option<i64>,
) -> Result<Option<BookingWithPayment>, DeclineError> {
    let current = BookingWithPayment::load(ports, id)
        .await?
        .ok_or(DeclineError::NotFound)?;
    let party = current
        .booking
        .role_of(actor)
        .ok_or(DeclineError::NotFound)?;
    require_role(party, BookingCommand::Decline)?;
    if attempt::is_done() {
        return Ok(Some(current));
    }
    let mut found = Violations::new();
    if let Some(reason) = reason {
        found.text("/reason", reason, 1_000);
    }
    found.into_result(()).map_err(DeclineError::Invalid)?;
    if current.changed_since(expected) {
        return Err(DeclineError::Stale);
    }
    let now = ports.clock.now();
    let change = current
        .booking
        .clone()
        .decline(party, reason.clone(), now)?;
    if current.is_charging() {
        let status = current.booking.status;
        return Err(TransitionError::WrongState {
            status,
            command: BookingCommand::Decline,
        }
        .into());
    }
    Ok(stored(
        current.commit(ports, change, "declined", now).await,
    )?)
}
