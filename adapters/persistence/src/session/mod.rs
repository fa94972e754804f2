//! Login sessions and their refresh tokens.

pub(crate) mod account_state;
pub(crate) mod known_addresses;
pub(crate) mod repository;
pub(crate) mod rotation;
pub(crate) mod row;
