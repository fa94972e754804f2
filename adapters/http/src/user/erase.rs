//! `DELETE /users/{user_id}`.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use sojourn_application::ports::Obligations;
use sojourn_application::user::{self as accounts, EraseError};

use super::get::resolve_user_id;
use crate::extract::{Authenticated, IfMatch};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::server::AppState;

/// Erase an account
///
/// By its owner or an operator. Unlists its properties and anonymises the account irrevocably; records
/// shared with others (bookings, reviews, the ledger) stay without its name. Fails with 409 while
/// bookings or payouts are open.
#[utoipa::path(
    delete, path = "/v1/users/{user_id}", operation_id = "erase_user", tag = "users", security(("bearer" = [])),
    params(("user_id" = String, Path, description = "Id of the account, or `me` for the caller"), IfMatch),
    responses((status = 204, description = "Account erased"), ProblemResponses)
)]
pub async fn erase(
    who: Authenticated,
    state: Data<AppState>,
    user_id: Path<String>,
    if_match: IfMatch,
) -> Result<HttpResponse, Problem> {
    let id = resolve_user_id(&user_id, Some(&who.actor))?;
    accounts::erase(&state.ports, &who.actor, id, if_match.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// 409: the account has open obligations, which are named.
fn obligations_problem(obligations: Obligations) -> Problem {
    let open = match (obligations.bookings, obligations.payouts) {
        (true, true) => "bookings and payouts",
        (true, false) => "bookings",
        (false, true) => "payouts",
        (false, false) => "obligations",
    };
    Problem::conflict(
        "obligations_open",
        format!("The account has open {open}; it can be erased once they are completed."),
    )
}

impl From<EraseError> for Problem {
    fn from(error: EraseError) -> Self {
        match error {
            EraseError::NotFound => Self::not_found(),
            EraseError::Forbidden => Self::forbidden(),
            EraseError::Stale => Self::stale(),
            EraseError::HasObligations(obligations) => obligations_problem(obligations),
            EraseError::Store(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_obligations_are_named() {
        let cases = [
            (true, true, "open bookings and payouts"),
            (true, false, "open bookings;"),
            (false, true, "open payouts;"),
        ];
        for (bookings, payouts, named) in cases {
            let problem = Problem::from(EraseError::HasObligations(Obligations {
                bookings,
                payouts,
            }));
            assert!(problem.body().detail.contains(named), "{problem}");
            assert_eq!(
                (problem.status().as_u16(), problem.body().code.as_str()),
                (409, "obligations_open")
            );
        }
    }
}
