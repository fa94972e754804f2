//! `POST /bookings/{booking_id}/cancel`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use sojourn_application::booking::{self, CancelError};
use sojourn_domain::booking::CancelRequest;
use sojourn_domain::shared::{BookingId, Violations};
use utoipa::ToSchema;

use super::dto::BookingDto;
use super::get::show;
use super::refused_move::refused_move;
use crate::AppState;
use crate::extract::{Authenticated, Body, Id, IfMatch};
use crate::problem::Problem;
use crate::property::{Failures, share};

/// How somebody cancels.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelInput {
    /// Why.
    #[schema(min_length = 1, max_length = 1000)]
    reason: Option<String>,
    /// An operator's decision on how much comes back, in basis points; refused to others.
    #[schema(minimum = 0, maximum = 10000)]
    refund_bps: Option<u32>,
}

impl CancelInput {
    fn parse(self, admin: bool) -> Result<CancelRequest, Violations> {
        let mut found = Violations::new();
        if let Some(reason) = &self.reason {
            found.text("/reason", reason, 1_000);
        }
        found.require(
            admin || self.refund_bps.is_none(),
            "/refund_bps",
            "not_allowed",
            "for operators alone",
        );
        let granted = self.refund_bps.map(|bps| share(&mut found, "/refund_bps", bps));
        found.or(CancelRequest { reason: self.reason, granted })
    }
}

/// Calls a booking off. What comes back is what `/cancellation` says.
#[utoipa::path(
    post, path = "/bookings/{booking_id}/cancel", operation_id = "cancel_booking", tag = "bookings",
    params(("booking_id" = String, Path, format = "uuid")),
    request_body = CancelInput,
    responses((status = 200, description = "The booking as it is now", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn cancel_booking(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<BookingId>,
    IfMatch(expected): IfMatch,
    Body(input): Body<CancelInput>,
) -> Result<HttpResponse, Problem> {
    let cancel = input.parse(who.actor.admin).map_err(Problem::unprocessable)?;
    booking::cancel(&state.ports, &who.actor, id, cancel, expected).await?;
    show(&state, &request, &who.actor, id).await
}

impl From<CancelError> for Problem {
    fn from(error: CancelError) -> Self {
        match error {
            CancelError::NotFound => Self::not_found(),
            CancelError::Forbidden => Self::forbidden(),
            CancelError::Stale => Self::stale(),
            CancelError::Refused(error) => refused_move(&error),
            CancelError::Invalid(found) => Self::unprocessable(found),
            CancelError::Store(error) => error.into(),
        }
    }
}
