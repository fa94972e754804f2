//! The ledger.

pub(crate) mod balances;
pub(crate) mod booking_snapshots;
mod damaged_rows;
mod debt_waivers;
pub(crate) mod debts;
pub(crate) mod integrity;
mod integrity_searches;
pub(crate) mod journal_queries;
pub(crate) mod queries;
