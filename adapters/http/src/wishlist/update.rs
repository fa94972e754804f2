//! `PATCH /wishlists/{wishlist_id}`.

use actix_web::HttpResponse;
use sojourn_application::wishlist;
use sojourn_domain::shared::WishlistId;

use super::dto::{WishlistDto, respond_with_wishlist};
use super::input::WishlistPatch;
use crate::extract::{Body, ResourceCommand};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Rename a wish list
///
/// JSON Merge Patch.
#[utoipa::path(
    patch, path = "/v1/wishlists/{wishlist_id}", operation_id = "update_wishlist", tag = "wishlists",
    params(ResourceCommand<WishlistId>),
    request_body = WishlistPatch,
    responses((status = 200, description = "The updated wish list", body = WishlistDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn update_wishlist(
    command: ResourceCommand<WishlistId>,
    patch: Body<WishlistPatch>,
) -> Result<HttpResponse, Problem> {
    let ports = &command.state.ports;
    let permission = wishlist::permit_change(ports, &command.actor, command.id);
    let name = patch.parse_after(permission, WishlistPatch::parse).await?;
    let now = wishlist::rename(ports, &command.actor, command.id, name, command.expected).await?;
    Ok(respond_with_wishlist(&command.request, &now))
}
