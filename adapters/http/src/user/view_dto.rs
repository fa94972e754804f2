//! Accounts in the view of the caller.

use serde::Serialize;
use sojourn_application::user::{OwnAccount, UserView};
use utoipa::ToSchema;

use super::dto::UserDto;
use crate::wire::profile::{PublicUserViewDto, StandingDto, UserViewKind};

/// An account in the view of the caller.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum UserViewDto {
    /// All fields, for the owner and operators.
    Own(OwnUserDto),
    /// Public profile, for all others.
    Public(PublicUserViewDto),
}

/// An account in the view of its owner and operators: all fields of `User`, and those of `PublicUser`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnUser)]
pub struct OwnUserDto {
    /// `own`.
    pub view: UserViewKind,
    /// The account.
    #[serde(flatten)]
    pub user: UserDto,
    /// Standing in the marketplace.
    #[serde(flatten)]
    pub standing: StandingDto,
}

impl From<&UserView> for UserViewDto {
    fn from(view: &UserView) -> Self {
        match view {
            UserView::Own(own) => Self::Own(own.as_ref().into()),
            UserView::Public(profile) => Self::Public(profile.into()),
        }
    }
}

impl From<&OwnAccount> for OwnUserDto {
    fn from(own: &OwnAccount) -> Self {
        Self {
            view: UserViewKind::Own,
            user: (&own.account).into(),
            standing: (&own.profile).into(),
        }
    }
}
