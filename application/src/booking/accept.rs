//! Accepting a booking request: captures the authorized payment and confirms the booking.

use sojourn_domain::booking::{BookingCommand, BookingStatus, TransitionError};
use sojourn_domain::payment::GatewayCallKind;
use sojourn_domain::shared::{
    Actor, BookingId, BookingRole, PaymentEntryId, PaymentId, RepositoryError,
};

use super::views::BookingView;
use crate::attempt;
use crate::booking_with_payment::BookingWithPayment;
use crate::failure::{Failure, UseCaseError};
use crate::payment::{
    CallOutcome, DispatchError, gateway_unavailable, outcome_of, payment_refused,
};
use crate::ports::Ports;
use crate::property::is_suspended;
use crate::retry::{retry_on_conflict, stored};

/// Errors of accepting a booking request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AcceptError {
    /// No such booking, or the caller is not part of it.
    #[error("no such booking")]
    NotFound,
    /// Only the host can answer a request.
    #[error("only the host can answer a request")]
    Forbidden,
    /// The stored version differs from the expected one.
    #[error("the booking was changed concurrently")]
    Stale,
    /// The booking no longer awaits an answer.
    #[error(transparent)]
    Refused(TransitionError),
    /// The card was declined; the request stays open.
    #[error("the guest's card was declined: {code}")]
    CardRefused {
        /// The gateway's decline code, such as `card_declined`.
        code: String,
    },
    /// The gateway did not respond. The request is accepted as soon as it does; retrying never
    /// charges twice.
    #[error("the payment provider did not respond")]
    Unavailable,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for AcceptError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Stale => Failure::outdated(),
            Self::Refused(error) => error.failure(),
            Self::CardRefused { code } => payment_refused(code),
            Self::Unavailable => gateway_unavailable(),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<TransitionError> for AcceptError {
    fn from(error: TransitionError) -> Self {
        if error == TransitionError::NotAllowed {
            Self::Forbidden
        } else {
            Self::Refused(error)
        }
    }
}

impl From<DispatchError> for AcceptError {
    fn from(error: DispatchError) -> Self {
        match error {
            DispatchError::Unavailable => Self::Unavailable,
            DispatchError::Store(error) => Self::Store(error),
        }
    }
}

/// Accepts a booking request as its host. The capture is stored, sent to the gateway, and its
/// result stored. Until the result is known, the request neither expires nor can be declined;
/// accepting it again resumes the capture.
///
/// # Errors
/// [`AcceptError`].
pub async fn accept(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
) -> Result<BookingView, AcceptError> {
    let (payment, call) = retry_on_conflict(|| decide(ports, actor, id, expected)).await?;
    if let (_, CallOutcome::Refused { code }) = outcome_of(ports, payment, call).await? {
        return Err(AcceptError::CardRefused { code });
    }
    let booking = ports.bookings.get(id).await?.ok_or(AcceptError::NotFound)?;
    if booking.confirmation.is_some() {
        return Ok(BookingView::after_change(ports, actor, &booking).await?);
    }
    // The guest cancelled during the gateway call: the capture is refunded.
    Err(TransitionError::WrongState {
        status: booking.status,
        command: BookingCommand::Accept,
    }
    .into())
}

/// Stores the capture; `None` after a concurrent change. An open capture is reused.
async fn decide(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
) -> Result<Option<(PaymentId, PaymentEntryId)>, AcceptError> {
    let current = BookingWithPayment::load(ports, id)
        .await?
        .ok_or(AcceptError::NotFound)?;
    let party = current
        .booking
        .role_of(actor)
        .ok_or(AcceptError::NotFound)?;
    if let Some(begun) = begun_before(&current) {
        return Ok(Some(begun));
    }
    if let Some(open) = open_capture(&current).filter(|_| party == BookingRole::Host) {
        return Ok(Some(open));
    }
    if current.changed_since(expected) {
        return Err(AcceptError::Stale);
    }
    let now = ports.clock.now();
    let change = current.booking.clone().begin_acceptance(party, now)?;
    if is_suspended(ports, current.booking.property_id).await? {
        return Err(TransitionError::PropertyUnavailable.into());
    }
    let call = PaymentEntryId::new(ports.ids.uuid());
    let reserved = current
        .payment
        .clone()
        .ok_or_else(|| corrupt("it is not paid"))?;
    let payment = reserved.capture_authorized(call, now).map_err(corrupt)?;
    let payment_id = payment.id;
    let commit = current
        .commit(ports, change.with_payment(payment), "accepted", now)
        .await;
    Ok(stored(commit)?.map(|_| (payment_id, call)))
}

/// The capture that an earlier try of the request stored.
fn begun_before(current: &BookingWithPayment) -> Option<(PaymentId, PaymentEntryId)> {
    let capture = attempt::prior()?.charge()?;
    Some((current.payment.as_ref()?.id, capture))
}

/// The open capture that decides the acceptance.
fn open_capture(current: &BookingWithPayment) -> Option<(PaymentId, PaymentEntryId)> {
    let waits = current.booking.status == BookingStatus::AwaitingHost;
    let payment = current.payment.as_ref().filter(|_| waits)?;
    let call = payment
        .pending_calls
        .iter()
        .find(|call| call.kind == GatewayCallKind::Capture)?;
    Some((payment.id, call.id))
}

fn corrupt(error: impl std::fmt::Display) -> RepositoryError {
    RepositoryError::Internal(format!("cannot accept the booking request: {error}"))
}
