//! Use cases of bookings.

mod accept;
mod accept_alteration;
mod alter;
#[cfg(test)]
mod alteration_tests;
mod altering;
#[cfg(test)]
mod audit_tests;
mod cancel;
mod cancellation;
mod check_in;
mod check_out;
mod decline;
mod decline_alteration;
#[cfg(test)]
mod flow_stores;
#[cfg(test)]
mod flow_tests;
#[cfg(test)]
mod flow_world;
mod get;
mod list;
#[cfg(test)]
mod money_tests;
mod moving;
mod no_show;
#[cfg(test)]
mod race_tests;
#[cfg(test)]
mod request_tests;
mod reserve;
mod withdraw_alteration;

pub use accept::{AcceptError, accept};
pub use accept_alteration::accept_alteration;
pub use alter::{AlterRequest, GuestsPatch, alter};
pub use altering::AlterError;
pub use cancel::{CancelError, cancel};
pub use cancellation::{Preview, PreviewError, cancellation};
pub use check_in::check_in;
pub use check_out::check_out;
pub use decline::{DeclineError, decline};
pub use decline_alteration::decline_alteration;
pub use get::{BookingView, GetError, get};
pub(crate) use list::views;
pub use list::{ListBookings, list};
pub use moving::MoveBookingError;
pub use no_show::no_show;
pub use reserve::{Reserve, ReserveError, reserve};
pub use withdraw_alteration::withdraw_alteration;
