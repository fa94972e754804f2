//! Identifiers: UUIDs with the type of what they name, so that one cannot be passed for another.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// The text is no UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a UUID")]
pub struct IdError;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID; new ones are version 7, so that they sort by the time they were made.
            #[must_use]
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID inside.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Uuid::try_parse(text).map(Self).map_err(|_| IdError)
            }
        }
    )+};
}

ids! {
    /// Names an account.
    UserId,
    /// Names a bookable place.
    PropertyId,
    /// Names a booking.
    BookingId,
    /// Names the payment of a booking.
    PaymentId,
    /// Names one entry of a payment: a capture, a refund …
    PaymentEntryId,
    /// Names a change of a booking's dates or party that one side proposed.
    AlterationId,
    /// Names a sum that a host is to be paid.
    PayoutId,
    /// Names a review.
    ReviewId,
    /// Names a login session.
    SessionId,
    /// Names a background job.
    JobId,
}
