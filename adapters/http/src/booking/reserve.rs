//! `POST /bookings`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use sojourn_application::booking::{self, Reserve};
use sojourn_domain::shared::Violations;
use utoipa::ToSchema;

use super::dto::BookingDto;
use crate::extract::{Authenticated, Body};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::response::created;
use crate::state::AppState;
use crate::wire::accepted::parse_enum;
use crate::wire::enums::RateSchema;
use crate::wire::money::MoneyDto;
use crate::wire::stay::{GuestsDto, rate, stay};

/// A booking request of a guest.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookingInput {
    /// Id of the property.
    #[schema(format = "uuid")]
    property_id: String,
    /// Check-in date.
    #[schema(format = Date)]
    check_in: String,
    /// Check-out date.
    #[schema(format = Date)]
    check_out: String,
    /// Number of guests.
    guests: GuestsDto,
    /// Rate plan; `standard` when absent.
    #[schema(value_type = Option<RateSchema>)]
    rate: Option<String>,
    /// Token of a quote, whose price then applies.
    quote_token: Option<String>,
    /// Expected total without a quote; any other total fails with 409 `price_changed`.
    expected_total: Option<MoneyDto>,
    /// Message to the host.
    #[schema(min_length = 1, max_length = 2000)]
    message: Option<String>,
}

impl BookingInput {
    fn parse(self) -> Result<Reserve, Violations> {
        let mut found = Violations::new();
        let property_id = parse_enum(&mut found, "/property_id", &self.property_id, |text| {
            text.parse().ok()
        });
        let stay = stay(&mut found, &self.check_in, &self.check_out);
        let guests = self.guests.parse("/guests", &mut found);
        let rate = rate(&mut found, self.rate.as_deref());
        let total = self
            .expected_total
            .and_then(|total| total.parse("/expected_total", &mut found));
        if let Some(message) = &self.message {
            found.text("/message", message, 2_000);
        }
        let (Some(property_id), Some(stay), Some(guests), Some(rate)) =
            (property_id, stay, guests, rate)
        else {
            return Err(found);
        };
        let (quote_token, message) = (self.quote_token, self.message);
        found.into_result(Reserve {
            property_id,
            stay,
            guests,
            rate,
            quote_token,
            expected_total: total,
            message,
        })
    }
}

/// Create a booking
///
/// Holds the nights for 15 minutes, within which the booking has to be paid.
#[utoipa::path(
    post, path = "/v1/bookings", operation_id = "create_booking", tag = "bookings",
    request_body = BookingInput,
    responses((status = 201, description = "The booking, awaiting payment", body = BookingDto, links(
            ("get_booking" = (operation_id = "get_booking", parameters(("booking_id" = "$response.body#/id")))),
            ("update_booking" = (operation_id = "update_booking", parameters(("booking_id" = "$response.body#/id")))),
            ("preview_alteration" = (operation_id = "preview_alteration", parameters(("booking_id" = "$response.body#/id")))),
            ("accept_alteration" = (operation_id = "accept_alteration", parameters(("booking_id" = "$response.body#/id")))),
            ("decline_alteration" = (operation_id = "decline_alteration", parameters(("booking_id" = "$response.body#/id")))),
            ("withdraw_alteration" = (operation_id = "withdraw_alteration", parameters(("booking_id" = "$response.body#/id")))),
            ("accept_booking" = (operation_id = "accept_booking", parameters(("booking_id" = "$response.body#/id")))),
            ("decline_booking" = (operation_id = "decline_booking", parameters(("booking_id" = "$response.body#/id")))),
            ("preview_cancellation" = (operation_id = "preview_cancellation", parameters(("booking_id" = "$response.body#/id")))),
            ("cancel_booking" = (operation_id = "cancel_booking", parameters(("booking_id" = "$response.body#/id")))),
            ("check_in" = (operation_id = "check_in", parameters(("booking_id" = "$response.body#/id")))),
            ("check_out" = (operation_id = "check_out", parameters(("booking_id" = "$response.body#/id")))),
            ("mark_no_show" = (operation_id = "mark_no_show", parameters(("booking_id" = "$response.body#/id"))))
        )), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn create_booking(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    input: Body<BookingInput>,
) -> Result<HttpResponse, Problem> {
    let reserve = input.parse(BookingInput::parse)?;
    let made = booking::reserve(&state.ports, &who.actor, reserve).await?;
    let body = BookingDto::from(&made);
    Ok(created(
        &request,
        "/v1/bookings",
        &made.id,
        made.version,
        &body,
    ))
}
