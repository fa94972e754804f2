//! Cities of listed properties.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Double, Text};
use sojourn_application::ports::Place;
use sojourn_domain::property::{Address, Location};

use crate::columns::search_form::search_form;
use crate::dialect::definition::SqlType;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::query::statement::{Statement, Value};

/// Separates city, country and region. No text in the form of the search contains it.
const SEPARATOR: char = '\n';

/// The most characters of the form of a city or region; the columns are that long.
const MAX_FORM: usize = 200;

/// The most characters of a city or region.
const MAX_NAME: usize = 100;

/// The columns that say where a property is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PlaceColumns {
    /// City, country and region as they are compared: equal for the properties of one place.
    pub(crate) key: String,
    /// The same as the host writes them.
    pub(crate) name: String,
}

impl PlaceColumns {
    /// The columns of an address; `None` without a city.
    pub(crate) fn of(address: &Address) -> Option<Self> {
        let city = address.city.as_deref()?;
        let country = address.country.as_deref().unwrap_or_default();
        let region = address.region.as_deref().unwrap_or_default();
        let form = |text: &str| search_form(text).chars().take(MAX_FORM).collect();
        let name = |text: &str| {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            text.chars().take(MAX_NAME).collect()
        };
        Some(Self {
            key: joined(&[form(city), country.to_owned(), form(region)]),
            name: joined(&[name(city), country.to_owned(), name(region)]),
        })
    }
}

fn joined(parts: &[String; 3]) -> String {
    parts.join(&SEPARATOR.to_string())
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

/// Up to `limit` places whose city begins with a prefix. Their properties are found and counted in one index; of
/// several spellings of a place the most frequent one is its name.
pub(crate) fn find_places(
    conn: &mut AnyConnection,
    prefix: &str,
    limit: u32,
) -> Result<Vec<Place>, TxError> {
    let prefix = search_form(prefix);
    if prefix.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Statement::for_connection(conn);
    let sum = |column: &str, to| {
        let sum = format!("SUM({column}) OVER (PARTITION BY place_key)");
        sql.cast(&sum, to)
    };
    let listings = sum("spelled", SqlType::BigInt);
    let latitudes = sum("latitudes", SqlType::Double);
    let longitudes = sum("longitudes", SqlType::Double);
    let eastern = sum("eastern_longitudes", SqlType::Double);
    sql.push(&format!(
        "SELECT place_name, listings, latitudes, longitudes, eastern_longitudes, west, east FROM (\
         SELECT place_key, place_name, {listings} AS listings, {latitudes} AS latitudes, {longitudes} AS longitudes, \
         {eastern} AS eastern_longitudes, MIN(west) OVER (PARTITION BY place_key) AS west, \
         MAX(east) OVER (PARTITION BY place_key) AS east, \
         ROW_NUMBER() OVER (PARTITION BY place_key ORDER BY spelled DESC, place_name) AS spelling FROM (\
         SELECT place_key, place_name, COUNT(*) AS spelled, SUM(latitude) AS latitudes, SUM(longitude) AS longitudes, \
         SUM(CASE WHEN longitude < 0 THEN longitude + 360 ELSE longitude END) AS eastern_longitudes, \
         MIN(longitude) AS west, MAX(longitude) AS east FROM properties WHERE status = 'listed'"
    ));
    // The last character of all ends the range of what begins with the prefix.
    let end = format!("{prefix}{}", char::MAX);
    sql.and("place_key >= ?", Value::Text(prefix));
    sql.and("place_key < ?", Value::Text(end));
    sql.push(
        " GROUP BY place_key, place_name) s) t WHERE spelling = 1 ORDER BY listings DESC, place_key",
    );
    sql.limit(limit.into());
    let rows: Vec<Row> = sql.into_query().load(conn)?;
    Ok(rows.into_iter().filter_map(Row::into_place).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(city: &str, region: Option<&str>) -> PlaceColumns {
        let address = Address {
            city: Some(city.to_owned()),
            region: region.map(ToOwned::to_owned),
            country: Some("BR".to_owned()),
            ..Address::default()
        };
        PlaceColumns::of(&address).unwrap()
    }

    #[test]
    fn a_place_has_one_key_in_every_spelling() {
        let usual = columns("São Paulo", Some("SP"));
        assert_eq!(usual.key, "sao paulo\nBR\nsp");
        assert_eq!(usual.name, "São Paulo\nBR\nSP");
        assert_eq!(columns(" SAO  paulo", Some("sp")).key, usual.key);
        assert_ne!(columns("São Paulo", None).key, usual.key);
        assert_eq!(PlaceColumns::of(&Address::default()), None);
    }

    #[test]
    fn columns_are_bounded_whatever_the_texts() {
        // One character of 18 in its decomposed form.
        let long = "\u{fdfa}".repeat(100);
        let columns = columns(&long, Some(&"a\n".repeat(200)));
        assert!(columns.key.chars().count() <= 410, "{columns:?}");
        assert!(columns.name.chars().count() <= 210, "{columns:?}");
        assert_eq!(columns.name.split(SEPARATOR).count(), 3);
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
