//! The audit log: recording actions of operators and denials, and reading it.

mod list;
mod record;
mod record_denial;
mod seal_log;

pub use list::list;
pub(crate) use record::changed_by_operator;
pub use record_denial::record_denial;
pub use seal_log::seal_log;
