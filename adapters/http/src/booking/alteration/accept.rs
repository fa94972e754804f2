//! `POST /bookings/{booking_id}/alteration/accept`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::shared::BookingId;

use crate::booking::dto::BookingDto;
use crate::booking::get::respond_with_booking;
use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Accept an alteration
///
/// By the other party. A higher price is charged to the guest's card, a lower one is refunded. If the
/// payment provider does not respond (503), repeat the request.
#[utoipa::path(
    post, path = "/v1/bookings/{booking_id}/alteration/accept", operation_id = "accept_alteration", tag = "bookings",
    params(ResourceCommand<BookingId>),
    responses((status = 200, description = "The updated booking", body = BookingDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn accept_alteration(
    command: ResourceCommand<BookingId>,
) -> Result<HttpResponse, Problem> {
    booking::accept_alteration(
        &command.state.ports,
        &command.actor,
        command.id,
        command.expected,
    )
    .await?;
    respond_with_booking(&command).await
}
