//! `POST /bookings/{booking_id}/check-out`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::booking;
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::show;
use crate::AppState;
use crate::extract::{Authenticated, Id, IfMatch};
use crate::problem::Problem;
use crate::property::Failures;

/// The guests leave, by guest or host.
#[utoipa::path(
    post, path = "/bookings/{booking_id}/check-out", operation_id = "check_out", tag = "bookings",
    params(("booking_id" = String, Path, format = "uuid")),
    responses((status = 200, description = "The booking as it is now", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn check_out(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<BookingId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse, Problem> {
    booking::check_out(&state.ports, &who.actor, id, expected).await?;
    show(&state, &request, &who.actor, id).await
}
