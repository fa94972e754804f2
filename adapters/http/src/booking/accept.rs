//! `POST /bookings/{booking_id}/accept`.

use actix_web::HttpResponse;
use sojourn_application::booking::{self, AcceptError};
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::show;
use super::refused_move::refused_move;
use crate::extract::Target;
use crate::openapi::Failures;
use crate::payment::{declined, silent_gateway};
use crate::problem::Problem;

/// Accept a booking request
///
/// By the host. Captures the amount authorized on the guest's card. If the payment provider does not
/// respond (503), repeat the request.
#[utoipa::path(
    post, path = "/bookings/{booking_id}/accept", operation_id = "accept_booking", tag = "bookings",
    params(Target<BookingId>),
    responses((status = 200, description = "The updated booking", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn accept_booking(on: Target<BookingId>) -> Result<HttpResponse, Problem> {
    booking::accept(&on.state.ports, &on.actor, on.id, on.expected).await?;
    show(&on).await
}

impl From<AcceptError> for Problem {
    fn from(error: AcceptError) -> Self {
        match error {
            AcceptError::NotFound => Self::not_found(),
            AcceptError::Forbidden => Self::forbidden(),
            AcceptError::Stale => Self::stale(),
            AcceptError::Refused(error) => refused_move(&error),
            AcceptError::CardRefused { code } => declined(&code),
            AcceptError::Unavailable => silent_gateway(),
            AcceptError::Store(error) => error.into(),
        }
    }
}
