//! Parties of bookings.

use utoipa::ToSchema;

/// Party that acts on a booking.
#[derive(Debug, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BookingParty)]
pub enum PartySchema {
    /// The guest.
    Guest,
    /// The host.
    Host,
    /// An operator.
    Admin,
    /// The marketplace, such as when a deadline expires.
    System,
}
