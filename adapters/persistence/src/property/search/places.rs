//! Cities of listed properties that begin with a prefix, at a cost that does not grow with their number.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Double, Text};
use sojourn_application::ports::Place;
use sojourn_domain::property::Location;

use super::place_columns::SEPARATOR;
use crate::columns::search_form::search_form;
use crate::dialect::definition::SqlType;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::query::statement::{Statement, Value};

/// Bounds of what is read for one prefix.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    /// The most properties of a prefix that are counted exactly.
    properties: i64,
    /// The most properties of one place that are counted, if there are more of the prefix.
    of_place: i64,
    /// The most places that are compared then, in the order of their names.
    places: i32,
    /// Properties of a place from which on it comes before those with fewer: of big ones, and of others.
    sizes: [i64; 2],
}

const BOUNDS: Bounds = Bounds {
    properties: 5_000,
    of_place: 1_000,
    places: 200,
    sizes: [200, 20],
};

#[derive(QueryableByName)]
struct Key {
    #[diesel(sql_type = Text)]
    place_key: String,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    place_name: String,
    #[diesel(sql_type = BigInt)]
    listings: i64,
    #[diesel(sql_type = Double)]
    latitudes: f64,
    #[diesel(sql_type = Double)]
    longitudes: f64,
    #[diesel(sql_type = Double)]
    eastern_longitudes: f64,
    #[diesel(sql_type = Double)]
    west: f64,
    #[diesel(sql_type = Double)]
    east: f64,
    #[diesel(sql_type = BigInt)]
    properties_read: i64,
}

impl Row {
    /// The place; `None` if it has no name.
    fn into_place(self) -> Option<Place> {
        let mut parts = self.place_name.split(SEPARATOR).map(ToOwned::to_owned);
        let city = parts.next()?;
        let mut part = || parts.next().filter(|it| !it.is_empty());
        let (country, region) = (part(), part());
        let count = u64::try_from(self.listings).ok().filter(|it| *it > 0)?;
        #[expect(clippy::cast_precision_loss, reason = "a rounded mean")]
        let mean = |sum: f64| sum / self.listings as f64;
        // A place on both sides of the antimeridian: its longitudes are counted from 0 to 360.
        let longitude = if self.east - self.west > 180.0 {
            let turned = mean(self.eastern_longitudes);
            if turned > 180.0 {
                turned - 360.0
            } else {
                turned
            }
        } else {
            mean(self.longitudes)
        };
        let centre = Location {
            latitude: mean(self.latitudes),
            longitude,
        };
        Some(Place {
            city,
            region,
            country,
            centre: centre.blurred(),
            properties_count: count,
        })
    }
}

/// The places whose key is within these texts.
struct Range {
    from: String,
    /// The text after the last one.
    end: String,
}

/// Up to `limit` places whose city begins with a prefix. One statement reads their properties in an index and counts
/// them; if there are too many, two more choose the largest of the first places and count up to a number of each.
pub(crate) fn find_places(
    conn: &mut AnyConnection,
    prefix: &str,
    limit: u32,
) -> Result<Vec<Place>, TxError> {
    let prefix = search_form(prefix);
    if prefix.is_empty() {
        return Ok(Vec::new());
    }
    let range = Range {
        // The last character of all ends the range of what begins with the prefix.
        end: format!("{prefix}{}", char::MAX),
        from: prefix,
    };
    let rows = find_within(conn, &range, limit.into(), &BOUNDS)?;
    Ok(rows.into_iter().filter_map(Row::into_place).collect())
}

fn find_within(
    conn: &mut AnyConnection,
    range: &Range,
    limit: i64,
    bounds: &Bounds,
) -> Result<Vec<Row>, TxError> {
    let mut sql = Statement::for_connection(conn);
    let from = sql.value(Value::Text(range.from.clone()));
    let end = sql.value(Value::Text(range.end.clone()));
    let most = sql.value(Value::Long(bounds.properties + 1));
    let listed = format!("{LISTED} AND place_key >= {from} AND place_key < {end} LIMIT {most}");
    write_places(&mut sql, &listed, limit);
    let rows: Vec<Row> = sql.into_query().load(conn)?;
    if rows
        .first()
        .is_none_or(|row| row.properties_read <= bounds.properties)
    {
        return Ok(rows);
    }
    let keys = largest_keys(conn, range, limit, bounds)?;
    let mut sql = Statement::for_connection(conn);
    let most = sql.value(Value::Long(bounds.of_place));
    let of_places: Vec<_> = keys
        .into_iter()
        .map(|key| {
            let key = sql.value(Value::Text(key));
            format!("SELECT * FROM ({LISTED} AND place_key = {key} LIMIT {most}) l")
        })
        .collect();
    write_places(&mut sql, &of_places.join(" UNION ALL "), limit);
    Ok(sql.into_query().load(conn)?)
}

/// The columns of an index.
const LISTED: &str =
    "SELECT place_key, place_name, latitude, longitude FROM properties WHERE status = 'listed'";

/// Writes the statement that counts properties by place, those with the most first. Of several spellings of a place the
/// most frequent one is its name.
fn write_places(sql: &mut Statement, listed: &str, limit: i64) {
    let sum = |sql: &Statement, column: &str, to| {
        let sum = format!("SUM({column}) OVER (PARTITION BY place_key)");
        sql.cast(&sum, to)
    };
    let listings = sum(sql, "spelled", SqlType::BigInt);
    let latitudes = sum(sql, "latitudes", SqlType::Double);
    let longitudes = sum(sql, "longitudes", SqlType::Double);
    let eastern = sum(sql, "eastern_longitudes", SqlType::Double);
    let read = sql.cast("SUM(spelled) OVER ()", SqlType::BigInt);
    sql.push(&format!(
        "SELECT place_name, listings, latitudes, longitudes, eastern_longitudes, west, east, properties_read FROM (\
         SELECT place_key, place_name, {listings} AS listings, {latitudes} AS latitudes, {longitudes} AS longitudes, \
         {eastern} AS eastern_longitudes, MIN(west) OVER (PARTITION BY place_key) AS west, \
         MAX(east) OVER (PARTITION BY place_key) AS east, {read} AS properties_read, \
         ROW_NUMBER() OVER (PARTITION BY place_key ORDER BY spelled DESC, place_name) AS spelling FROM (\
         SELECT place_key, place_name, COUNT(*) AS spelled, SUM(latitude) AS latitudes, SUM(longitude) AS longitudes, \
         SUM(CASE WHEN longitude < 0 THEN longitude + 360 ELSE longitude END) AS eastern_longitudes, \
         MIN(longitude) AS west, MAX(longitude) AS east FROM ({listed}) p GROUP BY place_key, place_name) s) t \
         WHERE spelling = 1 ORDER BY listings DESC, place_key"
    ));
    sql.limit(limit);
}

/// The keys of the largest places among the first ones of a range. Each key is looked up in the index after the one
/// before it, and its size is whether so many properties follow.
fn largest_keys(
    conn: &mut AnyConnection,
    range: &Range,
    limit: i64,
    bounds: &Bounds,
) -> Result<Vec<String>, TxError> {
    let mut sql = Statement::for_connection(conn);
    let from = sql.value(Value::Text(range.from.clone()));
    let end = sql.value(Value::Text(range.end.clone()));
    let places = sql.value(Value::Int(bounds.places));
    let is_larger = |sql: &mut Statement, size: i64| {
        let others = sql.value(Value::Long(size - 1));
        format!(
            "WHEN (SELECT 1 FROM properties p WHERE p.status = 'listed' AND p.place_key = k.place_key \
             LIMIT 1 OFFSET {others}) = 1"
        )
    };
    let [big, other] = bounds.sizes;
    let (big, other) = (is_larger(&mut sql, big), is_larger(&mut sql, other));
    sql.push(&format!(
        "WITH RECURSIVE k (place_key, number) AS (SELECT MIN(place_key), 1 FROM properties WHERE status = 'listed' \
         AND place_key >= {from} AND place_key < {end} UNION ALL SELECT (SELECT MIN(p.place_key) FROM properties p \
         WHERE p.status = 'listed' AND p.place_key > k.place_key AND p.place_key < {end}), k.number + 1 FROM k \
         WHERE k.place_key IS NOT NULL AND k.number < {places}) SELECT place_key FROM (SELECT k.place_key, \
         CASE {big} THEN 2 {other} THEN 1 ELSE 0 END AS size FROM k WHERE k.place_key IS NOT NULL) s \
         ORDER BY size DESC, place_key"
    ));
    sql.limit(limit);
    let keys: Vec<Key> = sql.into_query().load(conn)?;
    Ok(keys.into_iter().map(|key| key.place_key).collect())
}

#[cfg(test)]
mod tests {
    use sojourn_application::ports::{ImportBatch, Importer};
    use sojourn_domain::property::Property;
    use sojourn_domain::shared::PropertyId;

    use super::*;
    use crate::test_support::databases::fresh_databases;
    use crate::test_support::marketplace::{seeded, uuid};

    #[tokio::test]
    async fn of_a_prefix_with_many_properties_the_largest_places_are_counted_up_to_a_number() {
        for fresh in fresh_databases() {
            let database = &fresh.database;
            let (_, _, properties) = seeded(database).await;
            let cities = [
                "Prague", "Porto", "Paris", "PARIS", "Paris", "Porto", "Paris", "Oslo",
            ];
            let properties = cities.map(|city| {
                let mut record = properties[0].clone().into_record();
                record.id = PropertyId::new(uuid());
                record.details.address.city = Some(city.to_owned());
                Property::restore(record).unwrap()
            });
            let batch = ImportBatch {
                properties: properties.into(),
                ..ImportBatch::default()
            };
            database.load(batch).await.unwrap();
            let found = async |bounds: Bounds, limit| {
                let range = Range {
                    from: "p".to_owned(),
                    end: "q".to_owned(),
                };
                let read = database.read(move |conn| find_within(conn, &range, limit, &bounds));
                let rows = read.await.unwrap().into_iter();
                let places = rows.filter_map(Row::into_place);
                places
                    .map(|it| (it.city, it.properties_count))
                    .collect::<Vec<_>>()
            };
            let exact = [("Paris", 4), ("Porto", 2), ("Prague", 1)];
            let expected = |places: &[(&str, u64)]| {
                let all = places
                    .iter()
                    .map(|(city, count)| ((*city).to_owned(), *count));
                all.collect::<Vec<_>>()
            };
            assert_eq!(found(BOUNDS, 20).await, expected(&exact));
            let few = Bounds {
                properties: 7,
                of_place: 3,
                places: 200,
                sizes: [3, 2],
            };
            assert_eq!(found(few, 20).await, expected(&exact));
            let few = Bounds {
                properties: 6,
                ..few
            };
            let capped = [("Paris", 3), ("Porto", 2), ("Prague", 1)];
            assert_eq!(found(few, 20).await, expected(&capped));
            assert_eq!(found(few, 2).await, expected(&capped[..2]));
            let first = Bounds { places: 2, ..few };
            assert_eq!(found(first, 20).await, expected(&capped[..2]));
        }
    }

    #[test]
    fn the_centre_of_a_place_on_the_antimeridian_lies_on_it() {
        let row = |west: f64, east: f64| Row {
            place_name: "Savusavu\nFJ\n".to_owned(),
            listings: 2,
            latitudes: -33.556,
            longitudes: west + east,
            eastern_longitudes: west.rem_euclid(360.0) + east,
            west,
            east,
            properties_read: 2,
        };
        let place = row(-179.9, 179.7).into_place().unwrap();
        assert_eq!(
            (place.centre.latitude, place.centre.longitude),
            (-16.78, 179.9)
        );
        assert_eq!((place.region, place.country.as_deref()), (None, Some("FJ")));
        let east = row(-179.7, 179.9).into_place().unwrap();
        assert_eq!(east.centre.longitude, -179.9);
        let usual = row(-0.2, 0.1).into_place().unwrap();
        assert_eq!(usual.centre.longitude, -0.05);
    }
}
