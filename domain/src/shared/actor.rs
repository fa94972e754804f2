//! Actors and their roles in a booking.

use std::net::IpAddr;

use crate::shared::id::UserId;

/// The logged-in user on whose behalf something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Actor {
    /// The account.
    pub user_id: UserId,
    /// True for admins.
    pub admin: bool,
    /// Network address of the request, if known; recorded in the audit log.
    pub address: Option<IpAddr>,
}

impl Actor {
    /// A member without a known address.
    #[must_use]
    pub const fn member(user_id: UserId) -> Self {
        Self {
            user_id,
            admin: false,
            address: None,
        }
    }

    /// An admin without a known address.
    #[must_use]
    pub const fn operator(user_id: UserId) -> Self {
        Self {
            user_id,
            admin: true,
            address: None,
        }
    }
}
