//! `PATCH /bookings/{booking_id}`.

use actix_web::HttpResponse;
use sojourn_application::booking;
use sojourn_domain::booking::BookingCommand;
use sojourn_domain::shared::BookingId;

use super::input::BookingPatch;
use crate::booking::dto::BookingDto;
use crate::booking::get::respond_with_booking;
use crate::extract::{Body, ResourceCommand};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Change the dates or guests of a booking
///
/// JSON Merge Patch. Agreed nights keep their price, added nights cost what they cost now, and discounts, fees
/// and taxes follow from the price list that the booking keeps. An unpaid booking changes at once. Otherwise
/// the change is a proposal to the other party; a property with instant booking accepts its guest's proposal
/// automatically if it costs the host nothing. The price difference is charged or refunded. At most ten changes
/// are applied to a booking.
#[utoipa::path(
    patch, path = "/v1/bookings/{booking_id}", operation_id = "update_booking", tag = "bookings",
    params(ResourceCommand<BookingId>),
    request_body = BookingPatch,
    responses((status = 200, description = "The booking, changed or with its pending `alteration`", body = BookingDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn update_booking(
    command: ResourceCommand<BookingId>,
    patch: Body<BookingPatch>,
) -> Result<HttpResponse, Problem> {
    let permission = booking::permit(
        &command.state.ports,
        &command.actor,
        command.id,
        BookingCommand::Alter,
    );
    let request = patch.parse_after(permission, BookingPatch::parse).await?;
    let view = booking::alter(
        &command.state.ports,
        &command.actor,
        command.id,
        request,
        command.expected,
    )
    .await?;
    Ok(respond_with_booking(&command, &view))
}
