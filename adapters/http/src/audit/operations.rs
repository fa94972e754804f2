//! Operations of the audit log.

use super::list;
use crate::operations::{Operation, operation};

/// All operations, in the order in which their paths are searched.
pub fn operations() -> Vec<Operation> {
    vec![operation!(list::list_audit_log)]
}
