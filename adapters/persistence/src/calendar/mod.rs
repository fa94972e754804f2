//! The calendars of properties: rules of nights, and claims on them.

pub(crate) mod claims;
pub(crate) mod queries;
pub(crate) mod repository;
pub(crate) mod row;
