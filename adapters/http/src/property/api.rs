//! Property operations in the OpenAPI document.

use utoipa::OpenApi;

use super::{
    calendar, create, delete, get, get_quote, publish, quote, reviews, search, set_calendar,
    unpublish, update,
};

/// Property operations.
#[derive(OpenApi)]
#[openapi(
    paths(
        search::search_properties,
        create::create_property,
        get::get_property,
        update::update_property,
        delete::delete_property,
        publish::publish_property,
        unpublish::unpublish_property,
        calendar::get_calendar,
        set_calendar::set_calendar,
        quote::quote,
        get_quote::get_quote,
        reviews::list_property_reviews,
    ),
    tags((name = "properties", description = "Properties with their details, calendars, prices and reviews"))
)]
#[derive(Debug)]
pub struct PropertyApi;
