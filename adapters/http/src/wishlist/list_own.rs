//! `GET /wishlists`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use sojourn_application::wishlist;
use sojourn_domain::shared::{PropertyId, Violations};
use utoipa::IntoParams;

use super::dto::{WishlistDto, WishlistList};
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::accepted::parse_enum;
use crate::wire::pagination::{CursorScope, PageParams, list_json, list_request};

/// Filters of wish lists.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WishlistParams {
    /// Only lists that hold this property.
    #[param(format = "uuid")]
    property_id: Option<String>,
}

impl WishlistParams {
    fn parse(self) -> Result<Option<PropertyId>, Violations> {
        let mut found = Violations::new();
        let property = self
            .property_id
            .and_then(|id| parse_enum(&mut found, "/property_id", &id, |id| id.parse().ok()));
        found.into_result(property)
    }
}

/// List the caller's wish lists
///
/// The latest created first, each with the ids of its properties.
#[utoipa::path(
    get, path = "/v1/wishlists", operation_id = "list_wishlists", tag = "wishlists",
    params(WishlistParams, PageParams),
    responses((status = 200, description = "A page of wish lists", body = WishlistList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn list_wishlists(
    state: Data<AppState>,
    who: Authenticated,
    params: Params<WishlistParams>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let (property, page) = list_request(&state, &scope, params, page, WishlistParams::parse)?;
    let page = wishlist::list_own(&state.ports, &who.actor, property, page).await?;
    Ok(list_json(
        &state,
        page.map(|view| WishlistDto::from(&view)),
        &scope,
    ))
}
