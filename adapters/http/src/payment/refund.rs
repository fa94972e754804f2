//! `POST /payments/{payment_id}/refunds`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use sojourn_application::payment;
use sojourn_domain::shared::{Money, PaymentId, Violations};
use utoipa::ToSchema;

use super::dto::PaymentDto;
use crate::etag;
use crate::extract::{Authenticated, Body, Id};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::money::MoneyDto;

/// Refund of a payment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundInput {
    /// Amount to refund: above zero, at most the captured amount not yet refunded.
    amount: MoneyDto,
    /// Reason of the refund.
    #[schema(min_length = 1, max_length = 1000)]
    reason: Option<String>,
}

impl RefundInput {
    fn parse(self) -> Result<(Money, Option<String>), Violations> {
        let mut found = Violations::new();
        let amount = self.amount.parse("/amount", &mut found);
        if let Some(reason) = &self.reason {
            found.text("/reason", reason, 1_000);
        }
        match amount {
            Some(amount) => found.into_result((amount, self.reason)),
            None => Err(found),
        }
    }
}

/// Refund a payment
///
/// Refunds part or all of the captured amount. By the host or an operator.
#[utoipa::path(
    post, path = "/v1/payments/{payment_id}/refunds", operation_id = "refund_payment", tag = "payments",
    params(("payment_id" = String, Path, format = "uuid")),
    request_body = RefundInput,
    responses((status = 201, description = "The updated payment", body = PaymentDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn refund_payment(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<PaymentId>,
    input: Body<RefundInput>,
) -> Result<HttpResponse, Problem> {
    let permission = payment::permit_refund(&state.ports, &who.actor, id);
    let (amount, reason) = input.parse_after(permission, RefundInput::parse).await?;
    let now = payment::refund(&state.ports, &who.actor, id, amount, reason).await?;
    Ok(etag::respond(
        &request,
        actix_web::http::StatusCode::CREATED,
        now.version,
        &PaymentDto::from(&now),
    ))
}
