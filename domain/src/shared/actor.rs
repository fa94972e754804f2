//! Who asks.

use super::UserId;

/// The logged-in user on whose behalf something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub user_id: UserId,
    /// Whether it may do what operators may.
    pub admin: bool,
}

/// As what somebody acts on a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
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
