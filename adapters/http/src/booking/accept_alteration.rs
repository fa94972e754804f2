//! `POST /bookings/{booking_id}/alteration/accept`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::show;
use crate::extract::Target;
use crate::openapi::Failures;
use crate::problem::Problem;

/// Accept an alteration
///
/// By the other party. A higher price is charged to the guest's card, a lower one is refunded. If the
/// payment provider does not respond (503), repeat the request.
#[utoipa::path(
    post, path = "/bookings/{booking_id}/alteration/accept", operation_id = "accept_alteration", tag = "bookings",
    params(Target<BookingId>),
    responses((status = 200, description = "The updated booking", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn accept_alteration(on: Target<BookingId>) -> Result<HttpResponse, Problem> {
    booking::accept_alteration(&on.state.ports, &on.actor, on.id, on.expected).await?;
    show(&on).await
}
