//! Bookings over HTTP.

mod accept;
mod accept_alteration;
mod alteration_dto;
mod api;
mod cancel;
mod cancellation;
mod check_in;
mod check_out;
mod decline;
mod decline_alteration;
mod dto;
mod get;
mod input;
mod list;
mod no_show;
mod refused_move;
mod reserve;
mod routes;
mod update;
mod withdraw_alteration;

pub use api::BookingApi;
pub(crate) use dto::{BookingDto, BookingList, PartyWord};
pub(crate) use get::show;
pub use routes::routes;
