//! The audit log over HTTP.

mod dto;
mod errors;
pub(crate) mod list;
