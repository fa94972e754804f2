//! `GET /admin/properties`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use sojourn_application::admin;
use sojourn_application::ports::PropertyFilter;
use sojourn_domain::property::PropertyStatus;
use sojourn_domain::shared::Violations;
use utoipa::IntoParams;

use crate::AppState;
use crate::extract::{Authenticated, Params};
use crate::openapi::Failures;
use crate::paging::{PageParams, list_json};
use crate::problem::Problem;
use crate::property::{PropertyDto, PropertyList, PropertyStatusWord, word};

/// Filters of properties.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AnyPropertyParams {
    /// Only properties with this status.
    #[param(value_type = Option<PropertyStatusWord>)]
    status: Option<String>,
    /// Only properties of this host.
    #[param(format = "uuid")]
    host_id: Option<String>,
}

impl AnyPropertyParams {
    fn parse(self) -> Result<PropertyFilter, Violations> {
        let mut found = Violations::new();
        let status = self.status.and_then(|it| {
            word(&mut found, "/status", &it, |text| {
                text.parse::<PropertyStatus>().ok()
            })
        });
        let host = self
            .host_id
            .and_then(|id| word(&mut found, "/host_id", &id, |id| id.parse().ok()));
        found.into_result(PropertyFilter { status, host })
    }
}

/// List all properties
///
/// Newest first, in any status and with exact locations. Requires the `admin` role.
#[utoipa::path(
    get, path = "/admin/properties", operation_id = "list_any_properties", tag = "admin",
    params(AnyPropertyParams, PageParams),
    responses((status = 200, description = "A page of properties", body = PropertyList), Failures),
    security(("bearer" = []))
)]
pub async fn list_any_properties(
    state: Data<AppState>,
    who: Authenticated,
    Params(params): Params<AnyPropertyParams>,
    Params(page): Params<PageParams>,
) -> Result<HttpResponse, Problem> {
    let filter = params.parse()?;
    let page =
        admin::list_properties(&state.ports, &who.actor, filter, page.request(&state)?).await?;
    Ok(list_json(
        &state,
        page.map(|property| PropertyDto::new(&property, true)),
    ))
}
