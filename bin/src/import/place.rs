//! Where a city lies: the files tell coordinates and little else.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono_tz::Tz;
use sojourn_domain::property::Location;

use super::source::{Row, Source};
use super::{ImportArgs, ImportError};

/// Country code, latitude, longitude and name of each zone's principal place. Source: `zone.tab` of the IANA
/// time zone database, public domain.
const ZONES: &str = include_str!("zones.tsv");
/// Code and English name of each country. Source: `iso3166.tab` of the same.
const COUNTRIES: &str = include_str!("countries.tsv");
/// How many different home towns of hosts are counted.
const TOWNS: usize = 10_000;

const STATES: &[&str] = &[
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA",
    "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM",
    "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA",
    "WV", "WI", "WY",
];

struct ZoneSeat {
    country: &'static str,
    at: Location,
    zone: Tz,
}

static SEATS: LazyLock<Vec<ZoneSeat>> = LazyLock::new(|| {
    let seat = |line: &'static str| {
        let mut fields = line.split('\t');
        let country = fields.next()?;
        let latitude = fields.next()?.parse().ok()?;
        let longitude = fields.next()?.parse().ok()?;
        Some(ZoneSeat {
            country,
            at: Location {
                latitude,
                longitude,
            },
            zone: fields.next()?.parse().ok()?,
        })
    };
    ZONES.lines().filter_map(seat).collect()
});

/// The parts of an address that a city has in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Town {
    pub city: Option<String>,
    pub region: Option<String>,
    pub country: Option<String>,
}

/// What is known of a listing's place before its row is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    town: Town,
    zone: Option<Tz>,
    /// What was guessed, and how to say it instead.
    pub assumptions: Vec<String>,
}

impl Place {
    /// What the command line says; and what it leaves out, from where most of the hosts live.
    pub fn find(args: &ImportArgs) -> Result<Self, ImportError> {
        let home = if args.city.is_some() && args.country.is_some() {
            Town::default()
        } else {
            home(args)?
        };
        let mut assumptions = Vec::new();
        let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| "unknown".to_owned());
        if args.city.is_none() {
            let city = shown(&home.city);
            assumptions.push(format!(
                "the city is {city}, where most hosts live; say --city if it is not"
            ));
        }
        if args.country.is_none() {
            let country = home
                .country
                .clone()
                .unwrap_or_else(|| "that of the nearest time zone".to_owned());
            assumptions.push(format!(
                "the country is {country}; say --country if it is not"
            ));
        }
        if args.time_zone.is_none() {
            let how = "the time zone is that of the nearest place in the time zone database";
            assumptions.push(format!("{how}; say --time-zone to be sure"));
        }
        assumptions.push(format!(
            "prices are in {}; say --currency if they are not",
            args.currency
        ));
        let region = home.region.filter(|_| args.city.is_none());
        let town = Town {
            city: args.city.clone().or(home.city),
            region,
            country: args.country.clone().or(home.country),
        };
        Ok(Self {
            town,
            zone: args.time_zone,
            assumptions,
        })
    }

    /// The town and zone of one listing.
    pub fn of(&self, row: &Row<'_>, at: Option<Location>) -> (Town, Option<Tz>) {
        let own = town(row.get("neighbourhood")).unwrap_or_default();
        let country = self.town.country.clone().or(own.country);
        let seat = at.and_then(|at| nearest(at, country.as_deref()));
        let country = country.or_else(|| seat.map(|seat| seat.country.to_owned()));
        let city = self.town.city.clone().or(own.city);
        let town = Town {
            city,
            region: self.town.region.clone().or(own.region),
            country,
        };
        (town, self.zone.or(seat.map(|seat| seat.zone)))
    }
}

pub(super) fn is_country(code: &str) -> bool {
    COUNTRIES
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .any(|(known, _)| known == code)
}

/// The town that most rows name as where the host lives.
fn home(args: &ImportArgs) -> Result<Town, ImportError> {
    let mut source = Source::open(&args.listings, &["id"], |file| Box::new(file))?;
    let mut counts: HashMap<String, u64> = HashMap::new();
    while let Some(row) = source.next()? {
        let Ok(row) = row else { continue };
        let home = row.get("host_location");
        if let Some(count) = counts.get_mut(home) {
            *count += 1;
        } else if counts.len() < TOWNS && town(home).is_some() {
            counts.insert(home.to_owned(), 1);
        }
    }
    let most = counts
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    Ok(most.and_then(|(home, _)| town(&home)).unwrap_or_default())
}

/// Reads `Albany, NY`, `Paris, France` or `Austin, Texas, United States`; a country alone is no town.
fn town(text: &str) -> Option<Town> {
    let parts: Vec<_> = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let (&last, before) = parts.split_last()?;
    let &city = before.first()?;
    let middle = before.get(1).map(|&region| region.to_owned());
    let (region, country) = if STATES.contains(&last) {
        (Some(last.to_owned()), Some("US".to_owned()))
    } else {
        (middle, country(last))
    };
    country.as_ref()?;
    Some(Town {
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

/// The nearest seat of a zone, in the country if it has one.
fn nearest(at: Location, country: Option<&str>) -> Option<&'static ZoneSeat> {
    let known = SEATS.iter().any(|seat| Some(seat.country) == country);
    let near = |seat: &&ZoneSeat| !known || Some(seat.country) == country;
    SEATS
        .iter()
        .filter(near)
        .min_by(|a, b| apart(at, a.at).total_cmp(&apart(at, b.at)))
}

/// Grows with the distance of two points over the globe (the haversine without its arc).
fn apart(a: Location, b: Location) -> f64 {
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let across = a.latitude.to_radians().cos() * b.latitude.to_radians().cos();
    half(a.latitude - b.latitude) + across * half(a.longitude - b.longitude)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_of_the_table_is_known() {
        assert_eq!(SEATS.len(), ZONES.lines().count());
    }

    #[test]
    fn finds_towns_and_zones() {
        let albany = town("Albany, NY").unwrap();
        assert_eq!(
            (albany.city.as_deref(), albany.country.as_deref()),
            (Some("Albany"), Some("US"))
        );
        assert_eq!(
            town("Paris, France").unwrap().country.as_deref(),
            Some("FR")
        );
        assert_eq!(town("United States"), None);
        assert_eq!(town("Neighborhood highlights"), None);
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
