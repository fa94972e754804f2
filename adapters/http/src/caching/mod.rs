//! Cached responses, and the state of the cache.

mod get_report;
mod operations;
mod report_dto;
pub(crate) mod response_cache;

pub use operations::operations;
