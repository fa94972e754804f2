//! The repository of reviews.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use sojourn_application::ports::{Outcome, OutcomeKind};
use sojourn_domain::review::{Review, ReviewChange, ReviewCommitError, ReviewRepository, Subject};
use sojourn_domain::shared::{BookingId, PropertyId, RepositoryError, ReviewId};
use uuid::Uuid;

use super::counted::{count_others, count_published};
use super::ratings::add_to_rating;
use super::row::ReviewRow;
use crate::account_event::append::append_review_events;
use crate::audit::append::record_optional;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::{Refusal, TxError};
use crate::job::enqueue::enqueue_notices;
use crate::query::pagination::convert_all;
use crate::query::row_lock::lock_property_exclusively;
use crate::schema::marketplace::{bookings, reviews};

#[async_trait]
impl ReviewRepository for Database {
    async fn get(&self, id: ReviewId) -> Result<Option<Review>, RepositoryError> {
        self.read(move |conn| {
            let query = reviews::table.filter(reviews::id.eq(UuidColumn::from(id)));
            let row: Option<ReviewRow> = query
                .select(ReviewRow::as_select())
                .first(conn)
                .optional()?;
            Ok(row.map(ReviewRow::into_review).transpose()?)
        })
        .await
    }

    async fn of_booking(&self, id: BookingId) -> Result<Vec<Review>, RepositoryError> {
        self.read(move |conn| {
            let query = reviews::table.filter(reviews::booking_id.eq(UuidColumn::from(id)));
            let rows: Vec<ReviewRow> = query.select(ReviewRow::as_select()).load(conn)?;
            convert_all(rows, ReviewRow::into_review)
        })
        .await
    }

    async fn commit(&self, change: ReviewChange) -> Result<(), ReviewCommitError> {
        let written = change.reviews.iter().find(|review| review.version == 1);
        let review = written
            .or(change.reviews.first())
            .or(change.withdrawn.as_ref());
        let id = review.map_or(Uuid::nil(), |review| review.id.uuid());
        self.commit_outcome(Outcome::new(OutcomeKind::Review, id), move |conn| {
            store(conn, &change)
        })
        .await
    }

    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Review>, RepositoryError> {
        self.read(move |conn| {
            let query = reviews::table
                .filter(reviews::published_at.is_null())
                .filter(reviews::window_ends_at.lt(timestamp::to_db(now)))
                .order((reviews::window_ends_at, reviews::id))
                .limit(limit.into());
            let rows: Vec<ReviewRow> = query.select(ReviewRow::as_select()).load(conn)?;
            convert_all(rows, ReviewRow::into_review)
        })
        .await
    }
}

fn store(conn: &mut AnyConnection, change: &ReviewChange) -> Result<(), TxError> {
    // Before anything refers to the property, so that two changes of its rating wait for one another.
    let mut changed = change.reviews.iter().chain(&change.withdrawn);
    let rated = changed.find(|it| it.subject == Subject::Property && it.published_at.is_some());
    if let Some(review) = rated {
        lock_property_exclusively(conn, review.property_id.into())?;
    }
    if let Some((property_id, booking_id, version)) = change.booking {
        bump_booking_version(conn, property_id, booking_id, version)?;
    }
    if let Some(review) = &change.withdrawn {
        delete_review(conn, review, change.counted_days)?;
    }
    for review in &change.reviews {
        if store_review(conn, review)? {
            count_published(conn, review, change.counted_days)?;
        }
    }
    let at = change
        .reviews
        .first()
        .map_or(DateTime::UNIX_EPOCH, |review| review.updated_at);
    enqueue_notices(conn, &change.notifications, at)?;
    append_review_events(conn, &change.reviews, &change.notifications)?;
    record_optional(conn, change.audit.as_ref())
}

fn bump_booking_version(
    conn: &mut AnyConnection,
    property_id: PropertyId,
    booking_id: BookingId,
    version: i64,
) -> Result<(), TxError> {
    let as_read = bookings::table
        .filter(bookings::property_id.eq(UuidColumn::from(property_id)))
        .filter(bookings::id.eq(UuidColumn::from(booking_id)))
        .filter(bookings::version.eq(version));
    match diesel::update(as_read)
        .set(bookings::version.eq(version + 1))
        .execute(conn)?
    {
        0 => Err(Refusal::Stale.into()),
        _ => Ok(()),
    }
}

/// Stores a review; true if the change published it.
fn store_review(conn: &mut AnyConnection, review: &Review) -> Result<bool, TxError> {
    let row = ReviewRow::try_from_review(review)?;
    if review.version == 1 {
        diesel::insert_into(reviews::table)
            .values(&row)
            .execute(conn)?;
        return Ok(review.published_at.is_some());
    }
    let this = reviews::table
        .filter(reviews::property_id.eq(row.property_id))
        .filter(reviews::id.eq(row.id));
    let before = this.filter(reviews::version.eq(review.version - 1));
    let published: Option<Option<NaiveDateTime>> = before
        .select(reviews::published_at)
        .first(conn)
        .optional()?;
    if diesel::update(before).set(&row).execute(conn)? == 0 {
        return Err(Refusal::Stale.into());
    }
    Ok(review.published_at.is_some() && published.flatten().is_none())
}

fn delete_review(
    conn: &mut AnyConnection,
    review: &Review,
    counted_days: u32,
) -> Result<(), TxError> {
    let this = reviews::table
        .filter(reviews::property_id.eq(UuidColumn::from(review.property_id)))
        .filter(reviews::id.eq(UuidColumn::from(review.id)))
        .filter(reviews::version.eq(review.version));
    let counted: Option<bool> = this.select(reviews::counted).first(conn).optional()?;
    if diesel::delete(this).execute(conn)? == 0 {
        return Err(Refusal::Stale.into());
    }
    if review.published_at.is_none() || counted == Some(false) {
        return Ok(());
    }
    add_to_rating(conn, review, -1)?;
    count_others(conn, review, counted_days)
}
