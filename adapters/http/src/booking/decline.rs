//! `POST /bookings/{booking_id}/decline`.

use actix_web::HttpResponse;
use serde::Deserialize;
use sojourn_application::booking::{self, DeclineError};
use sojourn_domain::shared::BookingId;
use utoipa::ToSchema;

use super::dto::BookingDto;
use super::get::show;
use super::refused_move::refused_move;
use crate::extract::{MaybeBody, Target};
use crate::openapi::Failures;
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
    post, path = "/bookings/{booking_id}/decline", operation_id = "decline_booking", tag = "bookings",
    params(Target<BookingId>),
    request_body = Option<DeclineInput>,
    responses((status = 200, description = "The updated booking", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn decline_booking(
    on: Target<BookingId>,
    MaybeBody(input): MaybeBody<DeclineInput>,
) -> Result<HttpResponse, Problem> {
    let reason = input.unwrap_or_default().reason;
    booking::decline(&on.state.ports, &on.actor, on.id, reason, on.expected).await?;
    show(&on).await
}

impl From<DeclineError> for Problem {
    fn from(error: DeclineError) -> Self {
        match error {
            DeclineError::NotFound => Self::not_found(),
            DeclineError::Forbidden => Self::forbidden(),
            DeclineError::Stale => Self::stale(),
            DeclineError::Refused(error) => refused_move(&error),
            DeclineError::Invalid(found) => Self::unprocessable(found),
            DeclineError::Store(error) => error.into(),
        }
    }
}
