//! Operations of background work.

use super::{discard, list, retry};
use crate::operations::{Operation, operation};

/// All operations, in the order in which their paths are searched.
pub fn operations() -> Vec<Operation> {
    vec![
        operation!(list::list_jobs),
        operation!(retry::retry_job),
        operation!(discard::discard_job),
    ]
}
