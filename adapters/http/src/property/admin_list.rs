//! `GET /admin/properties`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use sojourn_application::ports::PropertyFilter;
use sojourn_application::property;
use sojourn_domain::property::PropertyStatus;
use sojourn_domain::shared::Violations;
use utoipa::IntoParams;

use super::dto::PropertyDto;
use super::list_dto::PropertyList;
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::accepted::parse_enum;
use crate::wire::enums::PropertyStatusSchema;
use crate::wire::pagination::{CursorScope, PageParams, list_json, list_request};

/// Filters of properties.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AdminPropertyParams {
    /// Only properties with this status.
    #[param(value_type = Option<PropertyStatusSchema>)]
    status: Option<String>,
    /// Only properties of this host.
    #[param(format = "uuid")]
    host_id: Option<String>,
}

impl AdminPropertyParams {
    fn parse(self) -> Result<PropertyFilter, Violations> {
        let mut found = Violations::new();
        let status = self.status.and_then(|it| {
            parse_enum(&mut found, "/status", &it, |text| {
                text.parse::<PropertyStatus>().ok()
            })
        });
        let host = self
            .host_id
            .and_then(|id| parse_enum(&mut found, "/host_id", &id, |id| id.parse().ok()));
        found.into_result(PropertyFilter { status, host })
    }
}

/// List all properties
///
/// Newest first, in any status and with exact locations. Requires the `admin` role.
#[utoipa::path(
    get, path = "/v1/admin/properties", operation_id = "list_any_properties", tag = "admin",
    params(AdminPropertyParams, PageParams),
    responses((status = 200, description = "A page of properties", body = PropertyList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn admin_list_properties(
    state: Data<AppState>,
    who: Authenticated,
    params: Params<AdminPropertyParams>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let (filter, page) = list_request(&state, &scope, params, page, AdminPropertyParams::parse)?;
    let page = property::list_all(&state.ports, &who.actor, filter, page).await?;
    Ok(list_json(
        &state,
        page.map(|property| PropertyDto::from(&property)),
        &scope,
    ))
}
