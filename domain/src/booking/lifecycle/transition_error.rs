//! Errors of booking transitions.

use chrono::{DateTime, Utc};

use crate::booking::lifecycle::transitions::{BookingCommand, BookingStatus};
use crate::shared::id::BookingId;
use crate::shared::money::MoneyError;

/// Reason for which a transition of a booking is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransitionError {
    /// The role may never give this command.
    #[error("your role in this booking does not allow this")]
    NotAllowed,
    /// The command does not apply in the current state.
    #[error("not possible for a booking with the status {status}")]
    WrongState {
        /// Current state.
        status: BookingStatus,
        /// Attempted command.
        command: BookingCommand,
    },
    /// The command is given too early.
    #[error("not possible before {from}")]
    TooEarly {
        /// First instant at which it is allowed (UTC).
        from: DateTime<Utc>,
    },
    /// The host checks out before the day of departure.
    #[error("the host cannot check out before the day of departure ({from})")]
    BeforeDeparture {
        /// First instant at which the host may check out (UTC).
        from: DateTime<Utc>,
    },
    /// The property is suspended.
    #[error("the property is suspended")]
    PropertyUnavailable,
    /// The command is given too late.
    #[error("not possible after {until}")]
    TooLate {
        /// Last instant at which it was allowed (UTC).
        until: DateTime<Utc>,
    },
    /// The host must accept the request before it is confirmed.
    #[error("the host must accept the request first")]
    AwaitsHost,
    /// The payment belongs to another booking, or has another currency.
    #[error("the payment belongs to another booking")]
    ForeignPayment,
    /// The price was calculated for another booking.
    #[error("the price was calculated for the booking {priced}")]
    ForeignPrice {
        /// Booking that was priced.
        priced: BookingId,
    },
    /// No alteration is open for this command.
    #[error("the booking has no pending alteration")]
    NoAlteration,
    /// The other side's alteration awaits an answer, or an alteration is being charged.
    #[error("another alteration of the booking is pending")]
    AlterationPending,
    /// The stay has begun: its check-in and guests are fixed, and its check-out must be after
    /// today.
    #[error("the stay has begun: only its check-out can change, to a date after today")]
    CheckOutOnly,
    /// The alteration changes neither dates nor guests.
    #[error("the dates and guests are unchanged")]
    NothingToAlter,
    /// As many alterations were applied to the booking as its terms allow.
    #[error("the booking was already changed {limit} times")]
    TooManyAlterations {
        /// The most alterations of a booking.
        limit: u32,
    },
    /// The alteration costs more and needs a charge of the difference.
    #[error("the difference in price must be charged")]
    ChargeNeeded,
    /// Amounts cannot be combined.
    #[error(transparent)]
    Money(#[from] MoneyError),
}
