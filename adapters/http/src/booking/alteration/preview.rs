//! `POST /bookings/{booking_id}/alteration/preview`.

use actix_web::HttpResponse;
use serde::Serialize;
use sojourn_application::booking::{self, AlterationPreview};
use sojourn_domain::booking::BookingCommand;
use sojourn_domain::shared::BookingId;
use utoipa::ToSchema;

use super::input::BookingPatch;
use crate::extract::{Body, ResourceCommand};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::wire::enums::RefundPolicySchema;
use crate::wire::money::MoneyDto;
use crate::wire::price_line::LineDto;

/// Price of a change of a booking, and who accepts it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AlterationPreview)]
pub struct AlterationPreviewDto {
    /// Price lines after the change.
    lines: Vec<LineDto>,
    /// Total price after the change.
    total: MoneyDto,
    /// Difference to the current total; a negative amount is refunded.
    difference: MoneyDto,
    /// Party that accepts the change: the host, the guest, or `instant` when it applies at once.
    #[schema(value_type = AcceptedBySchema)]
    accepted_by: &'static str,
    /// Cancellation policy after the change.
    #[schema(value_type = RefundPolicySchema)]
    cancellation_policy: &'static str,
}

/// Party that accepts a change.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AcceptedBy)]
#[expect(
    dead_code,
    reason = "schema of the domain's AcceptedBy, never constructed"
)]
pub enum AcceptedBySchema {
    /// It applies at once.
    Instant,
    /// The host.
    Host,
    /// The guest.
    Guest,
}

impl From<AlterationPreview> for AlterationPreviewDto {
    fn from(preview: AlterationPreview) -> Self {
        Self {
            lines: preview.price.lines.iter().map(Into::into).collect(),
            total: preview.price.total.into(),
            difference: preview.difference.into(),
            accepted_by: preview.accepted_by.as_str(),
            cancellation_policy: preview.policy.as_str(),
        }
    }
}

/// Preview a change of the dates or guests of a booking
///
/// Takes the same body as the change itself, fails as it would, and changes nothing.
#[utoipa::path(
    post, path = "/v1/bookings/{booking_id}/alteration/preview", operation_id = "preview_alteration", tag = "bookings",
    params(ResourceCommand<BookingId>),
    request_body = BookingPatch,
    responses((status = 200, description = "The preview", body = AlterationPreviewDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn preview_alteration(
    command: ResourceCommand<BookingId>,
    patch: Body<BookingPatch>,
) -> Result<HttpResponse, Problem> {
    let ports = &command.state.ports;
    let permission = booking::permit(ports, &command.actor, command.id, BookingCommand::Alter);
    let request = patch.parse_after(permission, BookingPatch::parse).await?;
    let preview = booking::preview_alteration(ports, &command.actor, command.id, &request).await?;
    Ok(HttpResponse::Ok().json(AlterationPreviewDto::from(preview)))
}
