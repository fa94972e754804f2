//! `GET /bookings/{booking_id}`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::booking::{self, BookingView};
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use super::expand::{ExpandParams, include};
use crate::etag;
use crate::extract::{Authenticated, Id, Params, ResourceCommand};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Get a booking
///
/// Visible to its guest, its host and operators.
#[utoipa::path(
    get, path = "/v1/bookings/{booking_id}", operation_id = "get_booking", tag = "bookings",
    params(("booking_id" = String, Path, format = "uuid"), ExpandParams),
    responses(
        (status = 200, description = "The booking", body = BookingDto),
        (status = 304, description = "Not modified"),
        ProblemResponses
    ),
    security(("bearer" = []))
)]
pub async fn get_booking(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<BookingId>,
    expand: Params<ExpandParams>,
) -> Result<HttpResponse, Problem> {
    let view = booking::get(&state.ports, &who.actor, id).await?;
    let wanted = expand.parse(ExpandParams::parse)?;
    let mut found = [BookingDto::from(&view)];
    include(&state.ports, &who.actor, &wanted, &mut found).await?;
    let [found] = found;
    Ok(etag::respond(
        &request,
        StatusCode::OK,
        view.version,
        &found,
    ))
}

/// Responds to a command with the booking that it has changed.
pub fn respond_with_booking(
    command: &ResourceCommand<BookingId>,
    view: &BookingView,
) -> HttpResponse {
    etag::respond(
        &command.request,
        StatusCode::OK,
        view.version,
        &BookingDto::from(view),
    )
}
