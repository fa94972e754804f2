//! `GET /bookings/{booking_id}`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::booking::{self, BookingView};
use sojourn_domain::shared::BookingId;

use super::dto::BookingDto;
use crate::etag;
use crate::extract::{Authenticated, Id, ResourceCommand};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Get a booking
///
/// Visible to its guest, its host and operators.
#[utoipa::path(
    get, path = "/v1/bookings/{booking_id}", operation_id = "get_booking", tag = "bookings",
    params(("booking_id" = String, Path, format = "uuid")),
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
) -> Result<HttpResponse, Problem> {
    let view = booking::get(&state.ports, &who.actor, id).await?;
    Ok(respond(&request, &view))
}

/// Responds to a command with the booking that it has changed.
pub fn respond_with_booking(
    command: &ResourceCommand<BookingId>,
    view: &BookingView,
) -> HttpResponse {
    respond(&command.request, view)
}

fn respond(request: &HttpRequest, view: &BookingView) -> HttpResponse {
    etag::respond(
        request,
        StatusCode::OK,
        view.version,
        &BookingDto::from(view),
    )
}
