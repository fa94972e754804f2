//! The audit log: recording actions of operators and denials, and reading it.

mod list;
mod record;
mod record_denial;

pub use list::list;
pub(crate) use record::changed_by_operator;
pub use record_denial::record_denial;
