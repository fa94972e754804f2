//! Operations of the journal.

use super::list_entries;
use crate::operations::{Operation, operation};

/// All operations, in the order in which their paths are searched.
pub fn operations() -> Vec<Operation> {
    vec![operation!(list_entries::list_ledger_entries)]
}
