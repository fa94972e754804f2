//! `POST /bookings/{booking_id}/no-show`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::show;
use crate::extract::Target;
use crate::openapi::Failures;
use crate::problem::Problem;

/// Mark a booking as a no-show
///
/// By the host, from 24 hours after the check-in time until the stay ends.
#[utoipa::path(
    post, path = "/bookings/{booking_id}/no-show", operation_id = "mark_no_show", tag = "bookings",
    params(Target<BookingId>),
    responses((status = 200, description = "The updated booking", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn mark_no_show(on: Target<BookingId>) -> Result<HttpResponse, Problem> {
    booking::no_show(&on.state.ports, &on.actor, on.id, on.expected).await?;
    show(&on).await
}
