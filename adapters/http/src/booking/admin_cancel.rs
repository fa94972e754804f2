//! `POST /admin/bookings/{booking_id}/cancel`.

use actix_web::HttpResponse;
use serde::Deserialize;
use sojourn_application::access::permit_admin;
use sojourn_application::booking;
use sojourn_domain::booking::CancelRequest;
use sojourn_domain::shared::{BookingId, Violations};
use utoipa::ToSchema;

use super::dto::BookingDto;
use super::get::respond_with_booking;
use crate::extract::{Body, ResourceCommand};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::property::parse_basis_points;

/// Cancellation of a booking by an operator.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OperatorCancelInput {
    /// Reason, visible to guest and host.
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
    /// Share of the paid amount to refund, in basis points; 10000 (all of it) when absent.
    #[schema(minimum = 0, maximum = 10000)]
    refund_bps: Option<u32>,
}

impl OperatorCancelInput {
    fn parse(self) -> Result<CancelRequest, Violations> {
        let mut found = Violations::new();
        let granted = self
            .refund_bps
            .map(|bps| parse_basis_points(&mut found, "/refund_bps", bps));
        found.into_result(CancelRequest {
            reason: Some(self.reason),
            granted,
        })
    }
}

/// Cancel any booking
///
/// Requires the `admin` role.
#[utoipa::path(
    post, path = "/v1/admin/bookings/{booking_id}/cancel", operation_id = "cancel_any_booking", tag = "admin",
    params(ResourceCommand<BookingId>),
    request_body = OperatorCancelInput,
    responses((status = 200, description = "The updated booking", body = BookingDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn admin_cancel_booking(
    command: ResourceCommand<BookingId>,
    input: Body<OperatorCancelInput>,
) -> Result<HttpResponse, Problem> {
    let permission = permit_admin(&command.actor);
    let cancel = input
        .parse_after(permission, OperatorCancelInput::parse)
        .await?;
    let view = booking::cancel_as_admin(
        &command.state.ports,
        &command.actor,
        command.id,
        cancel,
        command.expected,
    )
    .await?;
    Ok(respond_with_booking(&command, &view))
}
