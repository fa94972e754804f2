//! `PUT /wishlists/{wishlist_id}/items/{property_id}`.

use actix_web::HttpResponse;
use sojourn_application::wishlist;
use sojourn_domain::shared::{PropertyId, WishlistId};

use super::dto::{WishlistDto, respond_with_wishlist};
use super::input::WishlistItemInput;
use crate::extract::{MaybeBody, ResourceCommand, SecondId};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Save a property in a wish list
///
/// With a note or without; that of a property that is saved already is replaced. A list holds at most 100 properties.
#[utoipa::path(
    put, path = "/v1/wishlists/{wishlist_id}/items/{property_id}", operation_id = "save_wishlist_item",
    tag = "wishlists",
    params(ResourceCommand<WishlistId>, ("property_id" = String, Path, format = "uuid")),
    request_body = Option<WishlistItemInput>,
    responses((status = 200, description = "The wish list", body = WishlistDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn save_wishlist_item(
    command: ResourceCommand<WishlistId>,
    SecondId(property_id): SecondId<PropertyId>,
    MaybeBody(item): MaybeBody<WishlistItemInput>,
) -> Result<HttpResponse, Problem> {
    let ports = &command.state.ports;
    let permission = wishlist::permit_change(ports, &command.actor, command.id);
    let item = item.judge_after(permission).await?.unwrap_or_default();
    let now = wishlist::save_property(
        ports,
        &command.actor,
        command.id,
        property_id,
        item.note,
        command.expected,
    )
    .await?;
    Ok(respond_with_wishlist(&command.request, &now))
}
