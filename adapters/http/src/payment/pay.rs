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
use crate::extract::{Authenticated, Body};
use crate::openapi::Failures;
use crate::problem::Problem;
use crate::property::{created, word};

/// What is paid with what.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentInput {
    /// The booking to be paid.
    #[schema(format = "uuid")]
    booking_id: String,
    /// The gateway's token of a card, such as `pm_card_visa`.
    #[schema(min_length = 1, max_length = 200)]
    payment_method: String,
}

impl PaymentInput {
    fn parse(self) -> Result<Pay, Violations> {
        let mut found = Violations::new();
        let booking_id = word(&mut found, "/booking_id", &self.booking_id, |text| {
            text.parse().ok()
        });
        found.text("/payment_method", &self.payment_method, 200);
        match booking_id {
            Some(booking_id) => found.or(Pay {
                booking_id,
                method: self.payment_method,
            }),
            None => Err(found),
        }
    }
}

/// Pays a booking: the guest alone. A refused card leaves the hold as it is, so that another can be tried.
#[utoipa::path(
    post, path = "/payments", operation_id = "create_payment", tag = "payments",
    request_body = PaymentInput,
    responses((status = 201, description = "The payment, captured or authorized", body = PaymentDto, links(
            ("get_payment" = (operation_id = "get_payment", parameters(("payment_id" = "$response.body#/id")))),
            ("refund_payment" = (operation_id = "refund_payment", parameters(("payment_id" = "$response.body#/id"))))
        )), Failures),
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

/// The gateway's code where clients know it, else the plainest.
pub fn declined(code: &str) -> Problem {
    let (code, detail) = match code {
        "insufficient_funds" => ("insufficient_funds", "the card has insufficient funds"),
        "authentication_required" => (
            "authentication_required",
            "the bank asks the cardholder to authenticate",
        ),
        "invalid_payment_method" => ("invalid_payment_method", "no such payment method"),
        _ => ("card_declined", "the card was declined"),
    };
    Problem::new(StatusCode::PAYMENT_REQUIRED, code, detail)
}

/// The gateway does not answer.
pub fn silent_gateway() -> Problem {
    let detail =
        "the payment provider does not answer now; nothing is charged twice by trying again";
    Problem::unavailable("payment_unavailable", detail)
}

impl From<PayError> for Problem {
    fn from(error: PayError) -> Self {
        match error {
            PayError::NotFound => Self::not_found(),
            PayError::Forbidden => Self::forbidden(),
            PayError::WrongState(status) => {
                let detail = format!("a booking that is {status} cannot be paid");
                Self::new(StatusCode::CONFLICT, "wrong_state", detail)
            }
            PayError::Refused { code } => declined(&code),
            PayError::HoldExpired => {
                let detail = "the hold expired before the payment came through; it is refunded";
                Self::new(StatusCode::CONFLICT, "hold_expired", detail)
            }
            PayError::Invalid(found) => Self::unprocessable(found),
            PayError::Unavailable => silent_gateway(),
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
    fn a_silent_gateway_says_when_to_ask_again() {
        let answer = silent_gateway().error_response();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.headers().contains_key(RETRY_AFTER));
    }
}
