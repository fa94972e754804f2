//! Operations of properties.

use super::calendar::{get_calendar, list_calendars, set_calendar};
use super::quote::{get_quote, post_quote};
use super::search::{SearchSortSchema, SearchView, list_amenities, search_properties, summarise};
use super::{
    admin_list, create, delete, expand, get, publish, reinstate, similar, suspend, unpublish,
    update,
};
use crate::operations::{Operation, operation};

/// All operations, in the order in which their paths are searched.
pub fn operations() -> Vec<Operation> {
    vec![
        operation!(
            search_properties::search_properties,
            schemas(
                SearchSortSchema,
                SearchView,
                expand::ListedPropertyExpansion
            )
        ),
        operation!(list_amenities::list_amenities),
        operation!(summarise::summarise_search, schemas(SearchSortSchema)),
        operation!(create::create_property),
        operation!(get::get_property, schemas(expand::PropertyExpansion)),
        operation!(update::update_property),
        operation!(delete::delete_property),
        operation!(publish::publish_property),
        operation!(unpublish::unpublish_property),
        operation!(get_calendar::get_calendar),
        operation!(list_calendars::list_calendars),
        operation!(set_calendar::set_calendar),
        operation!(get_quote::get_quote),
        operation!(post_quote::quote),
        operation!(similar::list_similar_properties),
        operation!(admin_list::admin_list_properties),
        operation!(suspend::suspend_property),
        operation!(reinstate::reinstate_property),
    ]
}
