//! `GET /wishlists/shared`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use sojourn_application::wishlist;
use utoipa::IntoParams;

use super::dto::{SharedWishlistDto, WishlistItemDto};
use super::expand::{ExpandParams, include};
use crate::extract::{MaybeActor, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::pagination::{CursorScope, PageParams, both, list, list_request};

/// The secret of a shared wish list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ShareParams {
    /// `share_token` of the list.
    #[param(min_length = 1, max_length = 64)]
    token: String,
}

/// Get a shared wish list
///
/// For everyone who has its token. The answer does not name the owner.
#[utoipa::path(
    get, path = "/v1/wishlists/shared", operation_id = "get_shared_wishlist", tag = "wishlists",
    params(ShareParams, ExpandParams, PageParams),
    responses(
        (status = 200, description = "The wish list and a page of its items", body = SharedWishlistDto),
        ProblemResponses
    ),
    security((), ("bearer" = []))
)]
pub async fn get_shared_wishlist(
    state: Data<AppState>,
    MaybeActor(actor): MaybeActor,
    params: Params<ShareParams>,
    expand: Params<ExpandParams>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let request = list_request(&state, &scope, params, page, Ok);
    let ((params, page), wanted) = both(request, expand.parse(ExpandParams::parse))?;
    let shared = wishlist::get_shared(&state.ports, &params.token).await?;
    let items = wishlist::page_of(shared.items, &page);
    let mut found = list(&state, items.map(WishlistItemDto::from), &scope);
    include(&state.ports, actor.as_ref(), &wanted, &mut found.data).await?;
    Ok(HttpResponse::Ok().json(SharedWishlistDto {
        name: shared.name,
        data: found.data,
        next_cursor: found.next_cursor,
    }))
}
