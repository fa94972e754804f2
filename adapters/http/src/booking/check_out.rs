//! `POST /bookings/{booking_id}/check-out`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::respond_with_booking;
use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Record the check-out
///
/// By guest or host.
#[utoipa::path(
    post, path = "/v1/bookings/{booking_id}/check-out", operation_id = "check_out", tag = "bookings",
    params(ResourceCommand<BookingId>),
    responses((status = 200, description = "The updated booking", body = BookingDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn check_out(command: ResourceCommand<BookingId>) -> Result<HttpResponse, Problem> {
    let view = booking::check_out(
        &command.state.ports,
        &command.actor,
        command.id,
        command.expected,
    )
    .await?;
    Ok(respond_with_booking(&command, &view))
}
