//! Accepting a request: what the guest's card has reserved is taken, and the booking is certain.

use sojourn_domain::booking::{Booking, Command, MoveError, Status};
use sojourn_domain::payment::CallKind;
use sojourn_domain::shared::{Actor, BookingId, Party, PaymentEntryId, PaymentId, StoreError};

use crate::case::Case;
use crate::payment::{Answer, SettleError, answer_to};
use crate::ports::Ports;
use crate::retry::{retrying_stale, stored};

/// Why a request was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AcceptError {
    /// There is none, or the asker has no part in it.
    #[error("no such booking")]
    NotFound,
    /// Only the host answers a request.
    #[error("only the host answers a request")]
    Forbidden,
    /// It is not at the version that the asker saw.
    #[error("the booking changed meanwhile")]
    Stale,
    /// It awaits no answer, or not any more.
    #[error(transparent)]
    Refused(MoveError),
    /// The guest's card refused; the request stays open.
    #[error("the guest's card refused: {code}")]
    CardRefused {
        /// The gateway's code, such as `card_declined`.
        code: String,
    },
    /// The gateway did not answer. It is accepted as soon as it does; asking again charges nothing twice.
    #[error("the payment provider does not answer")]
    Unavailable,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<MoveError> for AcceptError {
    fn from(error: MoveError) -> Self {
        if error == MoveError::NotAllowed {
            Self::Forbidden
        } else {
            Self::Refused(error)
        }
    }
}

impl From<SettleError> for AcceptError {
    fn from(error: SettleError) -> Self {
        match error {
            SettleError::Unavailable => Self::Unavailable,
            SettleError::Store(error) => Self::Store(error),
        }
    }
}

/// The host accepts a request. The capture is stored, then asked of the gateway, then its answer stored; while it
/// is open the request neither expires nor can be declined, and accepting it again finishes it.
///
/// # Errors
/// [`AcceptError`].
pub async fn accept(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
) -> Result<Booking, AcceptError> {
    let (payment, call) = retrying_stale(|| decide(ports, actor, id, expected)).await?;
    if let (_, Answer::Refused { code }) = answer_to(ports, payment, call).await? {
        return Err(AcceptError::CardRefused { code });
    }
    let booking = ports.bookings.get(id).await?.ok_or(AcceptError::NotFound)?;
    if booking.confirmation.is_some() {
        return Ok(booking);
    }
    // The guest cancelled while the gateway was asked: the capture goes back.
    Err(MoveError::WrongState {
        status: booking.status,
        command: Command::Accept,
    }
    .into())
}

/// Stores the capture; none when something changed meanwhile. One that is open already is taken for it.
async fn decide(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    expected: Option<i64>,
) -> Result<Option<(PaymentId, PaymentEntryId)>, AcceptError> {
    let case = Case::of(ports, id).await?.ok_or(AcceptError::NotFound)?;
    let party = case.booking.party_of(actor).ok_or(AcceptError::NotFound)?;
    if let Some(open) = open_capture(&case).filter(|_| party == Party::Host) {
        return Ok(Some(open));
    }
    if case.changed_since(expected) {
        return Err(AcceptError::Stale);
    }
    let now = ports.clock.now();
    let change = case.booking.clone().accepting(party, now)?;
    let call = PaymentEntryId::new(ports.ids.uuid());
    let reserved = case.payment.clone().ok_or_else(|| corrupt("is not paid"))?;
    let payment = reserved.capture_authorized(call, now).map_err(corrupt)?;
    let payment_id = payment.id;
    let commit = case
        .commit(ports, change.paying(payment), "accepted", now)
        .await;
    Ok(stored(commit)?.map(|_| (payment_id, call)))
}

/// The capture by which the request is being accepted.
fn open_capture(case: &Case) -> Option<(PaymentId, PaymentEntryId)> {
    let waits = case.booking.status == Status::AwaitingHost;
    let payment = case.payment.as_ref().filter(|_| waits)?;
    let call = payment
        .calls
        .iter()
        .find(|call| call.kind == CallKind::Capture)?;
    Some((payment.id, call.id))
}

fn corrupt(error: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt(format!("a request that awaits its host: {error}"))
}
