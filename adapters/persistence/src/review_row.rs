//! A review as its row.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::review::{Review, ReviewRecord, ReviewText, Subject};
use sojourn_domain::shared::StoreError;

use crate::instant::{read, stored};
use crate::json_column::{from_json, known, to_json};
use crate::schema::marketplace::reviews;
use crate::uuid_column::UuidColumn;

/// A row of `reviews`.
#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = reviews, primary_key(property_id, id))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub(crate) struct ReviewRow {
    pub(crate) property_id: UuidColumn,
    pub(crate) id: UuidColumn,
    booking_id: Option<UuidColumn>,
    reviewer_id: UuidColumn,
    addressee_id: UuidColumn,
    subject: String,
    overall: i32,
    scores: String,
    public_comment: String,
    private_note: Option<String>,
    response: Option<String>,
    window_ends_at: NaiveDateTime,
    pub(crate) published_at: Option<NaiveDateTime>,
    respond_by: Option<NaiveDateTime>,
    pub(crate) created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    version: i64,
}

impl ReviewRow {
    /// The row of a review.
    pub(crate) fn of(review: &Review) -> Result<Self, StoreError> {
        Ok(Self {
            property_id: review.property_id.into(),
            id: review.id.into(),
            booking_id: review.booking_id.map(Into::into),
            reviewer_id: review.reviewer_id.into(),
            addressee_id: review.addressee_id.into(),
            subject: review.subject.as_str().to_owned(),
            overall: review.text.scores.overall.into(),
            scores: to_json(&review.text.scores)?,
            public_comment: review.text.public_comment.clone(),
            private_note: review.text.private_note.clone(),
            response: review.response.clone(),
            window_ends_at: stored(review.window_ends_at),
            published_at: review.published_at.map(stored),
            respond_by: review.respond_by.map(stored),
            created_at: stored(review.created_at),
            updated_at: stored(review.updated_at),
            version: review.version,
        })
    }

    /// The review of a row.
    pub(crate) fn review(self) -> Result<Review, StoreError> {
        Ok(Review::restore(ReviewRecord {
            id: self.id.into(),
            booking_id: self.booking_id.map(Into::into),
            property_id: self.property_id.into(),
            reviewer_id: self.reviewer_id.into(),
            addressee_id: self.addressee_id.into(),
            subject: known(Subject::from_word(&self.subject), "reviews.subject")?,
            text: ReviewText {
                scores: from_json(&self.scores)?,
                public_comment: self.public_comment,
                private_note: self.private_note,
            },
            response: self.response,
            window_ends_at: read(self.window_ends_at),
            published_at: self.published_at.map(read),
            respond_by: self.respond_by.map(read),
            created_at: read(self.created_at),
            updated_at: read(self.updated_at),
            version: self.version,
        }))
    }
}
