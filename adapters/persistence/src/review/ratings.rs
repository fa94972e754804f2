//! Ratings: the sums of the published reviews.

use diesel::prelude::*;
use sojourn_domain::review::{Review, Subject};
use sojourn_domain::shared::PropertyId;

use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::accounts::users;
use crate::schema::marketplace::properties;

/// Adds a review to the rating of its subject `times` times; -1 removes it.
pub(crate) fn add_to_rating(
    conn: &mut AnyConnection,
    review: &Review,
    times: i64,
) -> Result<(), TxError> {
    let sum = times * i64::from(review.text.scores.overall);
    match review.subject {
        Subject::Property => add_to_property_rating(conn, review.property_id, sum, times)?,
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

/// Adds `count` scores that sum to `sum` to the rating of a property.
pub(crate) fn add_to_property_rating(
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
