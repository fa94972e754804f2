//! Shared by the security tests.

pub mod authenticator;
pub mod clock;
pub mod fixtures;
pub mod operations;
pub mod process;
pub mod raw_tables;
pub mod signing_keys;
pub mod token_forgery;
