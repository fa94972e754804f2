//! Ratings in detail: by category and by number of stars.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable};
use sojourn_application::ports::RatingDetails;
use sojourn_domain::property::Rating;
use sojourn_domain::review::{Category, Subject};
use sojourn_domain::shared::PropertyId;

use crate::columns::uuid::{UuidColumn, UuidSql};
use crate::dialect::definition::SqlType;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::query::statement::{Statement, Value};

/// The categories of reviews of properties, in the order of the columns of a [`Sums`].
const CATEGORIES: [Category; 6] = [
    Category::Cleanliness,
    Category::Accuracy,
    Category::CheckIn,
    Category::Communication,
    Category::Location,
    Category::Value,
];

/// The reviews of a property with the same overall score: their number, and the sum and number of the scores of each
/// category.
#[derive(QueryableByName)]
struct Sums {
    #[diesel(sql_type = UuidSql)]
    property_id: UuidColumn,
    #[diesel(sql_type = Integer)]
    overall: i32,
    #[diesel(sql_type = BigInt)]
    reviews: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    sum_0: Option<i64>,
    #[diesel(sql_type = BigInt)]
    count_0: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    sum_1: Option<i64>,
    #[diesel(sql_type = BigInt)]
    count_1: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    sum_2: Option<i64>,
    #[diesel(sql_type = BigInt)]
    count_2: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    sum_3: Option<i64>,
    #[diesel(sql_type = BigInt)]
    count_3: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    sum_4: Option<i64>,
    #[diesel(sql_type = BigInt)]
    count_4: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    sum_5: Option<i64>,
    #[diesel(sql_type = BigInt)]
    count_5: i64,
}

impl Sums {
    fn categories(&self) -> [Rating; CATEGORIES.len()] {
        [
            (self.sum_0, self.count_0),
            (self.sum_1, self.count_1),
            (self.sum_2, self.count_2),
            (self.sum_3, self.count_3),
            (self.sum_4, self.count_4),
            (self.sum_5, self.count_5),
        ]
        .map(|(sum, count)| Rating {
            sum: sum.unwrap_or(0),
            count,
        })
    }
}

/// The ratings of properties in detail, in one statement over the index of published reviews.
pub(super) fn rating_details(
    conn: &mut AnyConnection,
    properties: &[PropertyId],
) -> Result<HashMap<PropertyId, RatingDetails>, TxError> {
    if properties.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Statement::for_connection(conn);
    sql.push("SELECT property_id, overall, COUNT(*) AS reviews");
    for (number, category) in CATEGORIES.iter().enumerate() {
        let score = sql.json_integer("scores", &["categories", category.as_str()]);
        let sum = sql.cast(&format!("SUM({score})"), SqlType::BigInt);
        sql.push(&format!(
            ", {sum} AS sum_{number}, COUNT({score}) AS count_{number}"
        ));
    }
    let ids: Vec<_> = properties
        .iter()
        .map(|&id| sql.value(Value::Id(id.into())))
        .collect();
    sql.push(&format!(
        " FROM reviews WHERE property_id IN ({}) AND subject = '{}' AND published_at IS NOT NULL AND counted \
         GROUP BY property_id, overall",
        ids.join(", "),
        Subject::Property
    ));
    let rows: Vec<Sums> = sql.into_query().load(conn)?;
    let mut found: HashMap<PropertyId, RatingDetails> = HashMap::new();
    for row in rows {
        let details = found.entry(PropertyId::new(row.property_id.0)).or_default();
        let star = usize::try_from(row.overall - 1).unwrap_or(usize::MAX);
        if let Some(count) = details.stars.get_mut(star) {
            *count += row.reviews;
        }
        for (category, more) in CATEGORIES.into_iter().zip(row.categories()) {
            if more.count > 0 {
                let rating = details.categories.entry(category).or_default();
                rating.sum += more.sum;
                rating.count += more.count;
            }
        }
    }
    Ok(found)
}
