//! `DELETE /wishlists/{wishlist_id}/share`.

use actix_web::HttpResponse;
use sojourn_application::wishlist;
use sojourn_domain::shared::WishlistId;

use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Stop sharing a wish list
///
/// Its token is void. A list that is not shared stays as it is.
#[utoipa::path(
    delete, path = "/v1/wishlists/{wishlist_id}/share", operation_id = "stop_sharing_wishlist", tag = "wishlists",
    params(ResourceCommand<WishlistId>),
    responses((status = 204, description = "The wish list is not shared"), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn stop_sharing_wishlist(
    command: ResourceCommand<WishlistId>,
) -> Result<HttpResponse, Problem> {
    wishlist::stop_sharing(
        &command.state.ports,
        &command.actor,
        command.id,
        command.expected,
    )
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
