//! `POST /bookings/{booking_id}/check-in`.

use actix_web::HttpResponse;
use sojourn_application::booking::{self, MoveBookingError};
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::show;
use super::refused_move::refused_move;
use crate::extract::Target;
use crate::openapi::Failures;
use crate::problem::Problem;

/// Record the check-in
///
/// By guest or host, from the check-in time on.
#[utoipa::path(
    post, path = "/bookings/{booking_id}/check-in", operation_id = "check_in", tag = "bookings",
    params(Target<BookingId>),
    responses((status = 200, description = "The updated booking", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn check_in(on: Target<BookingId>) -> Result<HttpResponse, Problem> {
    booking::check_in(&on.state.ports, &on.actor, on.id, on.expected).await?;
    show(&on).await
}

impl From<MoveBookingError> for Problem {
    fn from(error: MoveBookingError) -> Self {
        match error {
            MoveBookingError::NotFound => Self::not_found(),
            MoveBookingError::Forbidden => Self::forbidden(),
            MoveBookingError::Stale => Self::stale(),
            MoveBookingError::Refused(error) => refused_move(&error),
            MoveBookingError::Store(error) => error.into(),
        }
    }
}
