//! Routes of properties.

use actix_web::web::{ServiceConfig, scope};

use super::{
    calendar::get_calendar::get_calendar, calendar::set_calendar::set_calendar,
    create::create_property, delete::delete_property, get::get_property,
    list_reviews::list_property_reviews, publish::publish_property, quote::get_quote::get_quote,
    quote::post_quote::quote, search::search_properties::search_properties,
    unpublish::unpublish_property, update::update_property,
};
use crate::routing::resource;

/// Mounts `/properties`.
pub fn routes(cfg: &mut ServiceConfig) {
    let one = resource("/{property_id}");
    let routes = scope("/properties")
        .service(resource("").get(search_properties).post(create_property))
        .service(
            one.get(get_property)
                .patch(update_property)
                .delete(delete_property),
        )
        .service(resource("/{property_id}/publish").post(publish_property))
        .service(resource("/{property_id}/unpublish").post(unpublish_property))
        .service(
            resource("/{property_id}/calendar")
                .get(get_calendar)
                .put(set_calendar),
        )
        .service(resource("/{property_id}/quote").get(get_quote).post(quote))
        .service(resource("/{property_id}/reviews").get(list_property_reviews));
    cfg.service(routes);
}
