//! Queries of reviews.

use async_trait::async_trait;
use diesel::dsl;
use diesel::prelude::*;
use sojourn_application::ports::{ReviewFilter, ReviewQueries};
use sojourn_domain::review::{Review, Subject};
use sojourn_domain::shared::{BookingId, Page, PageRequest, RepositoryError, UserId};

use super::row::ReviewRow;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::{AnyConnection, MultiBackend};
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::query::pagination::{
    convert_all, fetch_limit, format_position, into_page, parse_position,
};
use crate::schema::marketplace::reviews;

#[async_trait]
impl ReviewQueries for Database {
    async fn reviews(
        &self,
        filter: ReviewFilter,
        page: PageRequest,
    ) -> Result<Page<Review>, RepositoryError> {
        self.read(move |conn| list_reviews(conn, filter, &page))
            .await
    }

    async fn written_of_bookings(
        &self,
        reviewer: UserId,
        bookings: Vec<BookingId>,
    ) -> Result<Vec<Review>, RepositoryError> {
        self.read(move |conn| written_of_bookings(conn, reviewer, &bookings))
            .await
    }
}

type ReviewQuery = dsl::IntoBoxed<
    'static,
    dsl::Select<reviews::table, dsl::AsSelect<ReviewRow, MultiBackend>>,
    MultiBackend,
>;

/// A page of reviews, the newest first, in one statement.
pub(crate) fn list_reviews(
    conn: &mut AnyConnection,
    filter: ReviewFilter,
    page: &PageRequest,
) -> Result<Page<Review>, TxError> {
    let query: ReviewQuery = reviews::table.select(ReviewRow::as_select()).into_boxed();
    match filter {
        ReviewFilter::By(user) => list_written(conn, query, user, page),
        ReviewFilter::OfProperty(id) => {
            let query = query
                .filter(reviews::property_id.eq(UuidColumn::from(id)))
                .filter(reviews::subject.eq(Subject::Property.as_str()));
            list_published(conn, query, page)
        }
        ReviewFilter::OfGuest(id) => {
            let query = query
                .filter(reviews::addressee_id.eq(UuidColumn::from(id)))
                .filter(reviews::subject.eq(Subject::Guest.as_str()));
            list_published(conn, query, page)
        }
    }
}

/// The reviews by an author, ordered by the time of writing.
fn list_written(
    conn: &mut AnyConnection,
    query: ReviewQuery,
    author: UserId,
    page: &PageRequest,
) -> Result<Page<Review>, TxError> {
    let mut query = query.filter(reviews::reviewer_id.eq(UuidColumn::from(author)));
    if let Some((at, id)) = page.after.as_deref().and_then(parse_position) {
        let same = reviews::created_at.eq(at).and(reviews::id.lt(id));
        query = query.filter(reviews::created_at.lt(at).or(same));
    }
    let rows: Vec<ReviewRow> = query
        .order((reviews::created_at.desc(), reviews::id.desc()))
        .limit(fetch_limit(page))
        .load(conn)?;
    let position = |row: &ReviewRow| format_position(row.created_at, row.id);
    into_page(rows, page, position, |rows| {
        convert_all(rows, ReviewRow::into_review)
    })
}

/// The published reviews of a query, ordered by the time of publication.
fn list_published(
    conn: &mut AnyConnection,
    query: ReviewQuery,
    page: &PageRequest,
) -> Result<Page<Review>, TxError> {
    let mut query = query.filter(reviews::published_at.is_not_null());
    if let Some((at, id)) = page.after.as_deref().and_then(parse_position) {
        let same = reviews::published_at.eq(at).and(reviews::id.lt(id));
        query = query.filter(reviews::published_at.lt(at).or(same).assume_not_null());
    }
    let rows: Vec<ReviewRow> = query
        .order((reviews::published_at.desc(), reviews::id.desc()))
        .limit(fetch_limit(page))
        .load(conn)?;
    let position =
        |row: &ReviewRow| format_position(row.published_at.unwrap_or(row.created_at), row.id);
    into_page(rows, page, position, |rows| {
        convert_all(rows, ReviewRow::into_review)
    })
}

/// The reviews that a user wrote of these bookings, in one statement.
fn written_of_bookings(
    conn: &mut AnyConnection,
    reviewer: UserId,
    bookings: &[BookingId],
) -> Result<Vec<Review>, TxError> {
    let bookings: Vec<UuidColumn> = bookings.iter().map(|&id| id.into()).collect();
    let rows: Vec<ReviewRow> = reviews::table
        .filter(reviews::reviewer_id.eq(UuidColumn::from(reviewer)))
        .filter(reviews::booking_id.eq_any(bookings))
        .select(ReviewRow::as_select())
        .load(conn)?;
    convert_all(rows, ReviewRow::into_review)
}
