//! `GET /wishlists/{wishlist_id}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::wishlist;
use sojourn_domain::shared::WishlistId;

use super::dto::{WishlistDto, respond_with_wishlist};
use crate::extract::{Authenticated, Id};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Get a wish list
///
/// One's own. The notes are part of its items.
#[utoipa::path(
    get, path = "/v1/wishlists/{wishlist_id}", operation_id = "get_wishlist", tag = "wishlists",
    params(("wishlist_id" = String, Path, format = "uuid")),
    responses(
        (status = 200, description = "The wish list", body = WishlistDto),
        (status = 304, description = "Not modified"),
        ProblemResponses
    ),
    security(("bearer" = []))
)]
pub async fn get_wishlist(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<WishlistId>,
) -> Result<HttpResponse, Problem> {
    let view = wishlist::get(&state.ports, &who.actor, id).await?;
    Ok(respond_with_wishlist(&request, &view))
}
