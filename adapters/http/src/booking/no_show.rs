//! `POST /bookings/{booking_id}/no-show`.

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

/// The guests never came: the host says so, from 24 hours after the check-in time until the stay ends.
#[utoipa::path(
    post, path = "/bookings/{booking_id}/no-show", operation_id = "mark_no_show", tag = "bookings",
    params(("booking_id" = String, Path, format = "uuid")),
    responses((status = 200, description = "The booking as it is now", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn mark_no_show(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<BookingId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse, Problem> {
    booking::no_show(&state.ports, &who.actor, id, expected).await?;
    show(&state, &request, &who.actor, id).await
}
