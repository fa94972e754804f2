//! Payouts.

pub(crate) mod queries;
pub(crate) mod row;
