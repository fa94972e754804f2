//! The ledger.

pub(crate) mod balances;
pub(crate) mod booking_snapshots;
pub(crate) mod debts;
pub(crate) mod host_account;
pub(crate) mod integrity;
mod integrity_searches;
pub(crate) mod journal;
pub(crate) mod journal_queries;
pub(crate) mod queries;
pub(crate) mod row;
