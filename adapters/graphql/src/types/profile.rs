//! Public profiles.

use async_graphql::{Context, Object};
use sojourn_application::ports::CacheTag;
use sojourn_application::user::PublicProfile;
use sojourn_domain::shared::UserId;

use crate::context::{ApiResult, CallExt};
use crate::scalars::{Id, Instant};

/// Public profile of an account.
pub(crate) struct Profile(pub(crate) PublicProfile);

/// The public profile of an account, from the batch of its level; `None` if the account is closed.
pub(crate) async fn profile_of(ctx: &Context<'_>, id: UserId) -> ApiResult<Option<Profile>> {
    let call = ctx.call();
    call.dependencies.add(CacheTag::Profile(id));
    Ok(call.loaders.profiles.load(id).await?.map(Profile))
}

/// A mean of ratings in hundredths as a number.
pub(super) fn mean(hundredths: i64) -> f64 {
    f64::from(i32::try_from(hundredths).unwrap_or(0)) / 100.0
}

/// Public profile of an account.
#[Object]
impl Profile {
    /// Id of the account.
    async fn id(&self) -> Id {
        self.0.id.into()
    }

    /// Given name.
    async fn first_name(&self) -> &str {
        &self.0.first_name
    }

    /// Time of the registration.
    async fn joined(&self) -> Instant {
        self.0.joined.into()
    }

    /// True if the account has listed properties.
    async fn is_host(&self) -> bool {
        self.0.is_host
    }

    /// Average rating of this guest by hosts; null for fewer than 3 reviews.
    async fn rating(&self) -> Option<f64> {
        self.0.rating.map(mean)
    }

    /// Number of reviews of this guest by hosts.
    async fn reviews_count(&self) -> i64 {
        self.0.reviews_count
    }
}
