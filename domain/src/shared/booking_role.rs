//! The roles in which a command is given to a booking.

use crate::shared::string_enum::string_enum;

string_enum! {
    /// The role in which a person acts on a booking.
    BookingRole {
        /// The guest who stays.
        Guest = "guest",
        /// The host of the property.
        Host = "host",
        /// An operator of the marketplace.
        Admin = "admin",
        /// The marketplace itself: time that runs out, or an answer of the payment gateway.
        System = "system",
    }
}
