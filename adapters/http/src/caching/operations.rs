//! Operations of the cache.

use super::get_report;
use crate::operations::{Operation, operation};

/// All operations, in the order in which their paths are searched.
pub fn operations() -> Vec<Operation> {
    vec![operation!(get_report::get_cache_report)]
}
