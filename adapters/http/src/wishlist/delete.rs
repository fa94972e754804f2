//! `DELETE /wishlists/{wishlist_id}`.

use actix_web::HttpResponse;
use sojourn_application::wishlist;
use sojourn_domain::shared::WishlistId;

use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Delete a wish list
///
/// With its items; its token, if it is shared, is void.
#[utoipa::path(
    delete, path = "/v1/wishlists/{wishlist_id}", operation_id = "delete_wishlist", tag = "wishlists",
    params(ResourceCommand<WishlistId>),
    responses((status = 204, description = "Wish list deleted"), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn delete_wishlist(
    command: ResourceCommand<WishlistId>,
) -> Result<HttpResponse, Problem> {
    wishlist::delete(
        &command.state.ports,
        &command.actor,
        command.id,
        command.expected,
    )
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
