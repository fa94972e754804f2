//! Middleware around every request.

mod access_log;
mod audit_denials;
mod canonical_path;
mod cors;
mod detached;
mod encoded_etags;
mod idempotency;
mod idempotency_key;
mod kept_answers;
mod log_entry;
mod problem_responses;
mod rate_limits;
mod read_limits;
mod request_id;
mod trace_context;

pub(crate) use access_log::access_log;
pub(crate) use cors::cors;
pub(crate) use detached::detached;
pub(crate) use encoded_etags::encoded_etags;
pub(crate) use idempotency::idempotency;
pub(crate) use problem_responses::problem_responses;
pub(crate) use rate_limits::rate_limits;
pub(crate) use read_limits::read_limits;
pub use request_id::request_id;
pub(crate) use request_id::{REQUEST_ID, RequestId};
