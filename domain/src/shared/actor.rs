//! Who asks.

use std::net::IpAddr;

use super::UserId;

/// The logged-in user on whose behalf something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub user_id: UserId,
    /// Whether it may do what operators may.
    pub admin: bool,
    /// From where they ask, where that is known: what the audit log names.
    pub address: Option<IpAddr>,
}

impl Actor {
    /// A member, from nowhere in particular.
    #[must_use]
    pub const fn member(user_id: UserId) -> Self {
        Self {
            user_id,
            admin: false,
            address: None,
        }
    }

    /// An operator, from nowhere in particular.
    #[must_use]
    pub const fn operator(user_id: UserId) -> Self {
        Self {
            user_id,
            admin: true,
            address: None,
        }
    }
}

/// As what somebody acts on a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Party {
    /// Who stays.
    Guest,
    /// Who lets.
    Host,
    /// An operator of the marketplace.
    Admin,
    /// Time, or the marketplace itself.
    System,
}
