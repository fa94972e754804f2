//! `DELETE /users/me`.

use actix_web::HttpResponse;
use actix_web::web::Data;

use crate::auth::PasswordBody;
use crate::extract::{Authenticated, IfMatch, MaybeBody};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::user::erase::erase_account;

/// Erase the own account
///
/// Unlists its properties and anonymises the account irrevocably; records shared with others (bookings, reviews, the
/// ledger) stay without its name. Fails with 409 while bookings or payouts are open, or while the account owes money as
/// a host (`balance_due`). The password is required if the login is older than five minutes.
#[utoipa::path(
    delete, path = "/v1/users/me", operation_id = "erase_me", tag = "users", security(("bearer" = [])),
    params(IfMatch),
    request_body = Option<PasswordBody>,
    responses((status = 204, description = "Account erased"), ProblemResponses)
)]
pub async fn erase_me(
    who: Authenticated,
    state: Data<AppState>,
    if_match: IfMatch,
    body: MaybeBody<PasswordBody>,
) -> Result<HttpResponse, Problem> {
    erase_account(&state, &who, who.actor.user_id, if_match, body).await
}
