//! `GET /bookings/{booking_id}/cancellation`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use sojourn_application::booking::{self, CancellationPreview};
use sojourn_domain::shared::BookingId;
use utoipa::ToSchema;

use crate::extract::{Authenticated, Id};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::enums::{LineKindSchema, RefundPolicySchema};
use crate::wire::money::MoneyDto;
use crate::wire::refund_curve::CurveStepDto;

/// Refund of a cancellation now and later.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CancellationPreview)]
pub struct PreviewDto {
    /// Refunded amount.
    refund: MoneyDto,
    /// Amount that is not refunded.
    kept: MoneyDto,
    /// Fee that the host pays for cancelling now; only shown to the host and operators.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    host_fee: Option<MoneyDto>,
    /// Refund of each price line.
    lines: Vec<RefundLineDto>,
    /// Cancellation policy of the booking.
    #[schema(value_type = RefundPolicySchema)]
    policy: &'static str,
    /// Refund over time, from now on, if the guest cancels.
    curve: Vec<CurveStepDto>,
}

/// Refund of a price line.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PriceLineRefund)]
pub struct RefundLineDto {
    /// Kind of the line.
    #[schema(value_type = LineKindSchema)]
    kind: &'static str,
    /// Paid amount.
    paid: MoneyDto,
    /// Refunded amount.
    refunded: MoneyDto,
}

impl From<CancellationPreview> for PreviewDto {
    fn from(preview: CancellationPreview) -> Self {
        let lines = preview.refund.lines.iter().map(|line| RefundLineDto {
            kind: line.kind.as_str(),
            paid: line.paid.into(),
            refunded: line.refunded.into(),
        });
        Self {
            refund: preview.refund.refund.into(),
            kept: preview.refund.kept.into(),
            host_fee: preview.host_fee.map(Into::into),
            lines: lines.collect(),
            policy: preview.policy.as_str(),
            curve: preview.curve.iter().map(Into::into).collect(),
        }
    }
}

/// Preview a cancellation
///
/// The refund if the caller cancels now, and the refund over time if the guest cancels.
#[utoipa::path(
    get, path = "/v1/bookings/{booking_id}/cancellation", operation_id = "preview_cancellation", tag = "bookings",
    params(("booking_id" = String, Path, format = "uuid")),
    responses((status = 200, description = "The preview", body = PreviewDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn preview_cancellation(
    state: Data<AppState>,
    who: Authenticated,
    Id(id): Id<BookingId>,
) -> Result<HttpResponse, Problem> {
    let preview = booking::preview_cancellation(&state.ports, &who.actor, id).await?;
    Ok(HttpResponse::Ok().json(PreviewDto::from(preview)))
}
