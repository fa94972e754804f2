//! `POST /bookings/{booking_id}/no-show`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::respond_with_booking;
use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Mark a booking as a no-show
///
/// By the host, from 24 hours after the check-in time until the stay ends.
#[utoipa::path(
    post, path = "/v1/bookings/{booking_id}/no-show", operation_id = "mark_no_show", tag = "bookings",
    params(ResourceCommand<BookingId>),
    responses((status = 200, description = "The updated booking", body = BookingDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn mark_no_show(command: ResourceCommand<BookingId>) -> Result<HttpResponse, Problem> {
    let view = booking::no_show(
        &command.state.ports,
        &command.actor,
        command.id,
        command.expected,
    )
    .await?;
    Ok(respond_with_booking(&command, &view))
}
