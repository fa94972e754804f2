//! The import of many things at once.

pub(crate) mod bookings;
pub(crate) mod calendars;
pub(crate) mod existing;
pub(crate) mod payments;
pub(crate) mod properties;
pub(crate) mod repository;
pub(crate) mod reviews;
pub(crate) mod users;
