//! Ratings in detail as JSON.

use serde::Serialize;
use sojourn_application::ports::RatingDetails;
use sojourn_domain::property::Rating;
use sojourn_domain::review::Category;
use utoipa::ToSchema;

/// Ratings by guests in detail.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PropertyRatings)]
pub struct RatingsDto {
    /// Number of reviews with one, two, three, four and five stars.
    #[schema(min_items = 5, max_items = 5)]
    pub stars: Vec<i64>,
    /// Average ratings by category.
    pub categories: CategoryAveragesDto,
}

/// Average ratings by category; null for fewer than 3 ratings.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CategoryAverages)]
pub struct CategoryAveragesDto {
    /// Cleanliness.
    pub cleanliness: Option<f64>,
    /// Accuracy of the description.
    pub accuracy: Option<f64>,
    /// Check-in.
    pub check_in: Option<f64>,
    /// Communication.
    pub communication: Option<f64>,
    /// Location.
    pub location: Option<f64>,
    /// Value for money.
    pub value: Option<f64>,
}

/// The average of a rating; none for fewer than 3 reviews.
pub fn average(rating: Rating) -> Option<f64> {
    let mean = i32::try_from(rating.hundredths()?).ok()?;
    Some(f64::from(mean) / 100.0)
}

impl From<&RatingDetails> for RatingsDto {
    fn from(details: &RatingDetails) -> Self {
        let of = |category| {
            let rating = details.categories.get(&category).copied();
            rating.and_then(average)
        };
        Self {
            stars: details.stars.to_vec(),
            categories: CategoryAveragesDto {
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
