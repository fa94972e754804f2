//! `POST /bookings/{booking_id}/alteration/withdraw`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::show;
use crate::extract::Target;
use crate::openapi::Failures;
use crate::problem::Problem;

/// Withdraw an alteration
///
/// By the party that proposed it. The booking stays unchanged.
#[utoipa::path(
    post, path = "/bookings/{booking_id}/alteration/withdraw", operation_id = "withdraw_alteration", tag = "bookings",
    params(Target<BookingId>),
    responses((status = 200, description = "The updated booking", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn withdraw_alteration(on: Target<BookingId>) -> Result<HttpResponse, Problem> {
    booking::withdraw_alteration(&on.state.ports, &on.actor, on.id, on.expected).await?;
    show(&on).await
}
