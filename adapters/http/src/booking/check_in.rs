//! `POST /bookings/{booking_id}/check-in`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::respond_with_booking;
use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Record the check-in
///
/// By guest or host, from the check-in time on.
#[utoipa::path(
    post, path = "/v1/bookings/{booking_id}/check-in", operation_id = "check_in", tag = "bookings",
    params(ResourceCommand<BookingId>),
    responses((status = 200, description = "The updated booking", body = BookingDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn check_in(command: ResourceCommand<BookingId>) -> Result<HttpResponse, Problem> {
    let view = booking::check_in(
        &command.state.ports,
        &command.actor,
        command.id,
        command.expected,
    )
    .await?;
    Ok(respond_with_booking(&command, &view))
}
