//! The import of reviews.

use std::collections::HashMap;

use diesel::prelude::*;
use sojourn_domain::review::{Review, Subject};
use sojourn_domain::shared::{PropertyId, RepositoryError};

use super::existing::{MAX_ROWS, missing_ids, total};
use crate::dialect::macros::insert_rows;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::review::ratings::{add_to_property_rating, add_to_rating};
use crate::review::row::ReviewRow;
use crate::schema::marketplace::reviews;

/// Stores the new reviews, adds the published ones to the ratings, and returns the number of reviews.
pub(super) fn load_reviews(conn: &mut AnyConnection, all: &[Review]) -> Result<u64, TxError> {
    let mut missing = missing_ids!(
        conn,
        reviews,
        all.iter().map(|review| review.id.into()).collect()
    );
    let new: Vec<_> = all
        .iter()
        .filter(|review| missing.remove(&review.id.into()))
        .collect();
    for chunk in new.chunks(MAX_ROWS) {
        let rows = chunk
            .iter()
            .map(|review| ReviewRow::try_from_review(review))
            .collect::<Result<Vec<_>, RepositoryError>>()?;
        insert_rows!(conn, reviews::table, &rows)?;
    }
    add_to_ratings(conn, &new)?;
    Ok(total(new.len()))
}

/// Adds the published reviews to the ratings: those of a property in one statement.
fn add_to_ratings(conn: &mut AnyConnection, new: &[&Review]) -> Result<(), TxError> {
    let mut of_properties: HashMap<PropertyId, (i64, i64)> = HashMap::new();
    for review in new.iter().filter(|review| review.published_at.is_some()) {
        match review.subject {
            Subject::Property => {
                let (sum, count) = of_properties.entry(review.property_id).or_default();
                *sum += i64::from(review.text.scores.overall);
                *count += 1;
            }
            Subject::Guest => add_to_rating(conn, review, 1)?,
        }
    }
    for (id, (sum, count)) in of_properties {
        add_to_property_rating(conn, id, sum, count)?;
    }
    Ok(())
}
