//! `POST /admin/bookings/{booking_id}/cancel`.

use actix_web::HttpResponse;
use serde::Deserialize;
use sojourn_application::admin;
use sojourn_domain::booking::CancelRequest;
use sojourn_domain::shared::{BookingId, Violations};
use utoipa::ToSchema;

use crate::booking::{BookingDto, show};
use crate::extract::{Body, Target};
use crate::openapi::Failures;
use crate::problem::Problem;
use crate::property::share;

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
            .map(|bps| share(&mut found, "/refund_bps", bps));
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
    post, path = "/admin/bookings/{booking_id}/cancel", operation_id = "cancel_any_booking", tag = "admin",
    params(Target<BookingId>),
    request_body = OperatorCancelInput,
    responses((status = 200, description = "The updated booking", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn cancel_any_booking(
    on: Target<BookingId>,
    Body(input): Body<OperatorCancelInput>,
) -> Result<HttpResponse, Problem> {
    admin::cancel_booking(
        &on.state.ports,
        &on.actor,
        on.id,
        input.parse()?,
        on.expected,
    )
    .await?;
    show(&on).await
}
