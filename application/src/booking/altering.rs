//! What proposing and accepting an alteration share: its errors, its nights, and the charge that decides it.

use chrono::{DateTime, Days, Utc};
use sojourn_domain::booking::{
    Booking, BookingChange, Command, MoveError, NightsChange, PriceError, Refusal,
    alteration_refusals,
};
use sojourn_domain::payment::PaymentError;
use sojourn_domain::property::{Calendar, Property};
use sojourn_domain::shared::{
    CommitError, Guests, Party, PaymentEntryId, Stay, StoreError, Violations,
};

use crate::case::Case;
use crate::payment::{Answer, SettleError, answer_to, follow};
use crate::ports::Ports;
use crate::retry::stored;

/// Why a booking was not altered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AlterError {
    /// There is none, or the asker has no part in it.
    #[error("no such booking")]
    NotFound,
    /// The asker's side may never do this.
    #[error("this side of a booking may not do this")]
    Forbidden,
    /// It is not at the version that the asker saw.
    #[error("the booking changed meanwhile")]
    Stale,
    /// All rules that the altered stay breaks.
    #[error("the stay cannot be booked")]
    Refused(Vec<Refusal>),
    /// Not now.
    #[error(transparent)]
    Move(MoveError),
    /// The altered stay has no price.
    #[error(transparent)]
    Price(PriceError),
    /// The property's prices are in another currency now.
    #[error("the property's prices are in another currency than the booking's")]
    CurrencyChanged,
    /// The guest's card refused the difference; the booking is as it was.
    #[error("the guest's card refused the difference: {code}")]
    CardRefused {
        /// The gateway's code, such as `card_declined`.
        code: String,
    },
    /// The gateway did not answer. The booking is altered as soon as the difference is paid; asking again charges
    /// nothing twice.
    #[error("the payment provider does not answer")]
    Unavailable,
    /// These fields are wrong.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<MoveError> for AlterError {
    fn from(error: MoveError) -> Self {
        if error == MoveError::NotAllowed {
            Self::Forbidden
        } else {
            Self::Move(error)
        }
    }
}

impl From<SettleError> for AlterError {
    fn from(error: SettleError) -> Self {
        match error {
            SettleError::Unavailable => Self::Unavailable,
            SettleError::Store(error) => Self::Store(error),
        }
    }
}

/// A step of an alteration that is stored.
pub(super) struct Altered {
    /// The booking and its payment as they are then.
    pub(super) case: Case,
    /// The charge of the difference, when its answer decides.
    pub(super) charge: Option<PaymentEntryId>,
}

/// The change by which a pending alteration is accepted, with the charge of what it costs more.
pub(super) fn accepted(
    ports: &Ports,
    case: &Case,
    booking: Booking,
    by: Party,
    now: DateTime<Utc>,
) -> Result<(BookingChange, Option<PaymentEntryId>), AlterError> {
    let difference = booking
        .alteration
        .as_ref()
        .map(|asked| asked.difference(&booking.price))
        .transpose();
    let more = difference
        .map_err(MoveError::Money)?
        .filter(|difference| difference.amount() > 0);
    let Some(difference) = more else {
        return Ok((booking.accept_alteration(by, None, now)?, None));
    };
    let call = PaymentEntryId::new(ports.ids.uuid());
    let change = booking.accept_alteration(by, Some(call), now)?;
    let paid = case
        .payment
        .clone()
        .ok_or_else(|| corrupt("it was not paid"))?;
    let payment = paid
        .charge_more(call, difference, now)
        .map_err(|error| match error {
            PaymentError::NoMethod => AlterError::CardRefused {
                code: "invalid_payment_method".to_owned(),
            },
            error => corrupt(error).into(),
        })?;
    Ok((change.paying(payment), Some(call)))
}

/// One change of two that follow each other.
pub(super) fn joined(first: BookingChange, then: BookingChange) -> BookingChange {
    let nights = if then.nights == NightsChange::Keep {
        first.nights
    } else {
        then.nights
    };
    BookingChange { nights, ..then }
}

/// Stores a step; none when something changed meanwhile.
pub(super) async fn store(
    ports: &Ports,
    case: &Case,
    (change, charge): (BookingChange, Option<PaymentEntryId>),
    now: DateTime<Utc>,
) -> Result<Option<Altered>, AlterError> {
    match case.commit(ports, change, "alteration", now).await {
        Err(CommitError::NightsTaken(nights)) => {
            Err(AlterError::Refused(vec![Refusal::NightsTaken(nights)]))
        }
        commit => Ok(stored(commit)?.map(|case| Altered { case, charge })),
    }
}

/// Has the gateway charge or give back the difference, and says what became of the booking.
pub(super) async fn finish(ports: &Ports, altered: Altered) -> Result<Booking, AlterError> {
    let Altered { case, charge } = altered;
    let (Some(call), Some(payment)) = (charge, &case.payment) else {
        follow(ports, case.payment.as_ref()).await;
        return Ok(case.booking);
    };
    if let (_, Answer::Refused { code }) = answer_to(ports, payment.id, call).await? {
        return Err(AlterError::CardRefused { code });
    }
    let booking = ports
        .bookings
        .get(case.booking.id)
        .await?
        .ok_or(AlterError::NotFound)?;
    if !booking.status.is_terminal() {
        return Ok(booking);
    }
    // It ended while the gateway was asked: the difference goes back with the rest.
    Err(MoveError::WrongState {
        status: booking.status,
        command: Command::Alter,
    }
    .into())
}

/// The altered stay's property and its calendar, from the first day that counts to the last, as they look to the
/// booking itself.
pub(super) async fn place(
    ports: &Ports,
    booking: &Booking,
    stay: Stay,
) -> Result<(Property, Calendar), AlterError> {
    let property = ports.properties.get(booking.property_id).await?;
    let property = property.ok_or_else(|| corrupt("its property is gone"))?;
    let beyond = Days::new(u64::from(booking.preparation_nights) + 1);
    let to = stay
        .check_out()
        .checked_add_days(beyond)
        .unwrap_or(stay.check_out());
    let calendar = ports
        .properties
        .calendar(property.id, stay.check_in(), to)
        .await?;
    Ok((property, calendar.without(booking.id)))
}

/// Every rule that the altered stay breaks now.
pub(super) async fn broken(
    ports: &Ports,
    booking: &Booking,
    (stay, guests): (Stay, Guests),
    now: DateTime<Utc>,
) -> Result<Vec<Refusal>, AlterError> {
    let (property, calendar) = place(ports, booking, stay).await?;
    Ok(alteration_refusals(
        booking, &property, &calendar, stay, guests, now,
    ))
}

pub(super) fn corrupt(error: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt(format!("a booking to be altered: {error}"))
}
