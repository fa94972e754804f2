//! What people do with bookings.

mod cancel;
mod cancellation;
mod check_in;
mod check_out;
#[cfg(test)]
mod flow_tests;
#[cfg(test)]
mod flow_world;
mod get;
mod list;
mod moving;
mod no_show;
mod reserve;

pub use cancel::{CancelError, cancel};
pub use cancellation::{Preview, PreviewError, cancellation};
pub use check_in::check_in;
pub use check_out::check_out;
pub use get::{BookingView, GetError, get};
pub use list::{ListBookings, list};
pub use moving::MoveBookingError;
pub use no_show::no_show;
pub use reserve::{Reserve, ReserveError, reserve};
