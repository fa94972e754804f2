//! `GET /admin/ledger`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use sojourn_application::ledger;
use sojourn_application::ports::JournalFilter;
use sojourn_domain::shared::{Currency, Violations};
use utoipa::IntoParams;

use super::dto::Ledger;
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::accepted::parse_enum;
use crate::wire::money::CurrencySchema;
use crate::wire::pagination::{CursorScope, PageParams, list_request};

/// Filters of the journal.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LedgerParams {
    /// Only entries of this booking.
    #[param(format = "uuid")]
    booking_id: Option<String>,
    /// Only entries of this host's bookings.
    #[param(format = "uuid")]
    host_id: Option<String>,
    /// Only entries in this currency (ISO 4217 code).
    #[param(value_type = Option<CurrencySchema>)]
    currency: Option<String>,
}

impl LedgerParams {
    fn parse(self) -> Result<JournalFilter, Violations> {
        let mut found = Violations::new();
        let booking = self
            .booking_id
            .and_then(|id| parse_enum(&mut found, "/booking_id", &id, |id| id.parse().ok()));
        let host = self
            .host_id
            .and_then(|id| parse_enum(&mut found, "/host_id", &id, |id| id.parse().ok()));
        let read = |code: &str| Currency::parse(code).ok();
        let currency = self
            .currency
            .and_then(|code| parse_enum(&mut found, "/currency", &code, read));
        found.into_result(JournalFilter {
            booking,
            host,
            currency,
            ..JournalFilter::default()
        })
    }
}

/// List journal entries and account balances
///
/// Entries are listed newest first; the balances cover the whole journal. Requires the `admin` role.
#[utoipa::path(
    get, path = "/v1/admin/ledger", operation_id = "get_ledger", tag = "admin",
    params(LedgerParams, PageParams),
    responses((status = 200, description = "A page of the journal and the balances", body = Ledger), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn list_ledger_entries(
    state: Data<AppState>,
    who: Authenticated,
    params: Params<LedgerParams>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let (filter, page) = list_request(&state, &scope, params, page, LedgerParams::parse)?;
    let page = ledger::list_entries(&state.ports, &who.actor, filter, page).await?;
    Ok(HttpResponse::Ok().json(Ledger::new(&state, page, &scope)))
}
