//! `GET /payouts/balance`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::payout;

use super::dto::HostBalanceList;
use crate::extract::Authenticated;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Get the caller's balances as a host
///
/// Earned, paid and owed amounts, one item per currency.
#[utoipa::path(
    get, path = "/v1/payouts/balance", operation_id = "get_payout_balance", tag = "payouts",
    responses((status = 200, description = "The balances", body = HostBalanceList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn get_payout_balance(
    state: Data<AppState>,
    who: Authenticated,
) -> Result<HttpResponse, Problem> {
    let balances = payout::balance(&state.ports, &who.actor).await?;
    let data = balances.into_iter().map(Into::into).collect();
    Ok(HttpResponse::Ok().json(HostBalanceList { data }))
}
