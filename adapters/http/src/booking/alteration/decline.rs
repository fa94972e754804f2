//! `POST /bookings/{booking_id}/alteration/decline`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::shared::BookingId;

use crate::booking::dto::BookingDto;
use crate::booking::get::respond_with_booking;
use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Decline an alteration
///
/// By the other party. The booking stays unchanged.
#[utoipa::path(
    post, path = "/v1/bookings/{booking_id}/alteration/decline", operation_id = "decline_alteration", tag = "bookings",
    params(ResourceCommand<BookingId>),
    responses((status = 200, description = "The updated booking", body = BookingDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn decline_alteration(
    command: ResourceCommand<BookingId>,
) -> Result<HttpResponse, Problem> {
    let view = booking::decline_alteration(
        &command.state.ports,
        &command.actor,
        command.id,
        command.expected,
    )
    .await?;
    Ok(respond_with_booking(&command, &view))
}
