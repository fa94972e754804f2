//! Use cases of bookings.

mod accept;
mod alteration;
mod cancel;
mod cancel_as_admin;
mod check_in;
mod check_out;
mod decline;
mod failures;
mod get;
mod list;
mod list_all;
mod no_show;
mod permission;
mod preview_cancellation;
mod reserve;
#[cfg(test)]
mod tests;
mod transition;
mod views;

pub use accept::{AcceptError, accept};
pub use alteration::{
    AlterError, AlterRequest, AlterationPreview, GuestsPatch, accept_alteration, alter,
    decline_alteration, preview_alteration, withdraw_alteration,
};
pub use cancel::{CancelError, cancel};
pub use cancel_as_admin::cancel_as_admin;
pub use check_in::check_in;
pub use check_out::check_out;
pub use decline::{DeclineError, decline};
pub use get::{GetError, get};
pub use list::{ListBookings, list};
pub use list_all::list_all;
pub use no_show::no_show;
pub use permission::{permit, permit_setting_refund};
pub use preview_cancellation::{
    CancellationPreview, CancellationPreviewError, preview_cancellation,
};
pub use reserve::{Reserve, ReserveError, reserve};
pub use transition::BookingTransitionError;
pub use views::{AlterationView, BookingView, CancellationView, GuestView, PriceView};
