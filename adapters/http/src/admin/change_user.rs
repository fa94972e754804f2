//! `PATCH /admin/users/{user_id}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use sojourn_application::admin::{self, AccountEdit, ChangeUserError};
use sojourn_domain::shared::{UserId, Violations};
use utoipa::ToSchema;

use super::account_dto::{AccountDto, show};
use crate::AppState;
use crate::extract::{Authenticated, Body, Id, IfMatch};
use crate::merge_patch::{kept, present};
use crate::openapi::Failures;
use crate::problem::Problem;
use crate::user::RoleDto;

/// Merge patch of an account: absent fields stay unchanged, and no field can be cleared.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountPatch {
    /// Role of the account.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = RoleDto, required = false)]
    role: Option<Option<RoleDto>>,
    /// New email address. It stays unverified until the owner sets a password through a mailed link.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = String, required = false, max_length = 254, format = "email")]
    email: Option<Option<String>>,
}

impl AccountPatch {
    fn parse(self) -> Result<AccountEdit, Violations> {
        let mut found = Violations::new();
        let role = kept(&mut found, "/role", self.role).map(Into::into);
        let email = kept(&mut found, "/email", self.email);
        found.into_result(AccountEdit { role, email })
    }
}

/// Change the role or email address of an account
///
/// Ends all sessions of the account. Requires the `admin` role.
#[utoipa::path(
    patch, path = "/admin/users/{user_id}", operation_id = "change_account", tag = "admin",
    params(("user_id" = String, Path, format = "uuid"), IfMatch),
    request_body = AccountPatch,
    responses((status = 200, description = "The updated account", body = AccountDto), Failures),
    security(("bearer" = []))
)]
pub async fn change_account(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<UserId>,
    if_match: IfMatch,
    Body(patch): Body<AccountPatch>,
) -> Result<HttpResponse, Problem> {
    let user = admin::change_user(&state.ports, &who.actor, id, patch.parse()?, if_match.0).await?;
    Ok(show(&request, &user))
}

impl From<ChangeUserError> for Problem {
    fn from(error: ChangeUserError) -> Self {
        match error {
            ChangeUserError::NotFound => Self::not_found(),
            ChangeUserError::Forbidden => Self::forbidden(),
            ChangeUserError::Stale => Self::stale(),
            ChangeUserError::EmailTaken => Self::conflict(
                "email_taken",
                "The email address belongs to another account.",
            ),
            ChangeUserError::Invalid(found) => Self::unprocessable(found),
            ChangeUserError::Store(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sojourn_domain::user::Role;

    use super::*;

    #[test]
    fn what_is_absent_stays_and_nothing_can_be_cleared() {
        let read = |body| {
            serde_json::from_value::<AccountPatch>(body)
                .unwrap()
                .parse()
        };
        let edit = read(json!({"role": "admin"})).unwrap();
        assert_eq!((edit.role, edit.email), (Some(Role::Admin), None));
        let found = read(json!({"role": null, "email": null})).unwrap_err();
        let pointers: Vec<_> = found.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(pointers, ["/role", "/email"]);
        for field in [
            "id",
            "password_hash",
            "email_verified",
            "suspended_at",
            "version",
        ] {
            assert!(
                serde_json::from_value::<AccountPatch>(json!({ field: 1 })).is_err(),
                "{field}"
            );
        }
    }
}
