//! `GET /bookings/{booking_id}/cancellation`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::booking::{self, Preview, PreviewError};
use sojourn_domain::shared::BookingId;
use utoipa::ToSchema;

use super::refused_move::refused_move;
use crate::AppState;
use crate::extract::{Authenticated, Id};
use crate::money_dto::MoneyDto;
use crate::openapi::Failures;
use crate::problem::Problem;
use crate::property::{LineKindWord, RefundPolicyWord};

/// What would come back now, and from when on how much.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CancellationPreview)]
pub struct PreviewDto {
    /// What comes back.
    refund: MoneyDto,
    /// What is kept.
    kept: MoneyDto,
    /// Line by line.
    lines: Vec<RefundLineDto>,
    /// The booking's policy.
    #[schema(value_type = RefundPolicyWord)]
    policy: &'static str,
    /// The refund to a guest over time, from now on.
    curve: Vec<CurveStepDto>,
}

/// What comes back of one line.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RefundLine)]
pub struct RefundLineDto {
    /// What for.
    #[schema(value_type = LineKindWord)]
    kind: &'static str,
    /// What was paid.
    paid: MoneyDto,
    /// What comes back.
    refunded: MoneyDto,
}

/// A stretch of time in which the refund is the same.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CurveStep)]
pub struct CurveStepDto {
    /// Its last instant; null on the last step.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<DateTime<Utc>>,
    /// What comes back.
    refund: MoneyDto,
}

impl From<Preview> for PreviewDto {
    fn from(preview: Preview) -> Self {
        let lines = preview.refund.lines.iter().map(|line| RefundLineDto {
            kind: line.kind.as_str(),
            paid: line.paid.into(),
            refunded: line.refunded.into(),
        });
        let curve = preview.curve.iter();
        Self {
            refund: preview.refund.refund.into(),
            kept: preview.refund.kept.into(),
            lines: lines.collect(),
            policy: preview.policy.as_str(),
            curve: curve
                .map(|step| CurveStepDto {
                    until: step.until,
                    refund: step.refund.into(),
                })
                .collect(),
        }
    }
}

/// What would come back if the asker cancelled now, and the whole curve of a guest's refund over time.
#[utoipa::path(
    get, path = "/bookings/{booking_id}/cancellation", operation_id = "preview_cancellation", tag = "bookings",
    params(("booking_id" = String, Path, format = "uuid")),
    responses((status = 200, description = "The preview", body = PreviewDto), Failures),
    security(("bearer" = []))
)]
pub async fn preview_cancellation(
    state: Data<AppState>,
    who: Authenticated,
    Id(id): Id<BookingId>,
) -> Result<HttpResponse, Problem> {
    let preview = booking::cancellation(&state.ports, &who.actor, id).await?;
    Ok(HttpResponse::Ok().json(PreviewDto::from(preview)))
}

impl From<PreviewError> for Problem {
    fn from(error: PreviewError) -> Self {
        match error {
            PreviewError::NotFound => Self::not_found(),
            PreviewError::Refused(error) => refused_move(&error),
            PreviewError::Store(error) => error.into(),
        }
    }
}
