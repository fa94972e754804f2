//! `DELETE /users/{user_id}`.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use sojourn_application::ports::Obligations;
use sojourn_application::user::{self as accounts, EraseError};

use super::get::named;
use crate::extract::{Authenticated, IfMatch};
use crate::openapi::Failures;
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
    responses((status = 204, description = "Account erased"), Failures)
)]
pub async fn erase(
    who: Authenticated,
    state: Data<AppState>,
    user_id: Path<String>,
    if_match: IfMatch,
) -> Result<HttpResponse, Problem> {
    let id = named(&user_id, Some(&who.actor))?;
    accounts::erase(&state.ports, &who.actor, id, if_match.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// 409: the account has open obligations, which are named.
fn obliged(obligations: Obligations) -> Problem {
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
            EraseError::Obliged(obligations) => obliged(obligations),
            EraseError::Store(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_is_named() {
        let cases = [
            (true, true, "open bookings and payouts"),
            (true, false, "open bookings;"),
            (false, true, "open payouts;"),
        ];
        for (bookings, payouts, named) in cases {
            let problem = Problem::from(EraseError::Obliged(Obligations { bookings, payouts }));
            assert!(problem.body().detail.contains(named), "{problem}");
            assert_eq!(
                (problem.status().as_u16(), problem.body().code.as_str()),
                (409, "obligations_open")
            );
        }
    }
}
