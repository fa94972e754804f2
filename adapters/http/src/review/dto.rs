//! A review as the API shows it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::review::ReviewView;
use sojourn_domain::review::Review;
use sojourn_domain::shared::{Actor, BookingId, PropertyId, ReviewId, UserId};
use utoipa::ToSchema;

use crate::property::SubjectWord;

/// A review: of the property by its guest, or of the guest by the host.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Review)]
pub struct ReviewDto {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ReviewId,
    /// The booking; null for reviews imported from elsewhere.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub booking_id: Option<BookingId>,
    /// The property stayed at.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
    /// Who wrote it.
    #[schema(value_type = String, format = "uuid")]
    pub reviewer_id: UserId,
    /// Whom it is of.
    #[schema(value_type = SubjectWord)]
    pub subject: &'static str,
    /// The whole, 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    pub rating: u8,
    /// The parts that were scored, 1 to 5 each.
    pub categories: BTreeMap<&'static str, u8>,
    /// For everybody.
    pub public_comment: String,
    /// For the one reviewed; shown to author and addressee.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub private_note: Option<String>,
    /// The answer of the one reviewed.
    pub response: Option<String>,
    /// Since when everybody sees it.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub published_at: Option<DateTime<Utc>>,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: DateTime<Utc>,
}

/// A page of reviews.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewList {
    /// The rows.
    pub data: Vec<ReviewDto>,
    /// Where the next page begins; null on the last.
    pub next_cursor: Option<String>,
}

impl From<&ReviewView> for ReviewDto {
    fn from(view: &ReviewView) -> Self {
        Self::new(&view.review, view.note_visible)
    }
}

impl ReviewDto {
    /// The review, with its private note when this asker may read that.
    pub fn seen_by(review: &Review, actor: Option<&Actor>) -> Self {
        Self::new(review, review.note_visible_to(actor))
    }

    fn new(review: &Review, note_visible: bool) -> Self {
        let scores = &review.text.scores;
        Self {
            id: review.id,
            booking_id: review.booking_id,
            property_id: review.property_id,
            reviewer_id: review.reviewer_id,
            subject: review.subject.as_str(),
            rating: scores.overall,
            categories: scores
                .categories
                .iter()
                .map(|(name, &score)| (name.as_str(), score))
                .collect(),
            public_comment: review.text.public_comment.clone(),
            private_note: review.text.private_note.clone().filter(|_| note_visible),
            response: review.response.clone(),
            published_at: review.published_at,
            created_at: review.created_at,
        }
    }
}
