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

/// The host says yes to a request: what the guest's card has reserved is taken. When the payment provider is
/// silent, asking again finishes it.
#[utoipa::path(
    post, path = "/bookings/{booking_id}/accept", operation_id = "accept_booking", tag = "bookings",
    params(Target<BookingId>),
    responses((status = 200, description = "The booking as it is now", body = BookingDto), Failures),
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
