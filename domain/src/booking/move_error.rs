//! Why a booking cannot be moved.

use chrono::{DateTime, Utc};

use super::{Command, Status};
use crate::shared::MoneyError;

/// Why a booking cannot be moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoveError {
    /// This party may never do it.
    #[error("this side of a booking may not do this")]
    NotAllowed,
    /// Not in the state it is in.
    #[error("a booking that is {status} cannot do this")]
    WrongState {
        /// Where it is.
        status: Status,
        /// What was asked.
        command: Command,
    },
    /// Not yet.
    #[error("not before {from}")]
    TooEarly {
        /// From this instant on.
        from: DateTime<Utc>,
    },
    /// Not any more.
    #[error("not after {until}")]
    TooLate {
        /// Until this instant.
        until: DateTime<Utc>,
    },
    /// The property cannot be booked.
    #[error("the property cannot be booked")]
    NotBookable,
    /// No alteration awaits this.
    #[error("no alteration of the booking awaits an answer")]
    NoAlteration,
    /// The other side's alteration awaits an answer, or one is being charged.
    #[error("another alteration of the booking is not settled yet")]
    AlterationPending,
    /// A stay that has begun: its first day and its guests stay, and it ends tomorrow at the earliest.
    #[error("of a stay that has begun only the check-out changes, to a day after today")]
    CheckOutOnly,
    /// Dates and guests are what they were.
    #[error("dates and guests are what they were")]
    NothingToAlter,
    /// The alteration costs more, so it is accepted with a charge of the difference.
    #[error("the difference has to be charged")]
    ChargeNeeded,
    /// Amounts do not fit together.
    #[error(transparent)]
    Money(#[from] MoneyError),
}
