//! The journal and its balances, for operators.

mod list_entries;

pub use list_entries::{LedgerError, LedgerPage, list_entries};
