//! Reviews, and the ratings that they add up to.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use sojourn_domain::review::{Review, ReviewChange, ReviewRepository, Subject};
use sojourn_domain::shared::{BookingId, CommitError, PropertyId, ReviewId, StoreError};

use crate::connection::AnyConnection;
use crate::database::Database;
use crate::errors::TxError;
use crate::instant::stored;
use crate::job;
use crate::review_row::ReviewRow;
use crate::schema::accounts::users;
use crate::schema::marketplace::{bookings, properties, reviews};
use crate::uuid_column::UuidColumn;

#[async_trait]
impl ReviewRepository for Database {
    async fn get(&self, id: ReviewId) -> Result<Option<Review>, StoreError> {
        self.read(move |conn| {
            let query = reviews::table.filter(reviews::id.eq(UuidColumn::from(id)));
            let row: Option<ReviewRow> = query
                .select(ReviewRow::as_select())
                .first(conn)
                .optional()?;
            Ok(row.map(ReviewRow::review).transpose()?)
        })
        .await
    }

    async fn of_booking(&self, id: BookingId) -> Result<Vec<Review>, StoreError> {
        self.read(move |conn| {
            let query = reviews::table.filter(reviews::booking_id.eq(UuidColumn::from(id)));
            let rows: Vec<ReviewRow> = query.select(ReviewRow::as_select()).load(conn)?;
            Ok(rows
                .into_iter()
                .map(ReviewRow::review)
                .collect::<Result<_, _>>()?)
        })
        .await
    }

    async fn commit(&self, change: ReviewChange) -> Result<(), CommitError> {
        self.write(move |conn| store(conn, &change)).await
    }

    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Review>, StoreError> {
        self.read(move |conn| {
            let query = reviews::table
                .filter(reviews::published_at.is_null())
                .filter(reviews::window_ends_at.lt(stored(now)))
                .order((reviews::window_ends_at, reviews::id))
                .limit(limit.into());
            let rows: Vec<ReviewRow> = query.select(ReviewRow::as_select()).load(conn)?;
            Ok(rows
                .into_iter()
                .map(ReviewRow::review)
                .collect::<Result<_, _>>()?)
        })
        .await
    }
}

fn store(conn: &mut AnyConnection, change: &ReviewChange) -> Result<(), TxError> {
    if let Some((property_id, booking_id, version)) = change.booking {
        bump_booking(conn, property_id, booking_id, version)?;
    }
    if let Some(review) = &change.withdrawn {
        withdraw(conn, review)?;
    }
    for review in &change.reviews {
        if store_one(conn, review)? {
            rate(conn, review, 1)?;
        }
    }
    let at = change
        .reviews
        .first()
        .map_or(DateTime::UNIX_EPOCH, |review| review.updated_at);
    job::insert_notices(conn, &change.notices, at)
}

fn bump_booking(
    conn: &mut AnyConnection,
    property_id: PropertyId,
    booking_id: BookingId,
    version: i64,
) -> Result<(), TxError> {
    let read = bookings::table
        .filter(bookings::property_id.eq(UuidColumn::from(property_id)))
        .filter(bookings::id.eq(UuidColumn::from(booking_id)))
        .filter(bookings::version.eq(version));
    match diesel::update(read)
        .set(bookings::version.eq(version + 1))
        .execute(conn)?
    {
        0 => Err(CommitError::Stale.into()),
        _ => Ok(()),
    }
}

/// Stores a review and tells whether it became published.
fn store_one(conn: &mut AnyConnection, review: &Review) -> Result<bool, TxError> {
    let row = ReviewRow::of(review)?;
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
        return Err(CommitError::Stale.into());
    }
    Ok(review.published_at.is_some() && published.flatten().is_none())
}

fn withdraw(conn: &mut AnyConnection, review: &Review) -> Result<(), TxError> {
    let this = reviews::table
        .filter(reviews::property_id.eq(UuidColumn::from(review.property_id)))
        .filter(reviews::id.eq(UuidColumn::from(review.id)))
        .filter(reviews::version.eq(review.version));
    if diesel::delete(this).execute(conn)? == 0 {
        return Err(CommitError::Stale.into());
    }
    if review.published_at.is_some() {
        rate(conn, review, -1)
    } else {
        Ok(())
    }
}

/// Adds a review to the rating of the one it is of, or takes it off.
pub(crate) fn rate(conn: &mut AnyConnection, review: &Review, times: i64) -> Result<(), TxError> {
    let sum = times * i64::from(review.text.scores.overall);
    match review.subject {
        Subject::Property => rate_property(conn, review.property_id, sum, times)?,
        Subject::Guest => {
            let rated = users::table.filter(users::id.eq(UuidColumn::from(review.addressee_id)));
            diesel::update(rated)
                .set((
                    users::rating_sum.eq(users::rating_sum + sum),
                    users::rating_count.eq(users::rating_count + times),
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// Adds so many scores to the rating of a property.
pub(crate) fn rate_property(
    conn: &mut AnyConnection,
    id: PropertyId,
    sum: i64,
    count: i64,
) -> Result<(), TxError> {
    diesel::update(properties::table.filter(properties::id.eq(UuidColumn::from(id))))
        .set((
            properties::rating_sum.eq(properties::rating_sum + sum),
            properties::rating_count.eq(properties::rating_count + count),
        ))
        .execute(conn)?;
    Ok(())
}
