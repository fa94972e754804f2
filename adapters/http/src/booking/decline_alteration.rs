//! `POST /bookings/{booking_id}/alteration/decline`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::show;
use crate::extract::Target;
use crate::openapi::Failures;
use crate::problem::Problem;

/// Decline an alteration
///
/// By the other party. The booking stays unchanged.
#[utoipa::path(
    post, path = "/bookings/{booking_id}/alteration/decline", operation_id = "decline_alteration", tag = "bookings",
    params(Target<BookingId>),
    responses((status = 200, description = "The updated booking", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn decline_alteration(on: Target<BookingId>) -> Result<HttpResponse, Problem> {
    booking::decline_alteration(&on.state.ports, &on.actor, on.id, on.expected).await?;
    show(&on).await
}
