//! `POST /admin/refunds`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use sojourn_application::access::permit_admin;
use sojourn_application::payment;
use sojourn_domain::shared::{Money, PaymentId, Violations};
use utoipa::ToSchema;

use super::dto::PaymentDto;
use crate::etag;
use crate::extract::{Authenticated, Body};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::accepted::parse_enum;
use crate::wire::money::MoneyDto;

/// Refund of a payment by an operator.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OperatorRefundInput {
    /// Id of the payment.
    #[schema(format = "uuid")]
    payment_id: String,
    /// Amount to refund: above zero, at most the captured amount not yet refunded.
    amount: MoneyDto,
    /// Reason of the refund.
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
}

impl OperatorRefundInput {
    fn parse(self) -> Result<(PaymentId, Money, String), Violations> {
        let mut found = Violations::new();
        let payment = parse_enum(&mut found, "/payment_id", &self.payment_id, |id| {
            id.parse().ok()
        });
        let amount = self.amount.parse("/amount", &mut found);
        match (payment, amount) {
            (Some(payment), Some(amount)) => found.into_result((payment, amount, self.reason)),
            (None, _) | (_, None) => Err(found),
        }
    }
}

/// Refund a payment at the expense of the marketplace
///
/// Refunds part or all of the captured amount. Requires the `admin` role.
#[utoipa::path(
    post, path = "/v1/admin/refunds", operation_id = "give_refund", tag = "admin",
    request_body = OperatorRefundInput,
    responses((status = 201, description = "The updated payment", body = PaymentDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn admin_refund_payment(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    input: Body<OperatorRefundInput>,
) -> Result<HttpResponse, Problem> {
    let permission = permit_admin(&who.actor);
    let (payment, amount, reason) = input
        .parse_after(permission, OperatorRefundInput::parse)
        .await?;
    let now = payment::refund_as_admin(&state.ports, &who.actor, payment, amount, reason).await?;
    Ok(etag::respond(
        &request,
        StatusCode::CREATED,
        now.version,
        &PaymentDto::from(&now),
    ))
}
