//! Location of a city. The files contain little more than coordinates.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono_tz::Tz;
use sojourn_domain::property::Location;

use super::csv_file::{CsvFile, Row};
use super::{ImportArgs, ImportError};

/// Country code, latitude, longitude and name of the principal place of each time zone. Source:
/// `zone.tab` of the IANA time zone database, public domain.
const ZONES: &str = include_str!("zones.tsv");
/// Code and English name of each country. Source: `iso3166.tab` of the IANA time zone database.
const COUNTRIES: &str = include_str!("countries.tsv");
/// Maximum number of different home localities of hosts that are counted.
const MAX_LOCALITIES: usize = 10_000;

const US_STATES: &[&str] = &[
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA",
    "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM",
    "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA",
    "WV", "WI", "WY",
];

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

/// The parts of an address that the properties of a city share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Locality {
    pub city: Option<String>,
    pub region: Option<String>,
    pub country: Option<String>,
}

/// Values used where a listing row does not state its location.
#[derive(Debug, Clone, Default)]
pub(super) struct CityDefaults {
    locality: Locality,
    zone: Option<Tz>,
    /// Assumptions that were made, and the options that replace them.
    pub assumptions: Vec<String>,
}

impl CityDefaults {
    /// Takes the values of the command line, and missing ones from the most common home of the
    /// hosts.
    pub fn determine(args: &ImportArgs) -> Result<Self, ImportError> {
        let most_common_home = if args.city.is_some() && args.country.is_some() {
            Locality::default()
        } else {
            most_common_home(args)?
        };
        let mut assumptions = Vec::new();
        let or_unknown =
            |text: &Option<String>| text.clone().unwrap_or_else(|| "unknown".to_owned());
        if args.city.is_none() {
            let city = or_unknown(&most_common_home.city);
            assumptions.push(format!(
                "city {city}, the most common home of hosts (set --city to change)"
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
        Ok(Self {
            locality,
            zone: args.time_zone,
            assumptions,
        })
    }

    /// Locality and time zone of one listing.
    pub fn locate(&self, row: &Row<'_>, at: Option<Location>) -> (Locality, Option<Tz>) {
        let own = locality(row.get("neighbourhood")).unwrap_or_default();
        let country = self.locality.country.clone().or(own.country);
        let place = at.and_then(|at| nearest(at, country.as_deref()));
        let country = country.or_else(|| place.map(|place| place.country.to_owned()));
        let city = self.locality.city.clone().or(own.city);
        let locality = Locality {
            city,
            region: self.locality.region.clone().or(own.region),
            country,
        };
        (locality, self.zone.or(place.map(|place| place.zone)))
    }
}

pub(super) fn is_country(code: &str) -> bool {
    COUNTRIES
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .any(|(known, _)| known == code)
}

/// The locality that most rows name as the home of the host.
fn most_common_home(args: &ImportArgs) -> Result<Locality, ImportError> {
    let mut file = CsvFile::open(&args.listings, &["id"], |file| Box::new(file))?;
    let mut counts: HashMap<String, u64> = HashMap::new();
    while let Some(row) = file.next()? {
        let Ok(row) = row else { continue };
        let most_common_home = row.get("host_location");
        if let Some(count) = counts.get_mut(most_common_home) {
            *count += 1;
        } else if counts.len() < MAX_LOCALITIES && locality(most_common_home).is_some() {
            counts.insert(most_common_home.to_owned(), 1);
        }
    }
    let most = counts
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    Ok(most
        .and_then(|(most_common_home, _)| locality(&most_common_home))
        .unwrap_or_default())
}

/// Parses `Albany, NY`, `Paris, France` or `Austin, Texas, United States`. A country alone is not a
/// locality.
fn locality(text: &str) -> Option<Locality> {
    let parts: Vec<_> = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let (&last, before) = parts.split_last()?;
    let &city = before.first()?;
    let middle = before.get(1).map(|&region| region.to_owned());
    let (region, country) = if US_STATES.contains(&last) {
        (Some(last.to_owned()), Some("US".to_owned()))
    } else {
        (middle, country(last))
    };
    country.as_ref()?;
    Some(Locality {
        city: Some(city.to_owned()),
        region,
        country,
    })
}

fn country(name: &str) -> Option<String> {
    let mut known = COUNTRIES.lines().filter_map(|line| line.split_once('\t'));
    known
        .find(|(code, full)| *code == name || full.eq_ignore_ascii_case(name))
        .map(|(code, _)| code.to_owned())
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
    fn localities_and_time_zones_are_found() {
        let albany = locality("Albany, NY").unwrap();
        assert_eq!(
            (albany.city.as_deref(), albany.country.as_deref()),
            (Some("Albany"), Some("US"))
        );
        assert_eq!(
            locality("Paris, France").unwrap().country.as_deref(),
            Some("FR")
        );
        assert_eq!(locality("United States"), None);
        assert_eq!(locality("Neighborhood highlights"), None);
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
