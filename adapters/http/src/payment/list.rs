//! `GET /payments`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::payment;

use super::dto::{PaymentDto, PaymentList};
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::pagination::{CursorScope, PageParams, list_json, page_request};

/// List the caller's payments
///
/// Payments of the caller's bookings as guest or host, newest first.
#[utoipa::path(
    get, path = "/v1/payments", operation_id = "list_payments", tag = "payments",
    params(PageParams),
    responses((status = 200, description = "A page of payments", body = PaymentList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn list_payments(
    state: Data<AppState>,
    who: Authenticated,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let page = payment::list(
        &state.ports,
        &who.actor,
        page_request(&state, &scope, page)?,
    )
    .await?;
    Ok(list_json(
        &state,
        page.map(|payment| PaymentDto::from(&payment)),
        &scope,
    ))
}
