//! `GET /payouts`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use sojourn_application::payout::{self, ListPayouts};
use sojourn_domain::payment::PayoutStatus;
use sojourn_domain::shared::Violations;
use utoipa::IntoParams;

use super::dto::{PayoutDto, PayoutList};
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::accepted::parse_enum;
use crate::wire::enums::PayoutStatusSchema;
use crate::wire::pagination::{CursorScope, PageParams, list_json, list_request};

/// Filters of payouts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PayoutParams {
    /// Only payouts with this status.
    #[param(value_type = Option<PayoutStatusSchema>)]
    status: Option<String>,
    /// Only payouts for stays at this property.
    #[param(format = "uuid")]
    property_id: Option<String>,
}

impl PayoutParams {
    fn parse(self) -> Result<ListPayouts, Violations> {
        let mut found = Violations::new();
        let status = self.status.and_then(|text| {
            parse_enum(&mut found, "/status", &text, |text| {
                text.parse::<PayoutStatus>().ok()
            })
        });
        let property_id = self
            .property_id
            .and_then(|id| parse_enum(&mut found, "/property_id", &id, |id| id.parse().ok()));
        found.into_result(ListPayouts {
            status,
            property_id,
        })
    }
}

/// List the caller's payouts as a host
///
/// Latest due date first. Operators get the payouts of all hosts.
#[utoipa::path(
    get, path = "/v1/payouts", operation_id = "list_payouts", tag = "payouts",
    params(PayoutParams, PageParams),
    responses((status = 200, description = "A page of payouts", body = PayoutList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn list_payouts(
    state: Data<AppState>,
    who: Authenticated,
    params: Params<PayoutParams>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let (wanted, page) = list_request(&state, &scope, params, page, PayoutParams::parse)?;
    let page = payout::list(&state.ports, &who.actor, wanted, page).await?;
    Ok(list_json(&state, page.map(PayoutDto::from), &scope))
}
