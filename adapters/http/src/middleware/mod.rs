//! Middleware around every request.

mod cors;
mod denials;
mod idempotency;
mod limits;
mod observe;
mod render;
mod request_id;

pub(crate) use cors::cors;
pub(crate) use idempotency::{idempotency, repeatable};
pub(crate) use limits::limits;
pub(crate) use observe::observe;
pub(crate) use render::render;
pub(crate) use request_id::{REQUEST_ID, RequestId};
