//! `GET /payouts/statement`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::payout;

use super::dto::{Statement, StatementLineDto};
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::pagination::{CursorScope, PageParams, list_json, page_request};

/// Get the caller's statement as a host
///
/// Changes of the balance, newest first.
#[utoipa::path(
    get, path = "/v1/payouts/statement", operation_id = "get_payout_statement", tag = "payouts",
    params(PageParams),
    responses((status = 200, description = "A page of the statement", body = Statement), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn get_payout_statement(
    state: Data<AppState>,
    who: Authenticated,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let page = payout::statement(
        &state.ports,
        &who.actor,
        page_request(&state, &scope, page)?,
    )
    .await?;
    Ok(list_json(&state, page.map(StatementLineDto::from), &scope))
}
