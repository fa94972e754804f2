//! What operators alone may see.

mod ledger;

pub use ledger::{LedgerError, LedgerPage, ledger};
