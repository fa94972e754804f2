//! `GET /bookings`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use sojourn_application::booking::{self, ListBookings};
use sojourn_application::ports::Side;
use sojourn_domain::shared::Violations;
use utoipa::{IntoParams, ToSchema};

use super::dto::{BookingDto, BookingList};
use super::expand::{ExpandParams, include};
use super::filters::{BookingSortSchema, Filters, PeriodSchema};
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::accepted::parse_enum;
use crate::wire::enums::BookingStatusSchema;
use crate::wire::pagination::{CursorScope, PageParams, both, list, list_request};

/// Filters of bookings.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BookingParams {
    /// Only bookings in which the caller has this role; both when absent.
    #[param(value_type = Option<RoleSchema>)]
    role: Option<String>,
    /// Only bookings with one of these statuses, separated by commas.
    #[param(value_type = Option<Vec<BookingStatusSchema>>, style = Form, explode = false, min_items = 1)]
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
    /// Only stays whose check-out is today or later (`upcoming`) or was before (`past`), by the date at the property.
    #[param(value_type = Option<PeriodSchema>)]
    period: Option<String>,
    /// Only the booking with this confirmation code, in upper or lower case.
    #[param(min_length = 10, max_length = 10)]
    confirmation_code: Option<String>,
    /// Sort order: `newest` (the default), `check_in` or `-check_in`.
    #[param(value_type = Option<BookingSortSchema>)]
    sort: Option<String>,
}

/// Role of the caller in a booking.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BookingSide)]
pub enum RoleSchema {
    /// The caller is the guest.
    Guest,
    /// The caller is the host.
    Host,
}

impl BookingParams {
    fn parse(self) -> Result<ListBookings, Violations> {
        let mut found = Violations::new();
        let side = |text: &str| match text {
            "guest" => Some(Side::Guest),
            "host" => Some(Side::Host),
            _ => None,
        };
        let side = self
            .role
            .and_then(|text| parse_enum(&mut found, "/role", &text, side));
        let filters = Filters {
            status: self.status,
            property_id: self.property_id,
            from: self.from,
            to: self.to,
            period: self.period,
            confirmation_code: self.confirmation_code,
            sort: self.sort,
        };
        let list = ListBookings {
            side: side.unwrap_or_default(),
            ..filters.parse(&mut found)
        };
        found.into_result(list)
    }
}

/// List the caller's bookings
///
/// As guest or host, newest first unless sorted otherwise.
#[utoipa::path(
    get, path = "/v1/bookings", operation_id = "list_bookings", tag = "bookings",
    params(BookingParams, ExpandParams, PageParams),
    responses((status = 200, description = "A page of bookings", body = BookingList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn list_bookings(
    state: Data<AppState>,
    who: Authenticated,
    params: Params<BookingParams>,
    expand: Params<ExpandParams>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let request = list_request(&state, &scope, params, page, BookingParams::parse);
    let ((filter, page), wanted) = both(request, expand.parse(ExpandParams::parse))?;
    let page = booking::list(&state.ports, &who.actor, filter, page).await?;
    let mut found = list(&state, page.map(|view| BookingDto::from(&view)), &scope);
    include(&state.ports, &who.actor, &wanted, &mut found.data).await?;
    Ok(HttpResponse::Ok().json(found))
}
