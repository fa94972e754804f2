//! Queries of reviews.

use std::cmp::Reverse;
use std::collections::HashMap;

use async_trait::async_trait;
use diesel::dsl;
use diesel::prelude::*;
use sojourn_application::ports::{AnyReviews, RatingDetails, ReviewFilter, ReviewQueries};
use sojourn_domain::review::{Review, Subject};
use sojourn_domain::shared::{BookingId, Page, PageRequest, PropertyId, RepositoryError, UserId};

use super::details::rating_details;
use super::row::ReviewRow;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::{AnyConnection, MultiBackend};
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::query::pagination::{
    convert_all, fetch_limit, format_position, into_page, parse_position,
};
use crate::query::statement::{Statement, Value};
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

    async fn first_of_properties(
        &self,
        properties: Vec<PropertyId>,
        limit: u32,
    ) -> Result<HashMap<PropertyId, Page<Review>>, RepositoryError> {
        self.read(move |conn| first_of_properties(conn, &properties, limit))
            .await
    }

    async fn rating_details(
        &self,
        properties: Vec<PropertyId>,
    ) -> Result<HashMap<PropertyId, RatingDetails>, RepositoryError> {
        self.read(move |conn| rating_details(conn, &properties))
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
        ReviewFilter::By(user) => {
            let query = query.filter(reviews::reviewer_id.eq(UuidColumn::from(user)));
            list_written(conn, query, page)
        }
        ReviewFilter::Any(filter) => list_written(conn, any_of(query, filter), page),
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

fn any_of(mut query: ReviewQuery, filter: AnyReviews) -> ReviewQuery {
    if let Some(property) = filter.property {
        query = query.filter(reviews::property_id.eq(UuidColumn::from(property)));
    }
    if let Some(reviewer) = filter.reviewer {
        query = query.filter(reviews::reviewer_id.eq(UuidColumn::from(reviewer)));
    }
    if let Some(subject) = filter.subject {
        query = query.filter(reviews::subject.eq(subject.as_str()));
    }
    query
}

/// The reviews of a query, published or not, ordered by the time of writing.
fn list_written(
    conn: &mut AnyConnection,
    mut query: ReviewQuery,
    page: &PageRequest,
) -> Result<Page<Review>, TxError> {
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
    published_page(rows, page)
}

fn published_page(rows: Vec<ReviewRow>, page: &PageRequest) -> Result<Page<Review>, TxError> {
    let position =
        |row: &ReviewRow| format_position(row.published_at.unwrap_or(row.created_at), row.id);
    into_page(rows, page, position, |rows| {
        convert_all(rows, ReviewRow::into_review)
    })
}

/// The columns of a [`ReviewRow`].
const COLUMNS: &str = "property_id, id, booking_id, reviewer_id, addressee_id, subject, overall, scores, \
     public_comment, private_note, response, window_ends_at, published_at, respond_by, created_at, updated_at, version";

/// The first pages of the published reviews of properties, in one statement: a part for each property, which stops
/// early in the index of its published reviews.
fn first_of_properties(
    conn: &mut AnyConnection,
    properties: &[PropertyId],
    limit: u32,
) -> Result<HashMap<PropertyId, Page<Review>>, TxError> {
    let page = PageRequest { limit, after: None };
    let mut sql = Statement::for_connection(conn);
    for (number, &property) in properties.iter().enumerate() {
        if number > 0 {
            sql.push(" UNION ALL ");
        }
        sql.push(&format!(
            "SELECT * FROM (SELECT {COLUMNS} FROM reviews WHERE published_at IS NOT NULL"
        ));
        sql.and("property_id = ?", Value::Id(property.into()));
        let subject = Subject::Property.as_str().to_owned();
        sql.and("subject = ?", Value::Text(subject));
        sql.push(" ORDER BY published_at DESC, id DESC");
        sql.limit(fetch_limit(&page));
        sql.push(&format!(") AS page_{number}"));
    }
    if properties.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<ReviewRow> = sql.into_query().load(conn)?;
    let mut of_property: HashMap<PropertyId, Vec<ReviewRow>> = HashMap::new();
    for row in rows {
        let id = PropertyId::new(row.property_id.0);
        of_property.entry(id).or_default().push(row);
    }
    let mut pages = HashMap::new();
    for (id, mut rows) in of_property {
        // A union does not promise the order of its parts.
        rows.sort_by_key(|row| Reverse((row.published_at, row.id)));
        pages.insert(id, published_page(rows, &page)?);
    }
    Ok(pages)
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
