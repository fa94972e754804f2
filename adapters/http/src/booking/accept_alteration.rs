//! `POST /bookings/{booking_id}/alteration/accept`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::show;
use crate::extract::Target;
use crate::openapi::Failures;
use crate::problem::Problem;

/// The other side says yes to an alteration. What it costs more is charged to the guest's card, what it costs
/// less comes back. When the payment provider is silent, asking again finishes it.
#[utoipa::path(
    post, path = "/bookings/{booking_id}/alteration/accept", operation_id = "accept_alteration", tag = "bookings",
    params(Target<BookingId>),
    responses((status = 200, description = "The booking as it is now", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn accept_alteration(on: Target<BookingId>) -> Result<HttpResponse, Problem> {
    booking::accept_alteration(&on.state.ports, &on.actor, on.id, on.expected).await?;
    show(&on).await
}
