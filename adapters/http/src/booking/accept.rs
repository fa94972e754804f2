//! `POST /bookings/{booking_id}/accept`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::respond_with_booking;
use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Accept a booking request
///
/// By the host. Captures the amount authorized on the guest's card. If the payment provider does not
/// respond (503), repeat the request.
#[utoipa::path(
    post, path = "/v1/bookings/{booking_id}/accept", operation_id = "accept_booking", tag = "bookings",
    params(ResourceCommand<BookingId>),
    responses((status = 200, description = "The updated booking", body = BookingDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn accept_booking(command: ResourceCommand<BookingId>) -> Result<HttpResponse, Problem> {
    let view = booking::accept(
        &command.state.ports,
        &command.actor,
        command.id,
        command.expected,
    )
    .await?;
    Ok(respond_with_booking(&command, &view))
}
