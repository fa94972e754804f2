//! The journal over HTTP.

mod dto;
pub(crate) mod list_entries;
