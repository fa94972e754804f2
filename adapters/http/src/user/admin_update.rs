//! `PATCH /admin/users/{user_id}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use sojourn_application::access::permit_admin;
use sojourn_application::user::{self, AccountEdit};
use sojourn_domain::shared::{UserId, Violations};
use utoipa::ToSchema;

use super::account_dto::{AccountDto, respond_with_account};
use super::dto::RoleDto;
use crate::extract::{Authenticated, Body, Id, IfMatch};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::merge_patch::{double_option, non_null};

/// Merge patch of an account: absent fields stay unchanged, and no field can be cleared.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountPatch {
    /// Role of the account.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = RoleDto, required = false)]
    role: Option<Option<RoleDto>>,
    /// New email address. It stays unverified until the owner sets a password through a mailed link.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = String, required = false, max_length = 254, format = "email")]
    email: Option<Option<String>>,
}

impl AccountPatch {
    fn parse(self) -> Result<AccountEdit, Violations> {
        let mut found = Violations::new();
        let role = non_null(&mut found, "/role", self.role).map(Into::into);
        let email = non_null(&mut found, "/email", self.email);
        found.into_result(AccountEdit { role, email })
    }
}

/// Change the role or email address of an account
///
/// Ends all sessions of the account. Requires the `admin` role.
#[utoipa::path(
    patch, path = "/v1/admin/users/{user_id}", operation_id = "change_account", tag = "admin",
    params(("user_id" = String, Path, format = "uuid"), IfMatch),
    request_body = AccountPatch,
    responses((status = 200, description = "The updated account", body = AccountDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn admin_update_user(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<UserId>,
    if_match: IfMatch,
    patch: Body<AccountPatch>,
) -> Result<HttpResponse, Problem> {
    let permission = permit_admin(&who.actor);
    let edit = patch.parse_after(permission, AccountPatch::parse).await?;
    let user = user::change_account(&state.ports, &who.actor, id, edit, if_match.0).await?;
    Ok(respond_with_account(&request, &user))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sojourn_domain::user::Role;

    use super::*;

    #[test]
    fn absent_fields_stay_and_null_is_refused() {
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
