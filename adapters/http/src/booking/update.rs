//! `PATCH /bookings/{booking_id}`.

use actix_web::HttpResponse;
use sojourn_application::booking::{self, AlterError};
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::get::show;
use super::input::BookingPatch;
use super::refused_move::refused_move;
use crate::extract::{Body, Target};
use crate::openapi::Failures;
use crate::payment::{declined, silent_gateway};
use crate::problem::Problem;
use crate::property::{refused, unpriced};

/// Change the dates or guests of a booking
///
/// JSON Merge Patch, priced at the property's current prices. An unpaid booking changes at once.
/// Otherwise the change is a proposal to the other party; a property with instant booking accepts its
/// guest's proposals automatically. The price difference is charged or refunded.
#[utoipa::path(
    patch, path = "/bookings/{booking_id}", operation_id = "update_booking", tag = "bookings",
    params(Target<BookingId>),
    request_body = BookingPatch,
    responses((status = 200, description = "The booking, changed or with its pending `alteration`", body = BookingDto), Failures),
    security(("bearer" = []))
)]
pub async fn update_booking(
    on: Target<BookingId>,
    Body(patch): Body<BookingPatch>,
) -> Result<HttpResponse, Problem> {
    let request = patch.parse().map_err(Problem::unprocessable)?;
    booking::alter(&on.state.ports, &on.actor, on.id, request, on.expected).await?;
    show(&on).await
}

impl From<AlterError> for Problem {
    fn from(error: AlterError) -> Self {
        match error {
            AlterError::NotFound => Self::not_found(),
            AlterError::Forbidden => Self::forbidden(),
            AlterError::Stale => Self::stale(),
            AlterError::Refused(refusals) => refused(&refusals),
            AlterError::Move(error) => refused_move(&error),
            AlterError::Price(error) => unpriced(error),
            AlterError::CurrencyChanged => {
                let detail = "The property's prices are now in another currency than the booking.";
                Self::conflict("price_changed", detail)
            }
            AlterError::CardRefused { code } => declined(&code),
            AlterError::Unavailable => silent_gateway(),
            AlterError::Invalid(found) => Self::unprocessable(found),
            AlterError::Store(error) => error.into(),
        }
    }
}
