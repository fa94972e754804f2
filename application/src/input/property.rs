//! Details of properties.

use chrono::NaiveTime;
use chrono_tz::Tz;
use sojourn_domain::property::TaxRate;
use sojourn_domain::shared::{BasisPoints, Currency, Violations};

/// A share in basis points; zero if it is out of range.
pub fn basis_points(bps: u32, pointer: &str, found: &mut Violations) -> BasisPoints {
    BasisPoints::try_new(bps).unwrap_or_else(|error| {
        found.add(pointer, "out_of_range", error.to_string());
        BasisPoints::ZERO
    })
}

/// A currency by its code.
pub fn currency(code: &str, pointer: &str, found: &mut Violations) -> Option<Currency> {
    let currency = Currency::parse(code).ok();
    found.require(
        currency.is_some(),
        pointer,
        "unknown_currency",
        "must be an ISO 4217 code such as USD",
    );
    currency
}

/// The time zone of a property by its name.
pub fn time_zone(name: &str, found: &mut Violations) -> Option<Tz> {
    let zone = name.parse().ok();
    found.require(
        zone.is_some(),
        "/time_zone",
        "invalid",
        "must be an IANA time zone such as Europe/Paris",
    );
    zone
}

/// Number of half bathrooms; the domain checks the range.
pub fn half_bathrooms(bathrooms: f64, found: &mut Violations) -> u32 {
    let doubled = bathrooms * 2.0;
    let halves = (0_u32..=100).find(|&count| (f64::from(count) - doubled).abs() < 1e-9);
    found.require(
        halves.is_some(),
        "/bathrooms",
        "out_of_range",
        "must be from 0 to 50 in steps of 0.5",
    );
    halves.unwrap_or(0)
}

/// A local time of the form `HH:MM`.
pub fn wall_clock_time(text: &str, pointer: &str, found: &mut Violations) -> NaiveTime {
    let shaped = text.len() == 5 && text.as_bytes().get(2) == Some(&b':');
    let time = NaiveTime::parse_from_str(text, "%H:%M").ok();
    let time = time.filter(|_| shaped);
    found.require(
        time.is_some(),
        pointer,
        "invalid",
        "must be a time of the form HH:MM",
    );
    time.unwrap_or(NaiveTime::MIN)
}

/// Adds a violation unless a tax has the value that its kind needs, and not the other.
pub fn tax_rate(
    rate: impl FnOnce(&mut Violations) -> Option<TaxRate>,
    is_percent: bool,
    [has_bps, has_amount]: [bool; 2],
    pointer: &str,
    found: &mut Violations,
) -> Option<TaxRate> {
    let bps = (format!("{pointer}/bps"), has_bps);
    let amount = (format!("{pointer}/amount"), has_amount);
    let (needed, unwanted) = if is_percent {
        (bps, amount)
    } else {
        (amount, bps)
    };
    let detail = "is required for this kind of tax";
    found.require(needed.1, &needed.0, "required", detail);
    let detail = "is not allowed for this kind of tax";
    found.require(!unwanted.1, &unwanted.0, "invalid", detail);
    rate(found)
}
