//! Shared parts of proposing and accepting an alteration: errors, nights, and the decisive charge.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{
    Booking, BookingChange, BookingCommand, BookingCommitError, PriceError, TransitionError,
    Unavailable, check_alteration,
};
use sojourn_domain::ledger::owed_to_guest;
use sojourn_domain::payment::PaymentError;
use sojourn_domain::property::{Calendar, Property};
use sojourn_domain::shared::{
    Actor, BookingRole, Guests, Money, PaymentEntryId, RepositoryError, Stay, Violations,
};

use crate::booking::failures::price_changed;
use crate::booking::views::BookingView;
use crate::booking_with_payment::BookingWithPayment;
use crate::failure::{Failure, FailureKind, UseCaseError};
use crate::payment::{
    CallOutcome, DispatchError, card_limit, dispatch_best_effort, gateway_unavailable, outcome_of,
    payment_refused, seconds_until_next_card, too_many_refused_cards,
};
use crate::ports::Ports;
use crate::retry::stored;

/// Errors of altering a booking.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AlterError {
    /// No such booking, or the caller is not part of it.
    #[error("no such booking")]
    NotFound,
    /// The caller's role may never do this.
    #[error("the caller's role in the booking does not allow this")]
    Forbidden,
    /// The stored version differs from the expected one.
    #[error("the booking was changed concurrently")]
    Stale,
    /// All violated availability rules.
    #[error("the stay cannot be booked")]
    Refused(Vec<Unavailable>),
    /// Not allowed in the booking's current state.
    #[error(transparent)]
    Move(TransitionError),
    /// The altered stay cannot be priced.
    #[error(transparent)]
    Price(PriceError),
    /// The new total, which differs from the expected one.
    #[error("the price has changed to {0}")]
    PriceChanged(Money),
    /// The card was declined for the difference; the booking stays unchanged.
    #[error("the guest's card was declined for the difference: {code}")]
    CardRefused {
        /// The gateway's decline code, such as `card_declined`.
        code: String,
    },
    /// Too many cards were refused; holds the seconds until another one may be tried.
    #[error("too many cards were refused; try again in {0} seconds")]
    TooManyRefusedCards(u32),
    /// Too many alterations were proposed; holds the seconds until the next one.
    #[error("too many alterations were proposed; try again in {0} seconds")]
    TooManyProposals(u32),
    /// The gateway did not respond. The alteration applies as soon as the difference is paid;
    /// retrying never charges twice.
    #[error("the payment provider did not respond")]
    Unavailable,
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for AlterError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Stale => Failure::outdated(),
            Self::Refused(refusals) => refusals.failure(),
            Self::Move(error) => error.failure(),
            Self::Price(error) => error.failure(),
            Self::PriceChanged(total) => price_changed(*total),
            Self::CardRefused { code } => payment_refused(code),
            Self::TooManyRefusedCards(seconds) => too_many_refused_cards(*seconds),
            Self::TooManyProposals(seconds) => too_many_proposals(*seconds),
            Self::Unavailable => gateway_unavailable(),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<TransitionError> for AlterError {
    fn from(error: TransitionError) -> Self {
        if error == TransitionError::NotAllowed {
            Self::Forbidden
        } else {
            Self::Move(error)
        }
    }
}

impl From<DispatchError> for AlterError {
    fn from(error: DispatchError) -> Self {
        match error {
            DispatchError::Unavailable => Self::Unavailable,
            DispatchError::Store(error) => Self::Store(error),
        }
    }
}

fn too_many_proposals(seconds: u32) -> Failure {
    Failure::new(
        FailureKind::Throttled(seconds),
        "too_many_proposals",
        "Too many changes of this booking were proposed today. Try again later.",
    )
}

/// A stored step of an alteration.
pub(super) struct AlteredBooking {
    /// The booking and its payment after the step.
    pub(super) current: BookingWithPayment,
    /// The charge of the difference, if its result decides the alteration.
    pub(super) charge: Option<PaymentEntryId>,
}

/// The change that accepts a pending alteration, with the charge of the additional cost to this
/// card, or to the one that was named with the proposal, or to the booking's. What is still owed to
/// the guest after a refused refund pays for it first.
pub(super) fn accept_change(
    ports: &Ports,
    current: &BookingWithPayment,
    booking: &Booking,
    by: BookingRole,
    method: Option<String>,
    now: DateTime<Utc>,
) -> Result<(BookingChange, Option<PaymentEntryId>), AlterError> {
    let asked = booking.alteration.as_ref();
    let difference = asked
        .map(|asked| asked.difference(&booking.price))
        .transpose()
        .map_err(TransitionError::Money)?;
    let Some(difference) = difference.filter(|difference| difference.amount() > 0) else {
        return Ok((booking.accept_alteration(by, None, now)?, None));
    };
    let method = method.or_else(|| asked.and_then(|asked| asked.payment_method.clone()));
    let owed = owed_to_guest(current.funds()).map_err(corrupt)?;
    let due = difference.amount() - owed.amount().max(0);
    if due <= 0 {
        return Ok((booking.accept_covered_alteration(by, now)?, None));
    }
    let call = PaymentEntryId::new(ports.ids.uuid());
    let change = booking.accept_alteration(by, Some(call), now)?;
    let paid = current
        .payment
        .clone()
        .ok_or_else(|| corrupt("it was not paid"))?;
    let due = Money::new(due, difference.currency());
    let payment = paid
        .charge_more(call, due, method, now)
        .map_err(|error| match error {
            PaymentError::NoMethod => AlterError::CardRefused {
                code: "invalid_payment_method".to_owned(),
            },
            error => corrupt(error).into(),
        })?;
    Ok((change.with_payment(payment), Some(call)))
}

/// Stores a step; `None` after a concurrent change.
pub(super) async fn commit_step(
    ports: &Ports,
    current: &BookingWithPayment,
    (change, charge): (BookingChange, Option<PaymentEntryId>),
    now: DateTime<Utc>,
) -> Result<Option<AlteredBooking>, AlterError> {
    if charge.is_some()
        && let Some(seconds) = seconds_until_next_card(ports, current, now).await?
    {
        return Err(AlterError::TooManyRefusedCards(seconds));
    }
    let limit = charge.and_then(|_| card_limit(ports, now));
    let change = change.requiring(limit);
    match current.commit(ports, change, "alteration", now).await {
        Err(BookingCommitError::NightsTaken(nights)) => {
            Err(AlterError::Refused(vec![Unavailable::NightsTaken(nights)]))
        }
        commit => Ok(stored(commit)?.map(|current| AlteredBooking { current, charge })),
    }
}

/// Charges or refunds the difference through the gateway and returns the resulting booking.
pub(super) async fn complete(
    ports: &Ports,
    actor: &Actor,
    altered: AlteredBooking,
) -> Result<BookingView, AlterError> {
    let AlteredBooking { current, charge } = altered;
    let (Some(call), Some(payment)) = (charge, &current.payment) else {
        dispatch_best_effort(ports, current.payment.as_ref()).await;
        return Ok(BookingView::after_change(ports, actor, &current.booking).await?);
    };
    if let (_, CallOutcome::Refused { code }) = outcome_of(ports, payment.id, call).await? {
        return Err(AlterError::CardRefused { code });
    }
    let booking = ports
        .bookings
        .get(current.booking.id)
        .await?
        .ok_or(AlterError::NotFound)?;
    if !booking.status.is_terminal() {
        return Ok(BookingView::after_change(ports, actor, &booking).await?);
    }
    // The booking ended during the gateway call: the difference is refunded with the rest.
    Err(TransitionError::WrongState {
        status: booking.status,
        command: BookingCommand::Alter,
    }
    .into())
}

/// The property and its calendar over all relevant dates, without the booking's own claims.
pub(super) async fn load_property_and_calendar(
    ports: &Ports,
    booking: &Booking,
    stay: Stay,
) -> Result<(Property, Calendar), AlterError> {
    let property = ports.properties.get(booking.property_id).await?;
    let property = property.ok_or_else(|| corrupt("its property does not exist"))?;
    let (from, to) = Calendar::range_of(stay, booking.preparation_nights);
    let calendar = ports.properties.calendar(property.id, from, to).await?;
    Ok((property, calendar.without(booking.id)))
}

/// All availability rules that the altered stay currently violates.
pub(super) async fn violations(
    ports: &Ports,
    booking: &Booking,
    (stay, guests): (Stay, Guests),
    now: DateTime<Utc>,
) -> Result<Vec<Unavailable>, AlterError> {
    let (property, calendar) = load_property_and_calendar(ports, booking, stay).await?;
    let found = check_alteration(booking, &property, &calendar, stay, guests, now)
        .map_err(RepositoryError::from)?;
    Ok(found)
}

pub(super) fn corrupt(error: impl std::fmt::Display) -> RepositoryError {
    RepositoryError::Internal(format!("cannot alter the booking: {error}"))
}
