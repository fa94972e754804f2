//! `POST /bookings/{booking_id}/alteration/decline`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::show;
use crate::extract::Target;
use crate::openapi::Failures;
use crate::problem::Problem;

/// The other side says no to an alteration: the booking stays as it is.
#[utoipa::path(
    post, path = "/bookings/{booking_id}/alteration/decline", operation_id = "decline_alteration", tag = "bookings",
    params(Target<BookingId>),
    responses((status = 200, description = "The booking as it is now", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn decline_alteration(on: Target<BookingId>) -> Result<HttpResponse, Problem> {
    booking::decline_alteration(&on.state.ports, &on.actor, on.id, on.expected).await?;
    show(&on).await
}
