//! Bookings over HTTP.

mod accept;
pub(crate) mod admin_cancel;
pub(crate) mod admin_list;
mod alteration;
mod api;
mod cancel;
mod check_in;
mod check_out;
mod decline;
mod dto;
mod get;
mod list;
mod no_show;
mod preview_cancellation;
mod reserve;
mod routes;

pub use api::BookingApi;
pub(crate) use dto::{BookingDto, PartySchema};
pub use routes::routes;
