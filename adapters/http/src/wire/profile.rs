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

/// An account in the view of everybody else.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublicUser)]
pub struct PublicUserViewDto {
    /// Kind of the view.
    pub view: PublicView,
    /// The profile.
    #[serde(flatten)]
    pub profile: PublicUserDto,
}

/// The view of everybody else.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PublicView {
    /// The public profile.
    Public,
}

impl From<&PublicProfile> for PublicUserViewDto {
    fn from(profile: &PublicProfile) -> Self {
        Self {
            view: PublicView::Public,
            profile: profile.into(),
        }
    }
}

impl From<&PublicProfile> for PublicUserDto {
    fn from(profile: &PublicProfile) -> Self {
        let mean = |hundredths: i64| f64::from(i32::try_from(hundredths).unwrap_or(0)) / 100.0;
        Self {
            id: profile.id.to_string(),
            first_name: profile.first_name.clone(),
            joined: instant(profile.joined),
            is_host: profile.is_host,
            rating: profile.rating.map(mean),
            reviews_count: profile.reviews_count,
        }
    }
}
