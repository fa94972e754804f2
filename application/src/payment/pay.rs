//! Paying a booking.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, BookingStatus, TransitionError};
use sojourn_domain::payment::{GatewayCall, GatewayCallKind, Payment, PaymentStatus};
use sojourn_domain::property::BookingMode;
use sojourn_domain::shared::{
    Actor, BookingId, BookingRole, PaymentEntryId, PaymentId, RepositoryError, Violations,
};

use super::DispatchError;
use super::dispatch_calls::{CallOutcome, outcome_of};
use super::failures::{gateway_unavailable, payment_refused};
use super::refused_cards::{card_limit, seconds_until_next_card, too_many_refused_cards};
use super::views::PaymentView;
use crate::attempt;
use crate::booking_with_payment::BookingWithPayment;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::property::is_suspended;
use crate::retry::{retry_on_conflict, stored};

/// A payment request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pay {
    /// The booking.
    pub booking_id: BookingId,
    /// The gateway's card token.
    pub method: String,
}

/// Errors of paying a booking.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayError {
    /// No such booking, or the caller is not part of it.
    #[error("no such booking")]
    NotFound,
    /// Only the guest can pay.
    #[error("only the guest can pay for a booking")]
    Forbidden,
    /// The booking does not await payment.
    #[error("a booking with status {0} cannot be paid")]
    WrongState(BookingStatus),
    /// The property is suspended.
    #[error("the property is suspended")]
    PropertyUnavailable,
    /// The payment was declined; the hold stays, and another card can be tried.
    #[error("the payment was declined: {code}")]
    Refused {
        /// The gateway's decline code, such as `card_declined`.
        code: String,
    },
    /// Too many cards were refused, and the hold has ended; holds the seconds until another card may be tried.
    #[error("too many cards were refused; try again in {0} seconds")]
    TooManyRefusedCards(u32),
    /// The hold expired during the gateway call; a captured amount is refunded.
    #[error("the hold expired before the payment was captured; the payment is refunded")]
    HoldExpired,
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The gateway did not respond. Retrying never charges twice.
    #[error("the payment provider did not respond")]
    Unavailable,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for PayError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::WrongState(status) => {
                let detail = format!("A booking with the status {status} cannot be paid.");
                Failure::conflict("wrong_state", detail).with_member("state", status.as_str())
            }
            Self::Refused { code } => payment_refused(code),
            Self::TooManyRefusedCards(seconds) => too_many_refused_cards(*seconds),
            Self::PropertyUnavailable => TransitionError::PropertyUnavailable.failure(),
            Self::HoldExpired => {
                let detail = "The hold expired before the payment completed. The payment is refunded; book again.";
                Failure::conflict("hold_expired", detail)
            }
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Unavailable => gateway_unavailable(),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<DispatchError> for PayError {
    fn from(error: DispatchError) -> Self {
        match error {
            DispatchError::Unavailable => Self::Unavailable,
            DispatchError::Store(error) => Self::Store(error),
        }
    }
}

/// A stored charge, and whether this request created it.
struct Intent {
    payment_id: PaymentId,
    call_id: PaymentEntryId,
    own: bool,
}

/// Charges the guest: the charge is stored, sent to the gateway, and its result stored. An open
/// charge of an earlier request is completed first and counts for this request if it succeeds.
///
/// # Errors
/// [`PayError`].
pub async fn pay(ports: &Ports, actor: &Actor, command: Pay) -> Result<PaymentView, PayError> {
    let mut found = Violations::new();
    found.line("/payment_method", &command.method, 200);
    found.into_result(()).map_err(PayError::Invalid)?;
    let command = &command;
    // An open charge of an earlier request is completed before a new one is made.
    for _ in 0..8 {
        let intent = retry_on_conflict(|| decide(ports, actor, command)).await?;
        match outcome_of(ports, intent.payment_id, intent.call_id).await? {
            (payment, CallOutcome::Succeeded) => {
                let paid = paid_in_time(ports, payment, command.booking_id).await?;
                return Ok(PaymentView::from(&paid));
            }
            (_, CallOutcome::Refused { code }) if intent.own => {
                return Err(PayError::Refused { code });
            }
            (_, CallOutcome::Refused { .. }) => {}
        }
    }
    Err(
        RepositoryError::Unavailable("too many concurrent payments of the same booking".to_owned())
            .into(),
    )
}

/// Stores the charge; `None` after a concurrent change.
async fn decide(ports: &Ports, actor: &Actor, command: &Pay) -> Result<Option<Intent>, PayError> {
    let current = BookingWithPayment::load(ports, command.booking_id)
        .await?
        .ok_or(PayError::NotFound)?;
    let (booking, paid) = (&current.booking, &current.payment);
    match booking.role_of(actor).ok_or(PayError::NotFound)? {
        BookingRole::Guest => {}
        BookingRole::Host | BookingRole::Admin | BookingRole::System => {
            return Err(PayError::Forbidden);
        }
    }
    if let Some(begun) = begun_before(&current) {
        return Ok(Some(begun));
    }
    let open = paid
        .as_ref()
        .and_then(|payment| Some((payment.id, open_charge(payment)?)));
    let first = booking.confirmation.is_none() && booking.requested_at.is_none();
    if let Some((payment_id, call_id)) = open.filter(|_| first) {
        return Ok(Some(Intent {
            payment_id,
            call_id,
            own: false,
        }));
    }
    let now = ports.clock.now();
    let status = booking.status;
    require_payable(ports, booking, now).await?;
    if let Some(seconds) = seconds_until_next_card(ports, &current, now).await? {
        let ended = end_hold(ports, &current, now).await?;
        return ended.map_or(Ok(None), |()| Err(PayError::TooManyRefusedCards(seconds)));
    }
    let call = new_call(ports, booking, &command.method);
    let call_id = call.id;
    let payment = charged(ports, booking, paid.clone(), call)?;
    let payment_id = payment.id;
    let change = booking
        .clone()
        .begin_payment(payment, now)
        .map_err(|_| PayError::WrongState(status))?
        .requiring(card_limit(ports, now));
    let commit = current.commit(ports, change, "payment", now).await;
    Ok(stored(commit)?.map(|_| Intent {
        payment_id,
        call_id,
        own: true,
    }))
}

/// Ends the hold; `None` after a concurrent change. A repeated request finds it ended, and gets the same answer.
async fn end_hold(
    ports: &Ports,
    current: &BookingWithPayment,
    now: DateTime<Utc>,
) -> Result<Option<()>, RepositoryError> {
    let ended = current.booking.clone().end_hold_after_refused_cards(now);
    let change = ended.map_err(|error| RepositoryError::Internal(error.to_string()))?;
    let commit = current.commit(ports, change, "refused cards", now);
    Ok(stored(attempt::outside(commit).await)?.map(drop))
}

/// Refuses the payment of a booking that is not held, or whose property is suspended.
async fn require_payable(
    ports: &Ports,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<(), PayError> {
    if booking.is_ended_by_refused_cards() {
        let pause = ports.terms.released_nights_minutes.saturating_mul(60);
        return Err(PayError::TooManyRefusedCards(pause.max(1)));
    }
    match booking.hold_expires_at() {
        None => return Err(PayError::WrongState(booking.status)),
        Some(end) if now > end => return Err(PayError::WrongState(BookingStatus::Expired)),
        Some(_) => {}
    }
    if is_suspended(ports, booking.property_id).await? {
        return Err(PayError::PropertyUnavailable);
    }
    Ok(())
}

/// The booking's payment with a new charge: its first one, or another after a refusal.
fn charged(
    ports: &Ports,
    booking: &Booking,
    payment: Option<Payment>,
    call: GatewayCall,
) -> Result<Payment, PayError> {
    match payment {
        None => Payment::begin(
            PaymentId::new(ports.ids.uuid()),
            booking.id,
            booking.property_id,
            call,
        ),
        Some(payment) if payment.status() == PaymentStatus::Failed => payment.retry(call),
        Some(_) => return Err(PayError::WrongState(booking.status)),
    }
    .map_err(|error| RepositoryError::Internal(error.to_string()).into())
}

/// The charge that an earlier try of the request stored.
fn begun_before(current: &BookingWithPayment) -> Option<Intent> {
    let call_id = attempt::prior()?.charge()?;
    Some(Intent {
        payment_id: current.payment.as_ref()?.id,
        call_id,
        own: true,
    })
}

/// The charge without a gateway result.
fn open_charge(payment: &Payment) -> Option<PaymentEntryId> {
    let charges = |call: &&GatewayCall| {
        matches!(
            call.kind,
            GatewayCallKind::Authorize | GatewayCallKind::Capture
        )
    };
    payment
        .pending_calls
        .iter()
        .find(charges)
        .map(|call| call.id)
}

fn new_call(ports: &Ports, booking: &Booking, method: &str) -> GatewayCall {
    let kind = match booking.mode {
        BookingMode::Instant => GatewayCallKind::Capture,
        BookingMode::Request => GatewayCallKind::Authorize,
    };
    GatewayCall {
        id: PaymentEntryId::new(ports.ids.uuid()),
        kind,
        amount: booking.price.total,
        method: Some(method.to_owned()),
        reason: None,
        at: ports.clock.now(),
        against: None,
        borne_by: None,
    }
}

/// The payment, if it arrived in time: the booking is confirmed or awaits its host.
async fn paid_in_time(ports: &Ports, payment: Payment, id: BookingId) -> Result<Payment, PayError> {
    let booking = ports.bookings.get(id).await?.ok_or(PayError::NotFound)?;
    if booking.confirmation.is_some() || booking.requested_at.is_some() {
        return Ok(payment);
    }
    match booking.status {
        BookingStatus::Expired | BookingStatus::PendingPayment => Err(PayError::HoldExpired),
        status => Err(PayError::WrongState(status)),
    }
}
