//! The roles in which a command is given to a booking.

/// The role in which a person acts on a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum BookingRole {
    /// The guest who stays.
    Guest,
    /// The host of the property.
    Host,
    /// An operator of the marketplace.
    Admin,
    /// The marketplace itself: time that runs out, or an answer of the payment gateway.
    System,
}
