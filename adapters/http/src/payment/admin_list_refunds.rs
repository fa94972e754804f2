//! `GET /admin/refunds`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::payment;

use super::refund_dto::{RefundDto, RefundList};
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::pagination::{CursorScope, PageParams, list_json, page_request};

/// List all refunds
///
/// Newest first. Requires the `admin` role.
#[utoipa::path(
    get, path = "/v1/admin/refunds", operation_id = "list_refunds", tag = "admin",
    params(PageParams),
    responses((status = 200, description = "A page of refunds", body = RefundList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn admin_list_refunds(
    state: Data<AppState>,
    who: Authenticated,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let page = payment::list_refunds(
        &state.ports,
        &who.actor,
        page_request(&state, &scope, page)?,
    )
    .await?;
    Ok(list_json(&state, page.map(RefundDto::from), &scope))
}
