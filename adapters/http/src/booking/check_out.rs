//! `POST /bookings/{booking_id}/check-out`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::show;
use crate::extract::Target;
use crate::openapi::Failures;
use crate::problem::Problem;

/// Record the check-out
///
/// By guest or host.
#[utoipa::path(
    post, path = "/bookings/{booking_id}/check-out", operation_id = "check_out", tag = "bookings",
    params(Target<BookingId>),
    responses((status = 200, description = "The updated booking", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn check_out(on: Target<BookingId>) -> Result<HttpResponse, Problem> {
    booking::check_out(&on.state.ports, &on.actor, on.id, on.expected).await?;
    show(&on).await
}
