//! Listing rows: a host and a property.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sojourn_domain::property::{
    Address, BookingMode, Location, Pricing, Property, PropertyDetails, PropertyRecord,
    PropertyStatus, PropertyType, Rating, RoomType, StayRules,
};
use sojourn_domain::shared::{
    Currency, Email, InvalidRecord, Money, PropertyId, Stay, UserId, Violation, is_invisible,
    is_visible,
};
use sojourn_domain::user::{NAME_LENGTH, Profile, User};

use super::file::csv_file::Row;
use super::ids::derived_uuid;
use super::location::CityDefaults;
use super::plain_text::{from_html, truncate};
use super::price::price_text::{self, InvalidPrice};
use super::rating::RatingScale;
use super::report::FileReport;
use super::row_error::RowError;
use super::vocabulary;

/// Description of a valid price.
const PRICE: &str = "an amount such as 1,234.50";
/// The highest price, in minor units.
const MAX_PRICE: i64 = 1_000_000_000_000;

/// The part of a listing that the other files refer to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listing {
    pub property_id: PropertyId,
    pub host_id: UserId,
    pub nightly: Option<Money>,
    pub min_nights: u32,
    pub max_nights: u32,
    /// Mean of the guests' ratings in hundredths; the source has no score for a single review.
    pub rating: Option<u16>,
}

/// Converts listing rows.
pub(super) struct ListingReader<'a> {
    pub city: &'a CityDefaults,
    pub scale: RatingScale,
    pub currency: Currency,
    pub now: DateTime<Utc>,
}

/// An account of the source. Its address does not exist, so that it cannot be logged in to.
pub(super) fn imported_user(
    row: &Row<'_>,
    (id_column, id): (&'static str, u64),
    name_column: &'static str,
    since: DateTime<Utc>,
) -> Result<User, RowError> {
    let name = row.get(name_column);
    let (name, _) = truncate(one_line_name(&from_html(name)), NAME_LENGTH);
    let first_name = if is_visible(&name) {
        name
    } else {
        "Anonymous".to_owned()
    };
    let profile = Profile {
        first_name,
        last_name: "(Airbnb)".into(),
        phone: None,
        locale: None,
        currency: None,
    };
    let email = Email::parse(&format!("airbnb-{id}@imported.invalid"))
        .map_err(|_| row.error(id_column, "the id of an account"))?;
    let id = UserId::new(derived_uuid(&format!("inside-airbnb/user/{id}")));
    User::register(id, email, None, profile, since).map_err(|_| row.error(name_column, "a name"))
}

/// A name with blanks for the characters that names cannot have.
fn one_line_name(text: &str) -> String {
    let fitting = |c: char| {
        if c.is_control() || is_invisible(c) || matches!(c, '/' | '@') {
            ' '
        } else {
            c
        }
    };
    let fitting: String = text.chars().map(fitting).collect();
    fitting.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Midnight (UTC) of a date between 1970 and 2200 in a column. Other orders than year, month and day
/// are refused, since day and month cannot be told apart.
pub(super) fn parse_date(row: &Row<'_>, column: &'static str) -> Result<DateTime<Utc>, RowError> {
    let text = row.get(column);
    let date = (text.len() == 10)
        .then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
        .flatten()
        .filter(|date| (1970..=2200).contains(&chrono::Datelike::year(date)));
    date.map(|date| date.and_time(NaiveTime::MIN).and_utc())
        .ok_or_else(|| row.error(column, "a date such as 2026-05-31"))
}

/// A price within the limits; 0 is none.
pub(super) fn check_price(
    row: &Row<'_>,
    price: Result<Option<Money>, InvalidPrice>,
) -> Result<Option<Money>, RowError> {
    let price = price.map_err(|InvalidPrice| row.error("price", PRICE))?;
    if price.is_some_and(|price| price.amount() > MAX_PRICE) {
        return Err(row.error("price", PRICE));
    }
    Ok(price.filter(|price| price.amount() > 0))
}

/// The error of a row that violates a rule of the marketplace.
pub(super) fn rule_violation(violation: &Violation) -> RowError {
    let found = format!("{} {}", violation.pointer, violation.detail);
    RowError::of_row(found, "values within the rules of the marketplace")
}

pub(super) fn contradiction(error: &InvalidRecord) -> RowError {
    RowError::of_row(
        error.to_string(),
        "values within the rules of the marketplace",
    )
}

/// Minimum and maximum nights clamped to the allowed range, and whether a value was changed.
pub(super) fn clamp_nights(
    min: Option<u64>,
    max: Option<u64>,
    usual: (u32, u32),
) -> (u32, u32, bool) {
    let within =
        |count: u64| u32::try_from(count.clamp(1, Stay::LONGEST.into())).unwrap_or(Stay::LONGEST);
    let low = min.map_or(usual.0, within);
    let high = max.map_or(usual.1, within).max(low);
    (
        low,
        high,
        min.is_some_and(|min| u64::from(low) != min)
            || max.is_some_and(|max| u64::from(high) != max),
    )
}

/// A date that may be missing; one that cannot be read is ignored and reported.
fn optional_date(
    row: &Row<'_>,
    column: &'static str,
    report: &mut FileReport,
) -> Option<DateTime<Utc>> {
    let date = parse_date(row, column).ok();
    if date.is_none() && !row.get(column).is_empty() {
        let what = "host_since or first_review not a date such as 2026-05-31: ignored";
        report.adjust(what, row.line, row.get(column));
    }
    date
}

impl ListingReader<'_> {
    /// Converts a row to a host, a property and the part that other files refer to.
    pub fn read(
        &self,
        row: &Row<'_>,
        report: &mut FileReport,
    ) -> Result<(User, Property, Listing), RowError> {
        let id = row.id("id")?;
        let host = row.id("host_id")?;
        let since = optional_date(row, "host_since", report).unwrap_or(self.now);
        let host = imported_user(row, ("host_id", host), "host_name", since)?;
        let property_id = PropertyId::new(derived_uuid(&format!("inside-airbnb/listing/{id}")));
        let price = price_text::parse(row.get("price"), self.currency);
        let price = check_price(row, price)?;
        let mut details = self.details(row, report);
        details.pricing = price.map(Pricing::nightly);
        let rating = row.get("review_scores_rating");
        let rating = self.scale.hundredths(rating).unwrap_or_else(|()| {
            report.adjust(
                "rating outside the scale of the file: ignored",
                row.line,
                rating,
            );
            None
        });
        let listing = Listing {
            property_id,
            host_id: host.id,
            nightly: price,
            min_nights: details.stay_rules.min_nights,
            max_nights: details.stay_rules.max_nights,
            rating,
        };
        if let Some(violation) = details.validate().iter().next() {
            return Err(rule_violation(violation));
        }
        let status = if details.validate_for_listing().is_empty() {
            PropertyStatus::Listed
        } else {
            PropertyStatus::Unlisted
        };
        if status == PropertyStatus::Unlisted {
            let priced = details.pricing.is_some();
            let reason = if priced {
                "imported as unlisted: incomplete"
            } else {
                "imported as unlisted: no price"
            };
            report.adjust(reason, row.line, row.get("price"));
        }
        let first_review = optional_date(row, "first_review", report);
        let since = first_review.map_or(self.now, |first| first.min(self.now));
        let property = Property::restore(PropertyRecord {
            id: property_id,
            host_id: host.id,
            status,
            details,
            rating: Rating::default(),
            created_at: since,
            updated_at: since,
            version: 1,
        })
        .map_err(|error| contradiction(&error))?;
        Ok((host, property, listing))
    }

    fn details(&self, row: &Row<'_>, report: &mut FileReport) -> PropertyDetails {
        let mut note = |what, column| report.adjust(what, row.line, row.get(column));
        let property_type =
            vocabulary::property_type(row.get("property_type")).unwrap_or_else(|| {
                note("unknown property type: set to other", "property_type");
                PropertyType::Other
            });
        let room_type = vocabulary::room_type(row.get("room_type")).unwrap_or_else(|| {
            note("unknown room type: set to private room", "room_type");
            RoomType::PrivateRoom
        });
        let (amenities, dropped) =
            vocabulary::amenities(row.get("amenities")).unwrap_or_else(|| {
                note("amenities could not be parsed: left empty", "amenities");
                (Vec::new(), 0)
            });
        if dropped > 0 {
            note("more than 150 amenities: truncated", "id");
        }
        let baths = vocabulary::half_bathrooms(row.get("bathrooms_text"))
            .or_else(|| vocabulary::half_bathrooms(row.get("bathrooms")));
        let half_bathrooms = baths.unwrap_or_else(|| {
            note("number of bathrooms missing: set to 0", "bathrooms_text");
            0
        });
        let mut details = PropertyDetails {
            property_type,
            room_type,
            max_pets: u32::from(amenities.iter().any(|word| word == "pets_allowed")),
            half_bathrooms,
            amenities,
            booking_mode: if row.get("instant_bookable") == "t" {
                BookingMode::Instant
            } else {
                BookingMode::Request
            },
            ..PropertyDetails::default()
        };
        self.fill_texts(row, &mut details, report);
        self.fill_place(row, &mut details, report);
        self.fill_numbers(row, &mut details, report);
        details
    }

    fn fill_texts(&self, row: &Row<'_>, details: &mut PropertyDetails, report: &mut FileReport) {
        let mut name = from_html(row.get("name")).replace('\n', " ");
        if name.is_empty() {
            report.adjust(
                "no title: generated from type and neighbourhood",
                row.line,
                row.get("name"),
            );
            let kind = if row.get("property_type").is_empty() {
                "Place"
            } else {
                row.get("property_type")
            };
            let area = from_html(row.get("neighbourhood_cleansed")).replace('\n', " ");
            name = if area.is_empty() {
                kind.to_owned()
            } else {
                format!("{kind} in {area}")
            };
        }
        let mut text = from_html(row.get("description"));
        if text.is_empty() {
            report.adjust("no description: title used", row.line, "");
            text.clone_from(&name);
        }
        for (heading, column) in [
            ("Neighbourhood", "neighborhood_overview"),
            ("Licence", "license"),
        ] {
            let more = from_html(row.get(column));
            if !more.is_empty() {
                text = format!("{text}\n\n{heading}: {more}");
            }
        }
        let (title, title_cut) = truncate(name, 200);
        let (description, description_cut) = truncate(text, 20_000);
        if title_cut || description_cut {
            report.adjust("title or description too long: truncated", row.line, "");
        }
        details.title = Some(title);
        details.description = Some(description);
    }

    /// The source omits street addresses: the neighbourhood is used instead.
    fn fill_place(&self, row: &Row<'_>, details: &mut PropertyDetails, report: &mut FileReport) {
        let degrees = |column, max: f64| {
            row.get(column)
                .parse::<f64>()
                .ok()
                .filter(|degrees| (-max..=max).contains(degrees))
        };
        let at = degrees("latitude", 90.0).zip(degrees("longitude", 180.0));
        details.location = at.map(|(latitude, longitude)| Location {
            latitude,
            longitude,
        });
        if details.location.is_none() {
            report.adjust(
                "coordinates missing or out of range",
                row.line,
                &format!("{} {}", row.get("latitude"), row.get("longitude")),
            );
        }
        let (locality, zone) = self.city.locate(row, details.location);
        let area = [row.get("neighbourhood_cleansed"), row.get("neighbourhood")]
            .into_iter()
            .map(|text| truncate(from_html(text).replace('\n', " "), 200).0)
            .find(|text| !text.is_empty());
        let short = |text: Option<String>| text.map(|text| truncate(text, 100).0);
        details.time_zone = zone;
        details.address = Address {
            line1: area,
            city: short(locality.city),
            region: short(locality.region),
            country: locality.country,
            ..Address::default()
        };
    }

    fn fill_numbers(&self, row: &Row<'_>, details: &mut PropertyDetails, report: &mut FileReport) {
        let mut at_most = |column, max: u64| {
            let count = row.number(column)?;
            if count > max {
                report.adjust(
                    "more guests, bedrooms or beds than allowed: set to the maximum",
                    row.line,
                    row.get(column),
                );
            }
            u32::try_from(count.min(max)).ok()
        };
        details.max_guests = at_most("accommodates", 50).filter(|&count| count > 0);
        details.bedrooms = at_most("bedrooms", 50).unwrap_or(0);
        details.beds = at_most("beds", 100).unwrap_or(0);
        let given = (row.number("minimum_nights"), row.number("maximum_nights"));
        let (min_nights, max_nights, changed) = clamp_nights(given.0, given.1, (1, Stay::LONGEST));
        if changed {
            report.adjust(
                "minimum or maximum nights outside 1 to 731: clamped",
                row.line,
                &format!(
                    "{} to {}",
                    row.get("minimum_nights"),
                    row.get("maximum_nights")
                ),
            );
        }
        details.stay_rules = StayRules {
            min_nights,
            max_nights,
            ..StayRules::default()
        };
    }
}
