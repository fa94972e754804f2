//! Identifiers: UUIDs with a type for each kind of resource.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// The text is not a UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid UUID")]
pub struct IdError;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID. New ones are version 7, so that they sort by creation time.
            #[must_use]
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The wrapped UUID.
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

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
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
    /// Identifier of an account.
    UserId,
    /// Identifier of a property.
    PropertyId,
    /// Identifier of a booking.
    BookingId,
    /// Identifier of a payment.
    PaymentId,
    /// Identifier of a payment entry, such as a capture or refund.
    PaymentEntryId,
    /// Identifier of an alteration.
    AlterationId,
    /// Identifier of a payout.
    PayoutId,
    /// Identifier of a review.
    ReviewId,
    /// Identifier of a login session.
    SessionId,
    /// Identifier of a background job.
    JobId,
    /// Identifier of a wish list.
    WishlistId,
}
