//! `POST /admin/users/{user_id}/waive-debt`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use sojourn_application::access::permit_admin;
use sojourn_application::payout;
use sojourn_domain::shared::{Currency, UserId, Violations};
use utoipa::ToSchema;

use super::dto::HostBalanceList;
use crate::extract::{Authenticated, Body, Id};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::money::{CurrencySchema, parse_currency};

/// Waiver of a host's debt.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DebtWaiverInput {
    /// ISO 4217 code of the debt.
    #[schema(value_type = CurrencySchema)]
    currency: String,
    /// Reason, recorded in the audit log; free text without personal data.
    #[schema(
        min_length = 1,
        max_length = 1000,
        example = "Settled by bank transfer."
    )]
    reason: String,
}

impl DebtWaiverInput {
    fn parse(self) -> Result<(Currency, String), Violations> {
        let mut found = Violations::new();
        let currency = parse_currency(&self.currency, "/currency", &mut found);
        found.text("/reason", &self.reason, 1_000);
        match currency {
            Some(currency) => found.into_result((currency, self.reason)),
            None => Err(found),
        }
    }
}

/// Waive a host's debt
///
/// Waives everything that the host owes in a currency from bookings that are over, such as cancellation
/// fees and refunds after a payout. The marketplace bears it. Requires the `admin` role.
#[utoipa::path(
    post, path = "/v1/admin/users/{user_id}/waive-debt", operation_id = "waive_debt", tag = "admin",
    params(("user_id" = String, Path, format = "uuid")),
    request_body = DebtWaiverInput,
    responses((status = 200, description = "The host's balances", body = HostBalanceList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn waive_debt(
    state: Data<AppState>,
    who: Authenticated,
    Id(id): Id<UserId>,
    input: Body<DebtWaiverInput>,
) -> Result<HttpResponse, Problem> {
    let permission = permit_admin(&who.actor);
    let (currency, reason) = input
        .parse_after(permission, DebtWaiverInput::parse)
        .await?;
    let balances = payout::waive_debt(&state.ports, &who.actor, id, currency, reason).await?;
    let data = balances.into_iter().map(Into::into).collect();
    Ok(HttpResponse::Ok().json(HostBalanceList { data }))
}
