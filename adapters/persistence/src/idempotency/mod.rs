//! Idempotency keys.

pub(crate) mod claim;
pub(crate) mod outcome;
pub(crate) mod repository;
pub(crate) mod row;
