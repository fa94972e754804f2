//! Generated properties.

use chrono::{DateTime, TimeDelta, Utc};
use sojourn_domain::property::{
    AMENITIES, Address, BookingMode, CancellationPolicy, Location, Pricing, Property,
    PropertyDetails, PropertyRecord, PropertyStatus, PropertyType, Rating, RoomType, StayRules,
    Tax, TaxRate,
};
use sojourn_domain::shared::{BasisPoints, Currency, Money, PropertyId};

use super::cities::{CITIES, City};
use super::rng::Rng;
use super::run::SeedError;
use super::users::user_id;
use crate::import::derived_uuid;

/// Number of properties of a host.
const PROPERTIES_PER_HOST: u32 = 3;

const ADJECTIVES: &[&str] = &[
    "Sunny", "Quiet", "Cosy", "Bright", "Spacious", "Charming", "Modern", "Historic", "Airy",
    "Secluded",
];
const STREETS: &[&str] = &[
    "Harbour Street",
    "Mill Lane",
    "Garden Row",
    "Station Road",
    "Hill Street",
    "Market Square",
];

pub(super) const fn host_count(properties: u32) -> u32 {
    properties.div_ceil(PROPERTIES_PER_HOST)
}

pub(super) fn property(
    seed: u64,
    index: u32,
    age_days: i64,
    now: DateTime<Utc>,
) -> Result<Property, SeedError> {
    let mut rng = Rng::new(seed, &format!("property/{index}"));
    let city = CITIES
        .get(index as usize % CITIES.len())
        .ok_or(SeedError::Rule)?;
    let details = details(&mut rng, city)?;
    if !details.validate_for_listing().is_empty() {
        return Err(SeedError::Rule);
    }
    let since = now - TimeDelta::days(age_days);
    Property::restore(PropertyRecord {
        id: PropertyId::new(derived_uuid(&format!("seed/{seed}/property/{index}"))),
        host_id: user_id(seed, "host", index / PROPERTIES_PER_HOST),
        status: PropertyStatus::Listed,
        details,
        rating: Rating::default(),
        created_at: since,
        updated_at: since,
        version: 1,
    })
    .map_err(|_| SeedError::Rule)
}

fn details(rng: &mut Rng, city: &City) -> Result<PropertyDetails, SeedError> {
    let kind = PropertyType::ALL
        .get(rng.within(0, 10) as usize)
        .copied()
        .unwrap_or(PropertyType::Other);
    let bedrooms = rng.within(1, 4);
    let near = |rng: &mut Rng, degrees: f64| {
        degrees + (f64::from(rng.within(0, 1_000)) - 500.0) / 10_000.0
    };
    let adjective = rng.pick(ADJECTIVES);
    let street = rng.pick(STREETS);
    let words = kind.as_str().replace('_', " ");
    let mut amenities: Vec<String> = AMENITIES.iter().map(|it| it.id.to_owned()).collect();
    amenities.retain(|_| rng.percent_chance(40));
    Ok(PropertyDetails {
        title: Some(format!("{adjective} {words} in {}", city.name)),
        description: Some(format!(
            "A {} {words} with {bedrooms} bedrooms near {street}, a short walk from the centre of {}.",
            adjective.to_lowercase(),
            city.name
        )),
        property_type: kind,
        room_type: if rng.percent_chance(75) {
            RoomType::EntirePlace
        } else {
            RoomType::PrivateRoom
        },
        address: Address {
            line1: Some(format!("{} {street}", rng.within(1, 200))),
            line2: None,
            city: Some(city.name.to_owned()),
            region: Some(city.region.to_owned()),
            postal_code: None,
            country: Some(city.country.to_owned()),
        },
        location: Some(Location {
            latitude: near(rng, city.latitude),
            longitude: near(rng, city.longitude),
        }),
        time_zone: Some(city.zone),
        max_guests: Some(2 * bedrooms),
        max_pets: rng.within(0, 2),
        bedrooms,
        beds: bedrooms + rng.within(0, 2),
        half_bathrooms: rng.within(2, 2 + bedrooms),
        amenities,
        house_rules: Some("No smoking. Quiet from 22:00 to 7:00.".into()),
        pricing: Some(pricing(rng, city, bedrooms)?),
        stay_rules: StayRules {
            max_nights: 90,
            preparation_nights: u32::from(rng.percent_chance(20)),
            ..StayRules::default()
        },
        booking_mode: BookingMode::Instant,
        cancellation_policy: CancellationPolicy::ALL
            .get(rng.within(0, 6) as usize)
            .copied()
            .unwrap_or(CancellationPolicy::Moderate),
        ..PropertyDetails::default()
    })
}

fn pricing(rng: &mut Rng, city: &City, bedrooms: u32) -> Result<Pricing, SeedError> {
    let currency = Currency::parse(city.currency).map_err(|_| SeedError::Rule)?;
    let unit = 10_i64.pow(currency.exponent());
    let amount = |percent: u32| {
        Money::new(
            i64::from(city.night) * i64::from(percent) * unit / 100,
            currency,
        )
    };
    let share = |bps| BasisPoints::try_new(bps).map_err(|_| SeedError::Rule);
    let level = rng.within(70, 160) + 30 * bedrooms;
    Ok(Pricing {
        weekend: rng.percent_chance(50).then(|| amount(level + 20)),
        cleaning_fee: rng.percent_chance(70).then(|| amount(45)),
        pet_fee: rng.percent_chance(30).then(|| amount(20)),
        weekly_discount_bps: share(100 * rng.within(0, 12))?,
        monthly_discount_bps: share(100 * rng.within(10, 30))?,
        non_refundable_discount_bps: rng.percent_chance(30).then(|| share(1_000)).transpose()?,
        taxes: vec![Tax {
            name: "Occupancy tax".into(),
            rate: TaxRate::Percent {
                bps: share(100 * rng.within(3, 12))?,
            },
            exempt_from_nights: Some(30),
        }],
        ..Pricing::nightly(amount(level))
    })
}
