//! Bookings.

pub(crate) mod night_claims;
pub(crate) mod queries;
pub(crate) mod repository;
pub(crate) mod row;
mod stored_history;
