//! `PATCH /bookings/{booking_id}`.

use actix_web::HttpResponse;
use sojourn_application::booking::{self, AlterError};
use sojourn_domain::shared::BookingId;

use super::input::BookingPatch;
use crate::booking::dto::BookingDto;
use crate::booking::errors::transition_problem;
use crate::booking::get::respond_with_booking;
use crate::extract::{Body, ResourceCommand};
use crate::openapi::ProblemResponses;
use crate::payment::{card_problem, gateway_unavailable};
use crate::problem::Problem;
use crate::property::{availability_problem, price_problem};

/// Change the dates or guests of a booking
///
/// JSON Merge Patch, priced at the property's current prices. An unpaid booking changes at once.
/// Otherwise the change is a proposal to the other party; a property with instant booking accepts its
/// guest's proposals automatically. The price difference is charged or refunded.
#[utoipa::path(
    patch, path = "/bookings/{booking_id}", operation_id = "update_booking", tag = "bookings",
    params(ResourceCommand<BookingId>),
    request_body = BookingPatch,
    responses((status = 200, description = "The booking, changed or with its pending `alteration`", body = BookingDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn update_booking(
    command: ResourceCommand<BookingId>,
    Body(patch): Body<BookingPatch>,
) -> Result<HttpResponse, Problem> {
    let request = patch.parse().map_err(Problem::unprocessable)?;
    booking::alter(
        &command.state.ports,
        &command.actor,
        command.id,
        request,
        command.expected,
    )
    .await?;
    respond_with_booking(&command).await
}

impl From<AlterError> for Problem {
    fn from(error: AlterError) -> Self {
        match error {
            AlterError::NotFound => Self::not_found(),
            AlterError::Forbidden => Self::forbidden(),
            AlterError::Stale => Self::stale(),
            AlterError::Refused(refusals) => availability_problem(&refusals),
            AlterError::Move(error) => transition_problem(&error),
            AlterError::Price(error) => price_problem(error),
            AlterError::CurrencyChanged => {
                let detail = "The property's prices are now in another currency than the booking.";
                Self::conflict("price_changed", detail)
            }
            AlterError::CardRefused { code } => card_problem(&code),
            AlterError::Unavailable => gateway_unavailable(),
            AlterError::Invalid(found) => Self::unprocessable(found),
            AlterError::Store(error) => error.into(),
        }
    }
}
