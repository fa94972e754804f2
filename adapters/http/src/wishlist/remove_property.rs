//! `DELETE /wishlists/{wishlist_id}/items/{property_id}`.

use actix_web::HttpResponse;
use sojourn_application::wishlist;
use sojourn_domain::shared::{PropertyId, WishlistId};

use crate::extract::{ResourceCommand, SecondId};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Remove a property from a wish list
///
/// Removing one that is not in the list changes nothing.
#[utoipa::path(
    delete, path = "/v1/wishlists/{wishlist_id}/items/{property_id}", operation_id = "delete_wishlist_item",
    tag = "wishlists",
    params(ResourceCommand<WishlistId>, ("property_id" = String, Path, format = "uuid")),
    responses((status = 204, description = "The property is not in the wish list"), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn delete_wishlist_item(
    command: ResourceCommand<WishlistId>,
    SecondId(property_id): SecondId<PropertyId>,
) -> Result<HttpResponse, Problem> {
    wishlist::remove_property(
        &command.state.ports,
        &command.actor,
        command.id,
        property_id,
        command.expected,
    )
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
