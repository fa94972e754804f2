//! Reviews.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use sojourn_application::ports::RatingDetails;
use sojourn_application::review::ReviewView;
use sojourn_domain::review::Category;

use super::profile::{Profile, mean, profile_of};
use super::property::{Property, property_of};
use crate::context::ApiResult;
use crate::scalars::{Id, Instant, ReviewSubject};

/// A review in the view of the caller.
pub(crate) struct Review(Arc<ReviewView>);

impl From<ReviewView> for Review {
    fn from(view: ReviewView) -> Self {
        Self(Arc::new(view))
    }
}

impl From<Arc<ReviewView>> for Review {
    fn from(view: Arc<ReviewView>) -> Self {
        Self(view)
    }
}

/// Ratings by category, 1 to 5 each; null if not rated.
#[derive(SimpleObject)]
pub(crate) struct ReviewCategories {
    /// Cleanliness of the property or the guest.
    cleanliness: Option<u8>,
    /// Accuracy of the description.
    accuracy: Option<u8>,
    /// Check-in.
    check_in: Option<u8>,
    /// Communication.
    communication: Option<u8>,
    /// Location.
    location: Option<u8>,
    /// Value for money.
    value: Option<u8>,
    /// Observance of the house rules.
    house_rules: Option<u8>,
}

/// A review of a property by its guest, or of a guest by the host.
#[Object]
impl Review {
    /// Id of the review.
    async fn id(&self) -> Id {
        self.0.id.into()
    }

    /// Id of the booking; null for imported reviews.
    async fn booking_id(&self) -> Option<Id> {
        self.0.booking_id.map(Into::into)
    }

    /// Id of the property.
    async fn property_id(&self) -> Id {
        self.0.property_id.into()
    }

    /// The property; null if the caller may not see it.
    async fn property(&self, ctx: &Context<'_>) -> ApiResult<Option<Property>> {
        property_of(ctx, self.0.property_id).await
    }

    /// Id of the author.
    async fn reviewer_id(&self) -> Id {
        self.0.reviewer_id.into()
    }

    /// The author; null if the account is closed.
    async fn reviewer(&self, ctx: &Context<'_>) -> ApiResult<Option<Profile>> {
        profile_of(ctx, self.0.reviewer_id).await
    }

    /// Subject of the review.
    async fn subject(&self) -> ReviewSubject {
        self.0.subject.into()
    }

    /// Overall rating, 1 to 5.
    async fn rating(&self) -> u8 {
        self.0.text.scores.overall
    }

    /// Ratings by category.
    async fn categories(&self) -> ReviewCategories {
        let score = |category| self.0.text.scores.categories.get(&category).copied();
        ReviewCategories {
            cleanliness: score(Category::Cleanliness),
            accuracy: score(Category::Accuracy),
            check_in: score(Category::CheckIn),
            communication: score(Category::Communication),
            location: score(Category::Location),
            value: score(Category::Value),
            house_rules: score(Category::HouseRules),
        }
    }

    /// Public comment.
    async fn public_comment(&self) -> &str {
        &self.0.text.public_comment
    }

    /// Private note; null for all but its author, the reviewed party and operators.
    async fn private_note(&self) -> Option<&str> {
        self.0.text.private_note.as_deref()
    }

    /// Public response of the reviewed party.
    async fn response(&self) -> Option<&str> {
        self.0.response.as_deref()
    }

    /// Time of publication; null until published.
    async fn published_at(&self) -> Option<Instant> {
        self.0.published_at.map(Into::into)
    }

    /// Time of creation.
    async fn created_at(&self) -> Instant {
        self.0.created_at.into()
    }

    /// Version, incremented by every change.
    async fn version(&self) -> i64 {
        self.0.version
    }
}

/// Ratings by guests in detail.
#[derive(SimpleObject, Default)]
#[graphql(name = "PropertyRatings")]
pub(crate) struct Ratings {
    /// Number of reviews with one, two, three, four and five stars.
    stars: [i64; 5],
    /// Average ratings by category.
    categories: CategoryAverages,
}

/// Average ratings by category; null for fewer than 3 ratings.
#[derive(SimpleObject, Default)]
pub(crate) struct CategoryAverages {
    /// Cleanliness.
    cleanliness: Option<f64>,
    /// Accuracy of the description.
    accuracy: Option<f64>,
    /// Check-in.
    check_in: Option<f64>,
    /// Communication.
    communication: Option<f64>,
    /// Location.
    location: Option<f64>,
    /// Value for money.
    value: Option<f64>,
}

impl From<&RatingDetails> for Ratings {
    fn from(details: &RatingDetails) -> Self {
        let of = |category| {
            let rating = details.categories.get(&category)?;
            rating.hundredths().map(mean)
        };
        Self {
            stars: details.stars,
            categories: CategoryAverages {
                cleanliness: of(Category::Cleanliness),
                accuracy: of(Category::Accuracy),
                check_in: of(Category::CheckIn),
                communication: of(Category::Communication),
                location: of(Category::Location),
                value: of(Category::Value),
            },
        }
    }
}
