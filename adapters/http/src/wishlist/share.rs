//! `POST /wishlists/{wishlist_id}/share`.

use actix_web::HttpResponse;
use sojourn_application::wishlist;
use sojourn_domain::shared::WishlistId;

use super::dto::{WishlistDto, respond_with_wishlist};
use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Share a wish list
///
/// Gives it a `share_token`, by which everyone who has the token may read it. A list that is shared already keeps its
/// token; to replace it, stop sharing first.
#[utoipa::path(
    post, path = "/v1/wishlists/{wishlist_id}/share", operation_id = "share_wishlist", tag = "wishlists",
    params(ResourceCommand<WishlistId>),
    responses((status = 200, description = "The shared wish list", body = WishlistDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn share_wishlist(command: ResourceCommand<WishlistId>) -> Result<HttpResponse, Problem> {
    let now = wishlist::share(
        &command.state.ports,
        &command.actor,
        command.id,
        command.expected,
    )
    .await?;
    Ok(respond_with_wishlist(&command.request, &now))
}
