//! Notifications. Stored with the change that causes them and mailed later.

use chrono::{DateTime, Utc};

use crate::shared::email::Email;
use crate::shared::id::{BookingId, ReviewId, UserId};

/// A notification to a user. The worker renders it as a mail; one-time tokens are created only
/// then, so that none is stored in the clear.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "kind", rename_all = "snake_case")
)]
pub enum Notification {
    /// Asks a new account to verify its address.
    VerifyEmail {
        /// The account.
        user_id: UserId,
        /// Time of the registration (UTC). A later registration of the address sends a mail of its
        /// own; absent on notifications stored before it was recorded.
        #[cfg_attr(feature = "serde", serde(default))]
        registered_at: Option<DateTime<Utc>>,
    },
    /// Asks the account with this address, if there is one, to verify it. The account is looked up
    /// when the mail is rendered, so that the request takes the same time either way.
    ResendVerification {
        /// Address as entered.
        email: Email,
    },
    /// Informs an account that its address was registered again.
    EmailKnown {
        /// The account.
        user_id: UserId,
    },
    /// Sends a link for a new password if an account with this address exists. The account is
    /// looked up when the mail is rendered, so that the request takes the same time either way.
    ForgotPassword {
        /// Address as entered.
        email: Email,
    },
    /// Sends a link for a new password to an account.
    ResetPassword {
        /// The account.
        user_id: UserId,
    },
    /// Sends a link that makes the address that of an account, unless it belongs to another one by then.
    ChangeEmail {
        /// The account.
        user_id: UserId,
        /// The new address.
        email: Email,
    },
    /// Informs the present address of an account that another one is to replace it.
    EmailChangeRequested {
        /// The account.
        user_id: UserId,
        /// The present address.
        email: Email,
    },
    /// Informs an account of a change of its login, so that its owner notices an unauthorized one.
    SecurityChanged {
        /// The account.
        user_id: UserId,
        /// The change.
        what: SecurityChange,
    },
    /// Informs both sides that a booking changed its state.
    BookingChanged {
        /// The booking; its state is read when the mail is rendered.
        booking_id: BookingId,
    },
    /// Informs the addressee that a review was published.
    ReviewPublished {
        /// The review.
        review_id: ReviewId,
    },
}

impl Notification {
    /// Returns `true` if both the guest and the host of a booking are notified.
    #[must_use]
    pub const fn is_for_both_sides(&self) -> bool {
        matches!(self, Self::BookingChanged { .. })
    }
}

/// Change of an account's login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum SecurityChange {
    /// The password was changed.
    Password,
    /// The second factor was enabled.
    SecondFactorOn,
    /// The second factor was disabled.
    SecondFactorOff,
    /// Wrong codes were sent with the right password.
    WrongCodes,
}
