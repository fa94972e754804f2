//! Reviews as JSON.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::review::ReviewView;
use sojourn_domain::shared::{BookingId, PropertyId, ReviewId, UserId};
use utoipa::ToSchema;

use crate::property::PropertyDto;
use crate::wire::enums::SubjectSchema;
use crate::wire::profile::PublicUserViewDto;

/// A review of a property by its guest, or of a guest by the host.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Review)]
pub struct ReviewDto {
    /// Id of the review.
    #[schema(value_type = String, format = "uuid")]
    pub id: ReviewId,
    /// Id of the booking; null for imported reviews.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub booking_id: Option<BookingId>,
    /// Id of the property.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
    /// Id of the author.
    #[schema(value_type = String, format = "uuid")]
    pub reviewer_id: UserId,
    /// Subject of the review.
    #[schema(value_type = SubjectSchema)]
    pub subject: &'static str,
    /// Overall rating, 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    pub rating: u8,
    /// Ratings by category, 1 to 5 each.
    #[schema(value_type = CategoriesSchema)]
    pub categories: BTreeMap<&'static str, u8>,
    /// Public comment.
    pub public_comment: String,
    /// Private note, visible to its author and the reviewed party.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub private_note: Option<String>,
    /// Public response of the reviewed party.
    pub response: Option<String>,
    /// Time of publication (UTC); null until published.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub published_at: Option<DateTime<Utc>>,
    /// Time of creation (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub created_at: DateTime<Utc>,
    /// The author, with `expand=reviewer`; absent if the account is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reviewer: Option<PublicUserViewDto>,
    /// The property, with `expand=property`; absent if the caller may not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub property: Option<Box<PropertyDto>>,
}

/// Ratings by category, 1 to 5 each; a category without a rating is absent.
#[derive(Debug, ToSchema)]
#[schema(as = ReviewCategories)]
#[expect(dead_code, reason = "a schema, never constructed")]
pub struct CategoriesSchema {
    /// Cleanliness of the property or the guest.
    #[schema(nullable = false, minimum = 1, maximum = 5)]
    cleanliness: Option<u8>,
    /// Accuracy of the description.
    #[schema(nullable = false, minimum = 1, maximum = 5)]
    accuracy: Option<u8>,
    /// Check-in.
    #[schema(nullable = false, minimum = 1, maximum = 5)]
    check_in: Option<u8>,
    /// Communication.
    #[schema(nullable = false, minimum = 1, maximum = 5)]
    communication: Option<u8>,
    /// Location.
    #[schema(nullable = false, minimum = 1, maximum = 5)]
    location: Option<u8>,
    /// Value for money.
    #[schema(nullable = false, minimum = 1, maximum = 5)]
    value: Option<u8>,
    /// Observance of the house rules.
    #[schema(nullable = false, minimum = 1, maximum = 5)]
    house_rules: Option<u8>,
}

/// A page of reviews.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewList {
    /// Items on this page.
    pub data: Vec<ReviewDto>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
}

impl From<&ReviewView> for ReviewDto {
    fn from(view: &ReviewView) -> Self {
        let scores = &view.text.scores;
        Self {
            id: view.id,
            booking_id: view.booking_id,
            property_id: view.property_id,
            reviewer_id: view.reviewer_id,
            subject: view.subject.as_str(),
            rating: scores.overall,
            categories: scores
                .categories
                .iter()
                .map(|(name, &score)| (name.as_str(), score))
                .collect(),
            public_comment: view.text.public_comment.clone(),
            private_note: view.text.private_note.clone(),
            response: view.response.clone(),
            published_at: view.published_at,
            created_at: view.created_at,
            reviewer: None,
            property: None,
        }
    }
}
