//! `POST /wishlists`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::wishlist;

use super::dto::WishlistDto;
use super::input::WishlistInput;
use crate::extract::{Authenticated, Body};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::response::created;
use crate::state::AppState;

/// Create a wish list
///
/// An account has at most 50.
#[utoipa::path(
    post, path = "/v1/wishlists", operation_id = "create_wishlist", tag = "wishlists",
    request_body = WishlistInput,
    responses((status = 201, description = "The wish list", body = WishlistDto, links(
            ("get_wishlist" = (operation_id = "get_wishlist", parameters(("wishlist_id" = "$response.body#/id")))),
            ("update_wishlist" = (operation_id = "update_wishlist", parameters(("wishlist_id" = "$response.body#/id")))),
            ("delete_wishlist" = (operation_id = "delete_wishlist", parameters(("wishlist_id" = "$response.body#/id"))))
        )), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn create_wishlist(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    input: Body<WishlistInput>,
) -> Result<HttpResponse, Problem> {
    let WishlistInput { name } = input.parse(Ok)?;
    let made = wishlist::create(&state.ports, &who.actor, name).await?;
    let body = WishlistDto::from(&made);
    Ok(created(
        &request,
        "/v1/wishlists",
        &made.id,
        made.version,
        &body,
    ))
}
