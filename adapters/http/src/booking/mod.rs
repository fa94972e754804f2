//! Bookings over HTTP.

mod accept;
mod admin_cancel;
mod admin_list;
mod alteration;
mod cancel;
mod check_in;
mod check_out;
mod decline;
mod dto;
mod expand;
mod filters;
mod get;
mod list;
mod no_show;
mod operations;
mod preview_cancellation;
mod reserve;

pub(crate) use dto::BookingDto;
pub use operations::operations;
