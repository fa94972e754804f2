//! Property operations in the OpenAPI document.

use utoipa::OpenApi;

use super::calendar::{get_calendar, set_calendar};
use super::quote::{get_quote, post_quote};
use super::search::search_properties;
use super::{create, delete, get, list_reviews, publish, unpublish, update};

/// Property operations.
#[derive(OpenApi)]
#[openapi(
    paths(
        search_properties::search_properties,
        create::create_property,
        get::get_property,
        update::update_property,
        delete::delete_property,
        publish::publish_property,
        unpublish::unpublish_property,
        get_calendar::get_calendar,
        set_calendar::set_calendar,
        post_quote::quote,
        get_quote::get_quote,
        list_reviews::list_property_reviews,
    ),
    tags((name = "properties", description = "Properties with their details, calendars, prices and reviews"))
)]
#[derive(Debug)]
pub struct PropertyApi;
