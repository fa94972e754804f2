//! `GET /wishlists/{wishlist_id}/items`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::wishlist;
use sojourn_domain::shared::WishlistId;

use super::dto::{WishlistItemDto, WishlistItemList};
use super::expand::{ExpandParams, include};
use crate::extract::{Authenticated, Id, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::pagination::{CursorScope, PageParams, both, list, page_request};

/// List the properties of a wish list
///
/// The latest saved first, with their notes.
#[utoipa::path(
    get, path = "/v1/wishlists/{wishlist_id}/items", operation_id = "list_wishlist_items", tag = "wishlists",
    params(("wishlist_id" = String, Path, format = "uuid"), ExpandParams, PageParams),
    responses((status = 200, description = "A page of saved properties", body = WishlistItemList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn list_wishlist_items(
    state: Data<AppState>,
    who: Authenticated,
    Id(id): Id<WishlistId>,
    expand: Params<ExpandParams>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let page = page_request(&state, &scope, page);
    let (page, wanted) = both(page, expand.parse(ExpandParams::parse))?;
    let view = wishlist::get(&state.ports, &who.actor, id).await?;
    let items = wishlist::page_of(view.items, &page);
    let mut found = list(&state, items.map(WishlistItemDto::from), &scope);
    include(&state.ports, Some(&who.actor), &wanted, &mut found.data).await?;
    Ok(HttpResponse::Ok().json(found))
}
