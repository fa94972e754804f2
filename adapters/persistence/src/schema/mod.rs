//! The tables.

pub(crate) mod accounts;
pub(crate) mod audit;
pub(crate) mod jobs;
pub(crate) mod marketplace;
pub(crate) mod money;
