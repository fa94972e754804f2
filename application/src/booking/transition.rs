//! Simple status transitions of a booking.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, BookingChange, TransitionError};
use sojourn_domain::shared::{Actor, BookingId, BookingRole, RepositoryError};

use super::views::BookingView;
use crate::attempt;
use crate::booking_with_payment::BookingWithPayment;
use crate::failure::{Failure, UseCaseError};
use crate::payment::dispatch_best_effort;
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, stored};

/// Errors of a booking's transition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookingTransitionError {
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

impl UseCaseError for BookingTransitionError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Stale => Failure::outdated(),
            Self::Refused(error) => error.failure(),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<TransitionError> for BookingTransitionError {
    fn from(error: TransitionError) -> Self {
        if error == TransitionError::NotAllowed {
            Self::Forbidden
        } else {
            Self::Refused(error)
        }
    }
}

/// Loads a booking, applies the transition and commits, retrying after a concurrent change. A repeated request that was
/// applied gets the booking as it is.
/// `reason` is recorded with a refund, if there is one.
pub(super) async fn apply_transition(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
    reason: &str,
    transition: fn(&Booking, BookingRole, DateTime<Utc>) -> Result<BookingChange, TransitionError>,
) -> Result<BookingView, BookingTransitionError> {
    let stored_booking = retry_on_conflict(|| async {
        let current = BookingWithPayment::load(ports, id)
            .await?
            .ok_or(BookingTransitionError::NotFound)?;
        let party = current
            .booking
            .role_of(actor)
            .ok_or(BookingTransitionError::NotFound)?;
        if attempt::is_done() {
            return Ok(Some(current));
        }
        if current.changed_since(expected) {
            return Err(BookingTransitionError::Stale);
        }
        let now = ports.clock.now();
        let change = transition(&current.booking, party, now)?;
        Ok(stored(current.commit(ports, change, reason, now).await)?)
    })
    .await?;
    dispatch_best_effort(ports, stored_booking.payment.as_ref()).await;
    Ok(BookingView::after_change(ports, actor, &stored_booking.booking).await?)
}
