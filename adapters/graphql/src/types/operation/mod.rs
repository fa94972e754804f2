//! The objects that operators see.

mod audit;
mod cache;
mod job;
mod ledger;

pub(crate) use audit::AuditEntry;
pub(crate) use cache::CacheReport;
pub(crate) use job::Job;
pub(crate) use ledger::Ledger;
