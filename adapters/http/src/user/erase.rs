//! `DELETE /users/{user_id}`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::user as accounts;
use sojourn_domain::shared::UserId;

use crate::auth::PasswordBody;
use crate::extract::{Authenticated, Id, IfMatch, MaybeBody};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Erase an account
///
/// By its owner or an operator. Unlists its properties and anonymises the account irrevocably; records
/// shared with others (bookings, reviews, the ledger) stay without its name. Fails with 409 while
/// bookings or payouts are open, or while the account owes money as a host (`balance_due`). The owner
/// sends the password if the login is older than five minutes.
#[utoipa::path(
    delete, path = "/v1/users/{user_id}", operation_id = "erase_user", tag = "users", security(("bearer" = [])),
    params(("user_id" = String, Path, format = "uuid", description = "Id of the account"), IfMatch),
    request_body = Option<PasswordBody>,
    responses((status = 204, description = "Account erased"), ProblemResponses)
)]
pub async fn erase(
    who: Authenticated,
    state: Data<AppState>,
    Id(id): Id<UserId>,
    if_match: IfMatch,
    body: MaybeBody<PasswordBody>,
) -> Result<HttpResponse, Problem> {
    erase_account(&state, &who, id, if_match, body).await
}

/// Erases an account.
pub(super) async fn erase_account(
    state: &AppState,
    who: &Authenticated,
    id: UserId,
    if_match: IfMatch,
    MaybeBody(body): MaybeBody<PasswordBody>,
) -> Result<HttpResponse, Problem> {
    let permission = accounts::permit_update(&state.ports, &who.actor, id);
    let body = body.judge_after(permission).await?;
    let proof = who.proof(body.unwrap_or_default().password);
    accounts::erase(&state.ports, &who.actor, id, if_match.0, proof).await?;
    Ok(HttpResponse::NoContent().finish())
}
