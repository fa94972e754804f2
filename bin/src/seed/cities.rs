//! Cities with their time zones and currencies.

use chrono_tz::Tz;

#[derive(Debug)]
pub(super) struct City {
    pub name: &'static str,
    pub region: &'static str,
    pub country: &'static str,
    pub zone: Tz,
    pub currency: &'static str,
    /// Price of a modest night in whole units of the currency.
    pub night: u32,
    pub latitude: f64,
    pub longitude: f64,
}

const fn city(
    (name, region, country): (&'static str, &'static str, &'static str),
    zone: Tz,
    (currency, night): (&'static str, u32),
    (latitude, longitude): (f64, f64),
) -> City {
    City {
        name,
        region,
        country,
        zone,
        currency,
        night,
        latitude,
        longitude,
    }
}

pub(super) const CITIES: &[City] = &[
    city(
        ("Albany", "NY", "US"),
        Tz::America__New_York,
        ("USD", 90),
        (42.6526, -73.7562),
    ),
    city(
        ("San Francisco", "CA", "US"),
        Tz::America__Los_Angeles,
        ("USD", 160),
        (37.7749, -122.4194),
    ),
    city(
        ("Lisbon", "Lisboa", "PT"),
        Tz::Europe__Lisbon,
        ("EUR", 85),
        (38.7223, -9.1393),
    ),
    city(
        ("Berlin", "Berlin", "DE"),
        Tz::Europe__Berlin,
        ("EUR", 95),
        (52.52, 13.405),
    ),
    city(
        ("London", "England", "GB"),
        Tz::Europe__London,
        ("GBP", 110),
        (51.5074, -0.1278),
    ),
    city(
        ("Tokyo", "Tokyo", "JP"),
        Tz::Asia__Tokyo,
        ("JPY", 14_000),
        (35.6762, 139.6503),
    ),
    city(
        ("Sydney", "NSW", "AU"),
        Tz::Australia__Sydney,
        ("AUD", 180),
        (-33.8688, 151.2093),
    ),
    city(
        ("Cape Town", "Western Cape", "ZA"),
        Tz::Africa__Johannesburg,
        ("ZAR", 1_400),
        (-33.9249, 18.4241),
    ),
    city(
        ("Kuwait City", "Al Asimah", "KW"),
        Tz::Asia__Kuwait,
        ("KWD", 30),
        (29.3759, 47.9774),
    ),
    city(
        ("São Paulo", "SP", "BR"),
        Tz::America__Sao_Paulo,
        ("BRL", 320),
        (-23.5505, -46.6333),
    ),
    city(
        ("Suva", "Central", "FJ"),
        Tz::Pacific__Fiji,
        ("FJD", 170),
        (-18.1248, 178.4501),
    ),
    city(
        ("Montréal", "QC", "CA"),
        Tz::America__Toronto,
        ("CAD", 120),
        (45.5017, -73.5673),
    ),
];
