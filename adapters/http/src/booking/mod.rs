//! Bookings over HTTP.

mod api;
mod cancel;
mod cancellation;
mod check_in;
mod check_out;
mod dto;
mod get;
mod list;
mod no_show;
mod refused_move;
mod reserve;
mod routes;

pub use api::BookingApi;
pub use routes::routes;
