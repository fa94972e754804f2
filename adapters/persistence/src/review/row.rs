//! Reviews as rows.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::review::{Review, ReviewRecord, ReviewText, Subject};
use sojourn_domain::shared::RepositoryError;

use crate::columns::enums::known;
use crate::columns::json::{from_json, to_json};
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::errors::{corrupt, damaged};
use crate::schema::marketplace::reviews;

/// A row of `reviews`.
#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset, QueryableByName)]
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
    pub(crate) fn try_from_review(review: &Review) -> Result<Self, RepositoryError> {
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
            window_ends_at: timestamp::to_db(review.window_ends_at),
            published_at: review.published_at.map(timestamp::to_db),
            respond_by: review.respond_by.map(timestamp::to_db),
            created_at: timestamp::to_db(review.created_at),
            updated_at: timestamp::to_db(review.updated_at),
            version: review.version,
        })
    }

    /// The review of a row.
    pub(crate) fn into_review(self) -> Result<Review, RepositoryError> {
        let id = self.id;
        self.restore()
            .map_err(|error| damaged("reviews", id.0, error))
    }

    fn restore(self) -> Result<Review, RepositoryError> {
        Review::restore(ReviewRecord {
            id: self.id.into(),
            booking_id: self.booking_id.map(Into::into),
            property_id: self.property_id.into(),
            reviewer_id: self.reviewer_id.into(),
            addressee_id: self.addressee_id.into(),
            subject: known(self.subject.parse::<Subject>().ok(), "reviews.subject")?,
            text: ReviewText {
                scores: from_json(&self.scores)?,
                public_comment: self.public_comment,
                private_note: self.private_note,
            },
            response: self.response,
            window_ends_at: timestamp::from_db(self.window_ends_at),
            published_at: self.published_at.map(timestamp::from_db),
            respond_by: self.respond_by.map(timestamp::from_db),
            created_at: timestamp::from_db(self.created_at),
            updated_at: timestamp::from_db(self.updated_at),
            version: self.version,
        })
        .map_err(corrupt)
    }
}
