//! The audit log over HTTP.

mod dto;
pub(crate) mod list;
