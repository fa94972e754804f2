//! Bookings, with the payments that are loaded and stored with them.

mod conditions;
pub(crate) mod night_claims;
mod payment_repository;
pub(crate) mod queries;
pub(crate) mod recent_holds;
pub(crate) mod repository;
pub(crate) mod row;
mod stored_history;
