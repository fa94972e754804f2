//! What somebody is to be told. Stored with the change that causes it and mailed later.

use super::{BookingId, Email, ReviewId, UserId};

/// Something to tell somebody. The worker turns each into a mail; a one-time token is made only then, so none
/// is ever stored in the clear.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "kind", rename_all = "snake_case")
)]
pub enum Notice {
    /// To a new account: prove that the address is yours.
    VerifyEmail {
        /// The account.
        user_id: UserId,
    },
    /// To an account whose address somebody tried to register again.
    EmailKnown {
        /// The account.
        user_id: UserId,
    },
    /// To whoever has an account with this address, if anybody does: a link to set a new password. Whether
    /// there is one is looked up when the mail is written, so that asking takes as long either way.
    ForgotPassword {
        /// The address, as it was typed.
        email: Email,
    },
    /// To an account whose password is to be set anew.
    ResetPassword {
        /// The account.
        user_id: UserId,
    },
    /// To an account that is entered in another way from now on, so that its owner notices when it was not them.
    SecurityChanged {
        /// The account.
        user_id: UserId,
        /// What changed.
        what: SecurityChange,
    },
    /// To both sides: a booking changed its state.
    BookingChanged {
        /// The booking; what it became is read when the mail is written.
        booking_id: BookingId,
    },
    /// To the one reviewed: a review was published.
    ReviewPublished {
        /// The review.
        review_id: ReviewId,
    },
}

/// What changed about how an account is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum SecurityChange {
    /// Its password is another.
    Password,
    /// A second factor is asked for.
    SecondFactorOn,
    /// No second factor is asked for any more.
    SecondFactorOff,
}
