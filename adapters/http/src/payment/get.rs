//! `GET /payments/{payment_id}`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::payment;
use sojourn_domain::shared::PaymentId;

use super::dto::PaymentDto;
use super::expand::{ExpandParams, include};
use crate::etag;
use crate::extract::{Authenticated, Id, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Get a payment
///
/// Visible to the guest and the host of its booking, and to operators.
#[utoipa::path(
    get, path = "/v1/payments/{payment_id}", operation_id = "get_payment", tag = "payments",
    params(("payment_id" = String, Path, format = "uuid"), ExpandParams),
    responses(
        (status = 200, description = "The payment", body = PaymentDto),
        (status = 304, description = "Not modified"),
        ProblemResponses
    ),
    security(("bearer" = []))
)]
pub async fn get_payment(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<PaymentId>,
    expand: Params<ExpandParams>,
) -> Result<HttpResponse, Problem> {
    let payment = payment::get(&state.ports, &who.actor, id).await?;
    let wanted = expand.parse(ExpandParams::parse)?;
    let mut found = [PaymentDto::from(&payment)];
    include(&state.ports, &who.actor, &wanted, &mut found).await?;
    let [found] = found;
    Ok(etag::respond(
        &request,
        StatusCode::OK,
        payment.version,
        &found,
    ))
}
