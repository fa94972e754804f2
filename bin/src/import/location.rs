//! Location of a city. The files contain little more than coordinates.

use std::sync::LazyLock;

use chrono_tz::Tz;
use sojourn_domain::property::Location;

use super::ImportArgs;
use super::file::csv_file::Row;
use super::locality::{Locality, parse_locality};

/// Country code, latitude, longitude and name of the principal place of each time zone. Source:
/// `zone.tab` of the IANA time zone database, public domain.
const ZONES: &str = include_str!("zones.tsv");

struct ZonePlace {
    country: &'static str,
    at: Location,
    zone: Tz,
}

static ZONE_PLACES: LazyLock<Vec<ZonePlace>> = LazyLock::new(|| {
    let place = |line: &'static str| {
        let mut fields = line.split('\t');
        let country = fields.next()?;
        let latitude = fields.next()?.parse().ok()?;
        let longitude = fields.next()?.parse().ok()?;
        Some(ZonePlace {
            country,
            at: Location {
                latitude,
                longitude,
            },
            zone: fields.next()?.parse().ok()?,
        })
    };
    ZONES.lines().filter_map(place).collect()
});

/// Values used where a listing row does not state its location.
#[derive(Debug, Clone, Default)]
pub(super) struct CityDefaults {
    locality: Locality,
    given_city: Option<String>,
    given_country: Option<String>,
    zone: Option<Tz>,
    /// Assumptions that were made, and the options that replace them.
    pub assumptions: Vec<String>,
}

impl CityDefaults {
    /// Takes the values of the command line, and missing ones from the most common home of the
    /// hosts.
    pub fn determine(args: &ImportArgs, most_common_home: Locality) -> Self {
        let mut assumptions = Vec::new();
        let or_unknown =
            |text: &Option<String>| text.clone().unwrap_or_else(|| "unknown".to_owned());
        if args.city.is_none() {
            let city = or_unknown(&most_common_home.city);
            assumptions.push(format!(
                "city {city}, the most common home of hosts, where a listing names none (set --city to change)"
            ));
        }
        if args.country.is_none() {
            let country = most_common_home
                .country
                .clone()
                .unwrap_or_else(|| "of the nearest time zone".to_owned());
            assumptions.push(format!("country {country} (set --country to change)"));
        }
        if args.time_zone.is_none() {
            assumptions.push(
                "time zone of the nearest place in the time zone database (set --time-zone to change)"
                    .to_owned(),
            );
        }
        assumptions.push(format!(
            "prices in {} (set --currency to change)",
            args.currency
        ));
        let region = most_common_home.region.filter(|_| args.city.is_none());
        let locality = Locality {
            city: args.city.clone().or(most_common_home.city),
            region,
            country: args.country.clone().or(most_common_home.country),
        };
        Self {
            locality,
            given_city: args.city.clone(),
            given_country: args.country.clone(),
            zone: args.time_zone,
            assumptions,
        }
    }

    /// Locality and time zone of one listing: what the command line says, else what the listing
    /// says, else the most common home of the hosts.
    pub fn locate(&self, row: &Row<'_>, at: Option<Location>) -> (Locality, Option<Tz>) {
        let usual_city = self.locality.city.as_deref();
        let own = parse_locality(row.get("neighbourhood"), usual_city);
        let mut locality = own.unwrap_or_else(|| self.locality.clone());
        if let Some(city) = &self.given_city {
            locality.city = Some(city.clone());
        }
        if let Some(country) = &self.given_country {
            locality.country = Some(country.clone());
        }
        let place = at.and_then(|at| nearest(at, locality.country.as_deref()));
        if locality.country.is_none() {
            locality.country = place.map(|place| place.country.to_owned());
        }
        (locality, self.zone.or(place.map(|place| place.zone)))
    }
}

/// The nearest place of the time zone table, within the country if the table has one there.
fn nearest(at: Location, country: Option<&str>) -> Option<&'static ZonePlace> {
    let known = ZONE_PLACES
        .iter()
        .any(|place| Some(place.country) == country);
    let near = |place: &&ZonePlace| !known || Some(place.country) == country;
    ZONE_PLACES
        .iter()
        .filter(near)
        .min_by(|a, b| haversine(at, a.at).total_cmp(&haversine(at, b.at)))
}

/// A measure that grows with the distance on the globe: the haversine of the central angle.
fn haversine(a: Location, b: Location) -> f64 {
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let across = a.latitude.to_radians().cos() * b.latitude.to_radians().cos();
    half(a.latitude - b.latitude) + across * half(a.longitude - b.longitude)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_zone_table_is_read() {
        assert_eq!(ZONE_PLACES.len(), ZONES.lines().count());
    }

    #[test]
    fn time_zones_are_found() {
        let zone = |latitude, longitude, country| {
            nearest(
                Location {
                    latitude,
                    longitude,
                },
                country,
            )
            .unwrap()
            .zone
        };
        assert_eq!(zone(42.65, -73.75, None), chrono_tz::America::New_York);
        assert_eq!(zone(45.76, 4.84, Some("FR")), chrono_tz::Europe::Paris);
        assert_eq!(zone(22.32, 114.17, None), chrono_tz::Asia::Hong_Kong);
    }
}
