//! Reviews as their viewers may see them.

use chrono::{DateTime, Utc};
use sojourn_domain::review::{Review, ReviewText, Subject};
use sojourn_domain::shared::{Actor, BookingId, PropertyId, ReviewId, UserId};

/// A review as visible to the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewView {
    /// Id of the review.
    pub id: ReviewId,
    /// The booking; `None` for imported reviews.
    pub booking_id: Option<BookingId>,
    /// The property.
    pub property_id: PropertyId,
    /// The author.
    pub reviewer_id: UserId,
    /// Subject of the review.
    pub subject: Subject,
    /// Scores and comments; the private note only for its author, the reviewed user and operators.
    pub text: ReviewText,
    /// Public response of the reviewed user.
    pub response: Option<String>,
    /// Time of publication (UTC).
    pub published_at: Option<DateTime<Utc>>,
    /// Time of creation (UTC).
    pub created_at: DateTime<Utc>,
    /// Version.
    pub version: i64,
}

impl ReviewView {
    /// The review as seen by the caller, anonymous if `None`.
    #[must_use]
    pub fn new(review: &Review, actor: Option<&Actor>) -> Self {
        let mut text = review.text.clone();
        if !review.note_visible_to(actor) {
            text.private_note = None;
        }
        Self {
            id: review.id,
            booking_id: review.booking_id,
            property_id: review.property_id,
            reviewer_id: review.reviewer_id,
            subject: review.subject,
            text,
            response: review.response.clone(),
            published_at: review.published_at,
            created_at: review.created_at,
            version: review.version,
        }
    }
}
