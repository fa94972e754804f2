//! `POST /bookings/{booking_id}/decline`.

use actix_web::HttpResponse;
use serde::Deserialize;
use sojourn_application::booking;
use sojourn_domain::booking::BookingCommand;
use sojourn_domain::shared::BookingId;
use utoipa::ToSchema;

use super::dto::BookingDto;
use super::get::respond_with_booking;
use crate::extract::{MaybeBody, ResourceCommand};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Refusal of a booking request.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineInput {
    /// Reason, visible to the guest.
    #[schema(min_length = 1, max_length = 1000)]
    reason: Option<String>,
}

/// Decline a booking request
///
/// By the host. Releases the nights and the authorization on the guest's card.
#[utoipa::path(
    post, path = "/v1/bookings/{booking_id}/decline", operation_id = "decline_booking", tag = "bookings",
    params(ResourceCommand<BookingId>),
    request_body = Option<DeclineInput>,
    responses((status = 200, description = "The updated booking", body = BookingDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn decline_booking(
    command: ResourceCommand<BookingId>,
    MaybeBody(input): MaybeBody<DeclineInput>,
) -> Result<HttpResponse, Problem> {
    let permission = booking::permit(
        &command.state.ports,
        &command.actor,
        command.id,
        BookingCommand::Decline,
    );
    let input = input.judge_after(permission).await?;
    let DeclineInput { reason } = input.unwrap_or_default();
    let view = booking::decline(
        &command.state.ports,
        &command.actor,
        command.id,
        reason,
        command.expected,
    )
    .await?;
    Ok(respond_with_booking(&command, &view))
}
