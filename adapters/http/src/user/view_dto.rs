//! Accounts in the view of the caller.

use serde::Serialize;
use sojourn_application::user::UserView;
use utoipa::ToSchema;

use super::dto::UserDto;
use crate::wire::profile::PublicUserViewDto;

/// An account in the view of the caller; `view` tells which of the two it is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = UserView, discriminator(property_name = "view", mapping(
    ("own" = "#/components/schemas/OwnUser"),
    ("public" = "#/components/schemas/PublicUser")
)))]
pub enum UserViewDto {
    /// All fields, for the owner and operators.
    Own(OwnUserDto),
    /// Public profile, for all others.
    Public(PublicUserViewDto),
}

/// An account in the view of its owner and operators.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnUser)]
pub struct OwnUserDto {
    /// Kind of the view.
    pub view: OwnView,
    /// The account.
    #[serde(flatten)]
    pub user: UserDto,
}

/// The view of owners and operators.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OwnView {
    /// All fields.
    Own,
}

impl From<&UserView> for UserViewDto {
    fn from(view: &UserView) -> Self {
        match view {
            UserView::Own(user) => Self::Own(OwnUserDto {
                view: OwnView::Own,
                user: user.as_ref().into(),
            }),
            UserView::Public(profile) => Self::Public(profile.into()),
        }
    }
}
