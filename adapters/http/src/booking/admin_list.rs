//! `GET /admin/bookings`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use sojourn_application::booking;
use sojourn_application::ports::{BookingFilter, Side};
use sojourn_domain::booking::BookingStatus;
use sojourn_domain::shared::{PropertyId, UserId, Violations};
use utoipa::IntoParams;

use super::dto::{BookingDto, BookingList};
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::accepted::parse_enum;
use crate::wire::enums::BookingStatusSchema;
use crate::wire::pagination::{CursorScope, PageParams, list_json, list_request};
use crate::wire::stay::date;

/// Filters of bookings.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AdminBookingParams {
    /// Only bookings of this account, as guest or host.
    #[param(format = "uuid")]
    user_id: Option<String>,
    /// Only bookings with this status.
    #[param(value_type = Option<BookingStatusSchema>)]
    status: Option<String>,
    /// Only bookings of this property.
    #[param(format = "uuid")]
    property_id: Option<String>,
    /// Only stays whose check-out is after this date.
    #[param(format = Date)]
    from: Option<String>,
    /// Only stays whose check-in is before this date.
    #[param(format = Date)]
    to: Option<String>,
}

impl AdminBookingParams {
    fn parse(self) -> Result<BookingFilter, Violations> {
        let mut found = Violations::new();
        let user = self
            .user_id
            .and_then(|it| parse_enum(&mut found, "/user_id", &it, |id| id.parse::<UserId>().ok()));
        let property = self.property_id.and_then(|it| {
            parse_enum(&mut found, "/property_id", &it, |id| {
                id.parse::<PropertyId>().ok()
            })
        });
        let filter = BookingFilter {
            user: user.map(|user| (user, Side::Either)),
            status: self.status.and_then(|text| {
                parse_enum(&mut found, "/status", &text, |text| {
                    text.parse::<BookingStatus>().ok()
                })
            }),
            property_id: property,
            from: self.from.and_then(|text| date(&mut found, "/from", &text)),
            to: self.to.and_then(|text| date(&mut found, "/to", &text)),
        };
        found.into_result(filter)
    }
}

/// List all bookings
///
/// Newest first. Requires the `admin` role.
#[utoipa::path(
    get, path = "/v1/admin/bookings", operation_id = "list_any_bookings", tag = "admin",
    params(AdminBookingParams, PageParams),
    responses((status = 200, description = "A page of bookings", body = BookingList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn admin_list_bookings(
    state: Data<AppState>,
    who: Authenticated,
    params: Params<AdminBookingParams>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let (filter, page) = list_request(&state, &scope, params, page, AdminBookingParams::parse)?;
    let page = booking::list_all(&state.ports, &who.actor, filter, page).await?;
    Ok(list_json(
        &state,
        page.map(|view| BookingDto::from(&view)),
        &scope,
    ))
}
