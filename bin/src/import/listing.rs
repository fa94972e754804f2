//! A row of listings: a host and a property.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sojourn_domain::property::{
    Address, BookingMode, Location, Pricing, Property, PropertyDetails, PropertyRecord,
    PropertyStatus, PropertyType, Rating, RoomType, StayRules,
};
use sojourn_domain::shared::{Currency, Email, Money, PropertyId, Stay, UserId};
use sojourn_domain::user::{Profile, User};

use super::ids::derived;
use super::place::Place;
use super::report::FileReport;
use super::source::Row;
use super::text::{plain, shortened};
use super::trade;

/// What the other files need to know of a listing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listing {
    pub property_id: PropertyId,
    pub host_id: UserId,
    pub nightly: Option<Money>,
    pub min_nights: u32,
    pub max_nights: u32,
    /// The mean of its guests' ratings, rounded: a single review tells none.
    pub score: Option<u8>,
}

/// How rows of one file are read.
pub(super) struct Reader<'a> {
    pub place: &'a Place,
    pub currency: Currency,
    pub now: DateTime<Utc>,
}

/// An account of the source. Nobody can log in to it.
pub(super) fn account(id: u64, name: &str, since: DateTime<Utc>) -> Result<User, &'static str> {
    let (name, _) = shortened(plain(name).replace('\n', " "), 100);
    let first_name = if name.is_empty() {
        "Anonymous".to_owned()
    } else {
        name
    };
    let profile = Profile {
        first_name,
        last_name: "(Airbnb)".into(),
        phone: None,
        locale: None,
        currency: None,
    };
    let email = Email::parse(&format!("airbnb-{id}@imported.invalid"))
        .map_err(|_| "the user's id is odd")?;
    let id = UserId::new(derived(&format!("inside-airbnb/user/{id}")));
    User::register(id, email, None, profile, since).map_err(|_| "the user's name is odd")
}

/// The instant at which a date of the source begins.
pub(super) fn midnight(date: &str) -> Option<DateTime<Utc>> {
    let date = date.parse::<NaiveDate>().ok()?;
    let years = 1970..=2200;
    years
        .contains(&chrono::Datelike::year(&date))
        .then(|| date.and_time(NaiveTime::MIN).and_utc())
}

/// Fewest and most nights within what the marketplace allows; whether they had to be changed.
pub(super) fn limits(min: Option<u64>, max: Option<u64>, usual: (u32, u32)) -> (u32, u32, bool) {
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

impl Reader<'_> {
    /// A host, a property, and what the other files need of it; or why the row is refused.
    pub fn read(
        &self,
        row: &Row<'_>,
        report: &mut FileReport,
    ) -> Result<(User, Property, Listing), &'static str> {
        let id = row
            .id("id")
            .ok_or("the id of the listing is missing or no number")?;
        let host = row
            .id("host_id")
            .ok_or("the id of the host is missing or no number")?;
        let host = account(
            host,
            row.get("host_name"),
            midnight(row.get("host_since")).unwrap_or(self.now),
        )?;
        let property_id = PropertyId::new(derived(&format!("inside-airbnb/listing/{id}")));
        let details = self.details(row, report);
        let rating: Option<f64> = row.get("review_scores_rating").parse().ok();
        let listing = Listing {
            property_id,
            host_id: host.id,
            nightly: details.pricing.as_ref().map(|pricing| pricing.nightly),
            min_nights: details.stay_rules.min_nights,
            max_nights: details.stay_rules.max_nights,
            score: rating.and_then(|rating| {
                (1..=5_u8).find(|&score| (f64::from(score) - rating).abs() <= 0.5)
            }),
        };
        if !details.violations().is_empty() {
            return Err("the listing breaks a rule of the marketplace");
        }
        let status = if details.missing().is_empty() {
            PropertyStatus::Listed
        } else {
            PropertyStatus::Unlisted
        };
        if status == PropertyStatus::Unlisted {
            let priced = details.pricing.is_some();
            let why = if priced {
                "kept unlisted: incomplete"
            } else {
                "kept unlisted: no price"
            };
            report.adjust(why, row.line);
        }
        let since = midnight(row.get("first_review")).map_or(self.now, |first| first.min(self.now));
        let property = Property::restore(PropertyRecord {
            id: property_id,
            host_id: host.id,
            status,
            details,
            rating: Rating::default(),
            created_at: since,
            updated_at: since,
            version: 1,
        });
        Ok((host, property, listing))
    }

    fn details(&self, row: &Row<'_>, report: &mut FileReport) -> PropertyDetails {
        let mut note = |what| report.adjust(what, row.line);
        let property_type = trade::property_type(row.get("property_type")).unwrap_or_else(|| {
            note("property type not in the catalogue: other");
            PropertyType::Other
        });
        let room_type = trade::room_type(row.get("room_type")).unwrap_or_else(|| {
            note("room type unknown: private room");
            RoomType::PrivateRoom
        });
        let (amenities, gone) = trade::amenities(row.get("amenities")).unwrap_or_else(|| {
            note("amenities could not be read: none");
            (Vec::new(), 0)
        });
        if gone > 0 {
            note("more than 150 amenities: the first 150");
        }
        let baths = trade::half_bathrooms(row.get("bathrooms_text"))
            .or_else(|| trade::half_bathrooms(row.get("bathrooms")));
        let half_bathrooms = baths.unwrap_or_else(|| {
            note("number of bathrooms missing: 0");
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
        let mut name = plain(row.get("name")).replace('\n', " ");
        if name.is_empty() {
            report.adjust("no title: named by type and neighbourhood", row.line);
            let kind = if row.get("property_type").is_empty() {
                "Place"
            } else {
                row.get("property_type")
            };
            let area = plain(row.get("neighbourhood_cleansed")).replace('\n', " ");
            name = if area.is_empty() {
                kind.to_owned()
            } else {
                format!("{kind} in {area}")
            };
        }
        let mut text = plain(row.get("description"));
        if text.is_empty() {
            report.adjust("no description: the title", row.line);
            text.clone_from(&name);
        }
        for (heading, column) in [
            ("Neighbourhood", "neighborhood_overview"),
            ("Licence", "license"),
        ] {
            let more = plain(row.get(column));
            if !more.is_empty() {
                text = format!("{text}\n\n{heading}: {more}");
            }
        }
        let (title, cut) = shortened(name, 200);
        let (description, cut_too) = shortened(text, 20_000);
        if cut || cut_too {
            report.adjust("title or description too long: shortened", row.line);
        }
        (details.title, details.description) = (Some(title), Some(description));
    }

    /// The source hides the street: the neighbourhood stands for it.
    fn fill_place(&self, row: &Row<'_>, details: &mut PropertyDetails, report: &mut FileReport) {
        let degrees = |column, most: f64| {
            row.get(column)
                .parse::<f64>()
                .ok()
                .filter(|degrees| (-most..=most).contains(degrees))
        };
        let at = degrees("latitude", 90.0).zip(degrees("longitude", 180.0));
        details.location = at.map(|(latitude, longitude)| Location {
            latitude,
            longitude,
        });
        if details.location.is_none() {
            report.adjust("coordinates missing or off the globe", row.line);
        }
        let (town, zone) = self.place.of(row, details.location);
        let area = [row.get("neighbourhood_cleansed"), row.get("neighbourhood")]
            .into_iter()
            .map(|text| shortened(plain(text).replace('\n', " "), 200).0)
            .find(|text| !text.is_empty());
        let short = |text: Option<String>| text.map(|text| shortened(text, 100).0);
        details.time_zone = zone;
        details.address = Address {
            line1: area,
            city: short(town.city),
            region: short(town.region),
            country: town.country,
            ..Address::default()
        };
    }

    fn fill_numbers(&self, row: &Row<'_>, details: &mut PropertyDetails, report: &mut FileReport) {
        let mut at_most = |column, most: u64| {
            let count = row.number(column)?;
            if count > most {
                report.adjust(
                    "more guests, bedrooms or beds than allowed: the most that is",
                    row.line,
                );
            }
            u32::try_from(count.min(most)).ok()
        };
        details.max_guests = at_most("accommodates", 50).filter(|&count| count > 0);
        details.bedrooms = at_most("bedrooms", 50).unwrap_or(0);
        details.beds = at_most("beds", 100).unwrap_or(0);
        let price = trade::money(row.get("price"), self.currency);
        details.pricing = price
            .filter(|price| (1..=1_000_000_000_000).contains(&price.amount()))
            .map(Pricing::nightly);
        let given = (row.number("minimum_nights"), row.number("maximum_nights"));
        let (min_nights, max_nights, changed) = limits(given.0, given.1, (1, Stay::LONGEST));
        if changed {
            report.adjust(
                "limits of nights outside 1 to 731: the nearest within",
                row.line,
            );
        }
        details.stay_rules = StayRules {
            min_nights,
            max_nights,
            ..StayRules::default()
        };
    }
}
