//! Fixtures for tests.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::booking::alteration::alteration::NewAlteration;
use crate::booking::booking::Booking;
use crate::booking::change::{BookingChange, NightsChange};
use crate::booking::lifecycle::hold::NewBooking;
use crate::booking::pricing::altered_price::AlteredPrice;
use crate::booking::pricing::conditions::BookingConditions;
use crate::booking::pricing::price::{Price, RatePlan};
use crate::booking::pricing::quote::{Quote, QuoteRecord};
use crate::booking::pricing::stay_price::price;
use crate::property::calendar::{Calendar, NightClaim, NightRules};
use crate::property::details::{Address, Location, PropertyDetails};
use crate::property::enums::{CancellationPolicy, PropertyStatus};
use crate::property::pricing::Pricing;
use crate::property::property::{Property, PropertyRecord, Rating};
use crate::property::stay_rules::StayRules;
use crate::shared::currency::Currency;
use crate::shared::guests::Guests;
use crate::shared::id::{AlterationId, BookingId, PropertyId, UserId};
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::money::Money;
use crate::shared::stay::Stay;

pub fn usd(amount: i64) -> Money {
    Money::new(amount, Currency::parse("USD").unwrap())
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn stay(text: &str) -> Stay {
    text.parse().unwrap()
}

pub fn guests(adults: u32) -> Guests {
    Guests::try_new(adults, 0, 0, 0).unwrap()
}

pub const HOST: UserId = UserId::new(Uuid::from_u128(1));
pub const GUEST: UserId = UserId::new(Uuid::from_u128(2));
pub const BOOKING: BookingId = BookingId::new(Uuid::from_u128(4));

/// A listed cabin in New York at 100.00 a night, check-in from 15:00, check-out until 11:00.
/// Without prices or time zone it is a draft.
pub fn cabin(change: impl FnOnce(&mut PropertyDetails)) -> Property {
    let mut details = PropertyDetails {
        title: Some("Cabin".into()),
        description: Some("By the lake".into()),
        address: Address {
            line1: Some("1 Lake Road".into()),
            city: Some("Albany".into()),
            country: Some("US".into()),
            ..Address::default()
        },
        location: Some(Location {
            latitude: 42.65,
            longitude: -73.75,
        }),
        time_zone: Some(chrono_tz::America::New_York),
        max_guests: Some(4),
        max_pets: 1,
        pricing: Some(Pricing::nightly(usd(100_00))),
        stay_rules: StayRules {
            max_nights: 365,
            check_in_from: NaiveTime::from_hms_opt(15, 0, 0).unwrap(),
            ..StayRules::default()
        },
        cancellation_policy: CancellationPolicy::Flexible,
        ..PropertyDetails::default()
    };
    change(&mut details);
    let is_complete = details.pricing.is_some() && details.time_zone.is_some();
    let status = if is_complete {
        PropertyStatus::Listed
    } else {
        PropertyStatus::Draft
    };
    let created_at = at("2026-01-01T00:00:00Z");
    Property::restore(PropertyRecord {
        id: PropertyId::new(Uuid::from_u128(3)),
        host_id: HOST,
        status,
        details,
        rating: Rating::default(),
        created_at,
        updated_at: created_at,
        version: 1,
    })
    .unwrap()
}

/// A calendar of the cabin over all dates of stays, with these rules and claims.
pub fn calendar_with(
    rules: impl IntoIterator<Item = (NaiveDate, NightRules)>,
    claims: impl IntoIterator<Item = NightClaim>,
) -> Calendar {
    let dates = (NaiveDate::MIN, NaiveDate::MAX);
    Calendar::try_new(cabin(|_| {}).id, dates, rules, claims).unwrap()
}

/// The same without any.
pub fn open_calendar() -> Calendar {
    calendar_with([], [])
}

/// Price for two adults of a stay booked on March 1.
pub fn price_of(property: &Property, dates: &str, rate: RatePlan) -> Price {
    let now = at("2026-03-01T17:00:00Z");
    price(
        property,
        &open_calendar(),
        stay(dates),
        guests(2),
        rate,
        &MarketplaceTerms::default(),
        now,
    )
    .unwrap()
}

/// Conditions of a stay at the standard rate, booked on March 1.
pub fn conditions(property: &Property, dates: &str) -> BookingConditions {
    let now = at("2026-03-01T17:00:00Z");
    BookingConditions::of(property, stay(dates), RatePlan::Standard, now).unwrap()
}

/// Quote for two adults at the standard rate, made on March 1.
pub fn quoted(property: &Property, dates: &str) -> Quote {
    quoted_at(property, dates, at("2026-03-01T17:00:00Z"))
}

/// Quote of the prices of March 1 for two adults at the standard rate, made at `now`.
pub fn quoted_at(property: &Property, dates: &str, now: DateTime<Utc>) -> Quote {
    let terms = MarketplaceTerms::default();
    Quote::restore(QuoteRecord {
        property_id: property.id,
        stay: stay(dates),
        guests: guests(2),
        rate: RatePlan::Standard,
        price: price_of(property, dates, RatePlan::Standard),
        conditions: conditions(property, dates),
        expires_at: now + TimeDelta::minutes(terms.quote_minutes.into()),
        terms,
    })
    .unwrap()
}

/// A hold on the cabin, created at `now`.
pub fn hold(property: &Property, dates: &str, now: DateTime<Utc>) -> BookingChange {
    let new = NewBooking {
        id: BOOKING,
        guest_id: GUEST,
        quote: quoted_at(property, dates, now),
        message: None,
    };
    Booking::hold(property, new, now).unwrap()
}

/// A booking of the cabin, created and confirmed at `now`.
pub fn confirmed(property: &Property, dates: &str, now: DateTime<Utc>) -> Booking {
    hold(property, dates, now)
        .booking()
        .record_capture("ABCDEFGHJK".into(), now)
        .unwrap()
        .into_booking()
}

/// The booking as loaded after the change was stored.
pub fn stored(change: BookingChange) -> Booking {
    Booking::restore(change.into_booking().into_record()).unwrap()
}

/// An alteration request at the cabin's prices.
pub fn alteration(property: &Property, dates: &str, party: Guests) -> NewAlteration {
    let (now, terms) = (at("2026-03-01T17:00:00Z"), MarketplaceTerms::default());
    let price = price(
        property,
        &open_calendar(),
        stay(dates),
        party,
        RatePlan::Standard,
        &terms,
        now,
    )
    .unwrap();
    NewAlteration {
        id: AlterationId::new(Uuid::from_u128(5)),
        price: AlteredPrice::present(BOOKING, stay(dates), party, price),
        payment_method: None,
    }
}

/// Claims in compact form: runs of one kind as `kind from/to`, the end exclusive.
pub fn claim_runs(claims: &[NightClaim]) -> Vec<String> {
    let alike =
        |a: &NightClaim, b: &NightClaim| a.kind == b.kind && a.night.succ_opt() == Some(b.night);
    let short = |run: &[NightClaim]| {
        format!(
            "{} {}/{}",
            run[0].kind,
            run[0].night,
            run[run.len() - 1].night.succ_opt().unwrap()
        )
    };
    claims.chunk_by(alike).map(short).collect()
}

/// Claims that a change sets, in compact form; `None` if the nights are unchanged.
pub fn claims_set_by(change: &BookingChange) -> Option<Vec<String>> {
    match change.nights() {
        NightsChange::Keep => None,
        NightsChange::Set(claims) => Some(claim_runs(claims)),
    }
}
