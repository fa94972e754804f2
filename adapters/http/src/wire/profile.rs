//! Public profiles as JSON.

use serde::Serialize;
use sojourn_application::user::PublicProfile;
use utoipa::ToSchema;

use super::timestamp::instant;

/// Public profile of an account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublicProfile)]
pub struct PublicUserDto {
    /// Id of the account.
    #[schema(format = "uuid")]
    pub id: String,
    /// Given name.
    pub first_name: String,
    /// Standing in the marketplace.
    #[serde(flatten)]
    pub standing: StandingDto,
}

/// The standing of an account in the marketplace.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UserStanding)]
pub struct StandingDto {
    /// Time of the registration (UTC).
    #[schema(format = DateTime)]
    pub joined: String,
    /// True if the account has listed properties.
    pub is_host: bool,
    /// Average rating of this guest by hosts.
    #[schema(required = true, minimum = 1, maximum = 5)]
    pub rating: Option<f64>,
    /// Number of reviews of this guest by hosts.
    pub reviews_count: i64,
}

/// An account as everybody sees it. Its owner and operators get more: the fields of `OwnUser`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublicUser)]
pub struct PublicUserViewDto {
    /// `own` if the answer has the fields of `OwnUser`.
    pub view: UserViewKind,
    /// The profile.
    #[serde(flatten)]
    pub profile: PublicUserDto,
}

/// The detail in which an account is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UserViewKind {
    /// The public profile.
    Public,
    /// All fields, for the owner and operators.
    Own,
}

impl From<&PublicProfile> for PublicUserViewDto {
    fn from(profile: &PublicProfile) -> Self {
        Self {
            view: UserViewKind::Public,
            profile: profile.into(),
        }
    }
}

impl From<&PublicProfile> for PublicUserDto {
    fn from(profile: &PublicProfile) -> Self {
        Self {
            id: profile.id.to_string(),
            first_name: profile.first_name.clone(),
            standing: profile.into(),
        }
    }
}

impl From<&PublicProfile> for StandingDto {
    fn from(profile: &PublicProfile) -> Self {
        let mean = |hundredths: i64| f64::from(i32::try_from(hundredths).unwrap_or(0)) / 100.0;
        Self {
            joined: instant(profile.joined),
            is_host: profile.is_host,
            rating: profile.rating.map(mean),
            reviews_count: profile.reviews_count,
        }
    }
}
