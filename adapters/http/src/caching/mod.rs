//! Cached responses, and the state of the cache.

pub(crate) mod get_report;
mod report_dto;
pub(crate) mod response_cache;
