//! `POST /payments`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use sojourn_application::payment::{self, Pay, PayError};
use sojourn_domain::shared::Violations;
use utoipa::ToSchema;

use super::dto::PaymentDto;
use crate::AppState;
use crate::booking::property_unavailable;
use crate::extract::{Authenticated, Body};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::response::created;
use crate::wire::enums::parse_enum;

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
        found.text("/payment_method", &self.payment_method, 200);
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
    post, path = "/payments", operation_id = "create_payment", tag = "payments",
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
    Body(input): Body<PaymentInput>,
) -> Result<HttpResponse, Problem> {
    let pay = input.parse().map_err(Problem::unprocessable)?;
    let made = payment::pay(&state.ports, &who.actor, pay).await?;
    Ok(created(
        &request,
        "/v1/payments",
        &made.id,
        made.version,
        &PaymentDto::from(&made),
    ))
}

/// 402 with the gateway's code if it is a documented one, otherwise `card_declined`.
pub fn card_problem(code: &str) -> Problem {
    let (code, detail) = match code {
        "insufficient_funds" => (
            "insufficient_funds",
            "The card has insufficient funds. Use another card.",
        ),
        "authentication_required" => (
            "authentication_required",
            "The bank requires the cardholder to authenticate.",
        ),
        "invalid_payment_method" => ("invalid_payment_method", "No such payment method."),
        _ => ("card_declined", "The card was declined. Use another card."),
    };
    Problem::new(StatusCode::PAYMENT_REQUIRED, code, detail)
}

/// 503: the payment gateway does not respond.
pub fn gateway_unavailable() -> Problem {
    let detail = "The payment provider does not respond. Retry later; a retry never charges twice.";
    Problem::unavailable("payment_unavailable", detail)
}

impl From<PayError> for Problem {
    fn from(error: PayError) -> Self {
        match error {
            PayError::NotFound => Self::not_found(),
            PayError::Forbidden => Self::forbidden(),
            PayError::WrongState(status) => {
                let detail = format!("A booking with the status {status} cannot be paid.");
                Self::new(StatusCode::CONFLICT, "wrong_state", detail)
            }
            PayError::Refused { code } => card_problem(&code),
            PayError::PropertyUnavailable => property_unavailable(),
            PayError::HoldExpired => {
                let detail = "The hold expired before the payment completed. The payment is refunded; book again.";
                Self::new(StatusCode::CONFLICT, "hold_expired", detail)
            }
            PayError::Invalid(found) => Self::unprocessable(found),
            PayError::Unavailable => gateway_unavailable(),
            PayError::Store(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError;
    use actix_web::http::header::RETRY_AFTER;

    use super::*;

    #[test]
    fn an_unavailable_gateway_sets_retry_after() {
        let answer = gateway_unavailable().error_response();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.headers().contains_key(RETRY_AFTER));
    }
}
