//! `POST /bookings/{booking_id}/alteration/withdraw`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::shared::BookingId;

use crate::booking::dto::BookingDto;
use crate::booking::get::respond_with_booking;
use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Withdraw an alteration
///
/// By the party that proposed it. The booking stays unchanged.
#[utoipa::path(
    post, path = "/v1/bookings/{booking_id}/alteration/withdraw", operation_id = "withdraw_alteration", tag = "bookings",
    params(ResourceCommand<BookingId>),
    responses((status = 200, description = "The updated booking", body = BookingDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn withdraw_alteration(
    command: ResourceCommand<BookingId>,
) -> Result<HttpResponse, Problem> {
    let view = booking::withdraw_alteration(
        &command.state.ports,
        &command.actor,
        command.id,
        command.expected,
    )
    .await?;
    Ok(respond_with_booking(&command, &view))
}
