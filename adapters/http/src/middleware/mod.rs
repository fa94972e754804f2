//! What happens around every request.

mod idempotency;
mod observe;
mod render;
mod request_id;

pub(crate) use idempotency::{REPLAYED, idempotency, repeatable};
pub(crate) use observe::observe;
pub(crate) use render::render;
pub(crate) use request_id::{REQUEST_ID, RequestId};
