//! `POST /bookings/{booking_id}/alteration/accept`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::booking::BookingCommand;
use sojourn_domain::shared::BookingId;

use super::input::AcceptAlterationInput;
use crate::booking::dto::BookingDto;
use crate::booking::get::respond_with_booking;
use crate::extract::{MaybeBody, ResourceCommand};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Accept an alteration
///
/// By the other party. A higher price is charged to the guest's card, a lower one is refunded. A guest who
/// accepts may name another card. If the payment provider does not respond (503), repeat the request.
#[utoipa::path(
    post, path = "/v1/bookings/{booking_id}/alteration/accept", operation_id = "accept_alteration", tag = "bookings",
    params(ResourceCommand<BookingId>),
    request_body = Option<AcceptAlterationInput>,
    responses((status = 200, description = "The updated booking", body = BookingDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn accept_alteration(
    command: ResourceCommand<BookingId>,
    MaybeBody(input): MaybeBody<AcceptAlterationInput>,
) -> Result<HttpResponse, Problem> {
    let permission = booking::permit(
        &command.state.ports,
        &command.actor,
        command.id,
        BookingCommand::AcceptAlteration,
    );
    let input = input.judge_after(permission).await?.unwrap_or_default();
    let view = booking::accept_alteration(
        &command.state.ports,
        &command.actor,
        command.id,
        input.payment_method,
        command.expected,
    )
    .await?;
    Ok(respond_with_booking(&command, &view))
}
