//! Operations of places.

use super::search;
use crate::operations::{Operation, operation};

/// All operations, in the order in which their paths are searched.
pub fn operations() -> Vec<Operation> {
    vec![operation!(search::search_places)]
}
