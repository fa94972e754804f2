//! `POST /bookings/{booking_id}/check-in`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::booking::{self, MoveBookingError};
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::show;
use super::refused_move::refused_move;
use crate::AppState;
use crate::extract::{Authenticated, Id, IfMatch};
use crate::problem::Problem;
use crate::property::Failures;

/// The guests arrive: from the check-in time on, by guest or host.
#[utoipa::path(
    post, path = "/bookings/{booking_id}/check-in", operation_id = "check_in", tag = "bookings",
    params(("booking_id" = String, Path, format = "uuid")),
    responses((status = 200, description = "The booking as it is now", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn check_in(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<BookingId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse, Problem> {
    booking::check_in(&state.ports, &who.actor, id, expected).await?;
    show(&state, &request, &who.actor, id).await
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
