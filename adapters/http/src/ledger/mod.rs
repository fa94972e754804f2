//! The journal over HTTP.

mod dto;
mod list_entries;
mod operations;

pub use operations::operations;
