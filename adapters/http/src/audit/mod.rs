//! The audit log over HTTP.

mod dto;
mod list;
mod operations;

pub use operations::operations;
