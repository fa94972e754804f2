//! `GET /payments`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::payment;

use super::dto::{PaymentDto, PaymentList};
use super::expand::{ExpandParams, include};
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::pagination::{CursorScope, PageParams, both, list, page_request};

/// List the caller's payments
///
/// Payments of the caller's bookings as guest or host, newest first.
#[utoipa::path(
    get, path = "/v1/payments", operation_id = "list_payments", tag = "payments",
    params(ExpandParams, PageParams),
    responses((status = 200, description = "A page of payments", body = PaymentList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn list_payments(
    state: Data<AppState>,
    who: Authenticated,
    expand: Params<ExpandParams>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let page = page_request(&state, &scope, page);
    let (page, wanted) = both(page, expand.parse(ExpandParams::parse))?;
    let page = payment::list(&state.ports, &who.actor, page).await?;
    let mut found = list(&state, page.map(|view| PaymentDto::from(&view)), &scope);
    include(&state.ports, &who.actor, &wanted, &mut found.data).await?;
    Ok(HttpResponse::Ok().json(found))
}
