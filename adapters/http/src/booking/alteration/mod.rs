//! Alterations of bookings over HTTP.

pub(super) mod accept;
pub(super) mod decline;
mod dto;
mod input;
pub(super) mod preview;
pub(super) mod update;
pub(super) mod withdraw;

pub use dto::AlterationDto;
