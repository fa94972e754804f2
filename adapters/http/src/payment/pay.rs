//! `POST /payments`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use sojourn_application::payment::{self, Pay};
use sojourn_domain::shared::Violations;
use utoipa::ToSchema;

use super::dto::PaymentDto;
use crate::extract::{Authenticated, Body};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::response::created;
use crate::state::AppState;
use crate::wire::accepted::parse_enum;

/// Payment of a booking.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentInput {
    /// Id of the booking to pay.
    #[schema(format = "uuid")]
    booking_id: String,
    /// Card token of the payment provider, such as `pm_card_visa`.
    #[schema(min_length = 1, max_length = 200)]
    payment_method: String,
}

impl PaymentInput {
    fn parse(self) -> Result<Pay, Violations> {
        let mut found = Violations::new();
        let booking_id = parse_enum(&mut found, "/booking_id", &self.booking_id, |text| {
            text.parse().ok()
        });
        found.line("/payment_method", &self.payment_method, 200);
        match booking_id {
            Some(booking_id) => found.into_result(Pay {
                booking_id,
                method: self.payment_method,
            }),
            None => Err(found),
        }
    }
}

/// Pay a booking
///
/// By the guest. If the card is declined, the hold continues, so that another card can be tried.
#[utoipa::path(
    post, path = "/v1/payments", operation_id = "create_payment", tag = "payments",
    request_body = PaymentInput,
    responses((status = 201, description = "The payment, captured or authorized", body = PaymentDto, links(
            ("get_payment" = (operation_id = "get_payment", parameters(("payment_id" = "$response.body#/id")))),
            ("refund_payment" = (operation_id = "refund_payment", parameters(("payment_id" = "$response.body#/id"))))
        )), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn create_payment(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    input: Body<PaymentInput>,
) -> Result<HttpResponse, Problem> {
    let pay = input.parse(PaymentInput::parse)?;
    let made = payment::pay(&state.ports, &who.actor, pay).await?;
    Ok(created(
        &request,
        "/v1/payments",
        &made.id,
        made.version,
        &PaymentDto::from(&made),
    ))
}
