//! The tables.

pub(crate) mod accounts;
pub(crate) mod audit;
pub(crate) mod marketplace;
pub(crate) mod money;
