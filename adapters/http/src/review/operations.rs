//! Operations of reviews.

use super::{admin_list, delete, edit, expand, get, list_for_property, list_own, respond, write};
use crate::operations::{Operation, operation};

/// All operations, in the order in which their paths are searched.
pub fn operations() -> Vec<Operation> {
    vec![
        operation!(list_own::list_own_reviews, schemas(expand::ReviewExpansion)),
        operation!(write::create_review),
        operation!(get::get_review),
        operation!(edit::update_review),
        operation!(delete::delete_review),
        operation!(respond::respond_to_review),
        operation!(list_for_property::list_property_reviews),
        operation!(admin_list::admin_list_reviews),
    ]
}
