//! `POST /bookings/{booking_id}/cancel`.

use actix_web::HttpResponse;
use serde::Deserialize;
use sojourn_application::booking;
use sojourn_domain::booking::{BookingCommand, CancelRequest};
use sojourn_domain::shared::{BookingId, Violations};
use utoipa::ToSchema;

use super::dto::BookingDto;
use super::get::respond_with_booking;
use crate::extract::{MaybeBody, ResourceCommand};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::property::parse_basis_points;

/// Cancellation of a booking.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelInput {
    /// Reason of the cancellation.
    #[schema(min_length = 1, max_length = 1000)]
    reason: Option<String>,
    /// Share of the paid amount to refund, in basis points; only allowed for operators.
    #[schema(minimum = 0, maximum = 10000)]
    refund_bps: Option<u32>,
}

impl CancelInput {
    fn parse(self) -> Result<CancelRequest, Violations> {
        let mut found = Violations::new();
        if let Some(reason) = &self.reason {
            found.text("/reason", reason, 1_000);
        }
        let granted = self
            .refund_bps
            .map(|bps| parse_basis_points(&mut found, "/refund_bps", bps));
        found.into_result(CancelRequest {
            reason: self.reason,
            granted,
        })
    }
}

/// Cancel a booking
///
/// Refunds the amount previewed by `/bookings/{booking_id}/cancellation`.
#[utoipa::path(
    post, path = "/v1/bookings/{booking_id}/cancel", operation_id = "cancel_booking", tag = "bookings",
    params(ResourceCommand<BookingId>),
    request_body = Option<CancelInput>,
    responses((status = 200, description = "The updated booking", body = BookingDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn cancel_booking(
    command: ResourceCommand<BookingId>,
    MaybeBody(input): MaybeBody<CancelInput>,
) -> Result<HttpResponse, Problem> {
    let (ports, actor, id) = (&command.state.ports, &command.actor, command.id);
    let permission = booking::permit(ports, actor, id, BookingCommand::Cancel);
    let input = input.judge_after(permission).await?.unwrap_or_default();
    if input.refund_bps.is_some() {
        booking::permit_setting_refund(ports, actor, id).await?;
    }
    let view = booking::cancel(ports, actor, id, input.parse()?, command.expected).await?;
    Ok(respond_with_booking(&command, &view))
}
