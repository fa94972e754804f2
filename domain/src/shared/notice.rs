//! What somebody is to be told. Stored with the change that causes it and mailed later.

use super::{BookingId, ReviewId, UserId};

/// Something to tell somebody. The worker turns each into a mail; a one-time token is made only then, so none
/// is ever stored in the clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// To an account whose password is to be reset.
    ResetPassword {
        /// The account.
        user_id: UserId,
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
