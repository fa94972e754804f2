//! Places over HTTP.

mod dto;
mod operations;
mod search;

pub use operations::operations;
