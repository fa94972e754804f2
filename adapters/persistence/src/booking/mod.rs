//! Bookings, with the payments that are loaded and stored with them.

mod conditions;
pub(crate) mod guest_activity;
mod list;
#[cfg(test)]
mod list_tests;
pub(crate) mod night_claims;
mod payment_repository;
mod preconditions;
pub(crate) mod queries;
pub(crate) mod repository;
pub(crate) mod row;
mod stored_history;
