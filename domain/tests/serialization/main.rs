//! Values are checked when they are deserialized, as they are when they are made.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod records;

use chrono::{DateTime, Utc};
use rstest::rstest;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sojourn_domain::booking::{Offer, Price, Quote, RatePlan, StayRequest};
use sojourn_domain::property::{
    Address, Calendar, Location, Pricing, Property, PropertyDetails, Tax, TaxRate,
};
use sojourn_domain::shared::{
    Actor, BasisPoints, Currency, Email, Guests, MarketplaceTerms, Money, PropertyId, Stay, UserId,
};
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    "2026-03-01T17:00:00Z".parse().unwrap()
}

fn usd(amount: i64) -> Money {
    Money::new(amount, Currency::parse("USD").unwrap())
}

/// A listed cabin with weekend prices, a pet fee and a tax.
fn cabin() -> Property {
    let details = PropertyDetails {
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
        pricing: Some(Pricing {
            weekend: Some(usd(150_00)),
            pet_fee: Some(usd(25_00)),
            non_refundable_discount_bps: Some(BasisPoints::try_new(700).unwrap()),
            taxes: vec![Tax {
                name: "Occupancy tax".into(),
                rate: TaxRate::Percent {
                    bps: BasisPoints::try_new(875).unwrap(),
                },
                exempt_from_nights: Some(30),
            }],
            ..Pricing::nightly(usd(100_00))
        }),
        ..PropertyDetails::default()
    };
    let host = UserId::new(Uuid::from_u128(1));
    Property::draft(PropertyId::new(Uuid::from_u128(3)), host, details, now())
        .unwrap()
        .publish(&Actor::member(host), true, now())
        .unwrap()
}

/// Two adults and a pet for four nights over a weekend.
fn quote() -> Quote {
    let (property, terms) = (cabin(), MarketplaceTerms::default());
    let stay = "2026-07-10/2026-07-14".parse().unwrap();
    let request = StayRequest::new(stay, Guests::try_new(2, 0, 0, 1).unwrap())
        .at_rate(RatePlan::NonRefundable);
    Offer::new(&property, &Calendar::free_for(&property, stay), &terms)
        .quote(request, now())
        .unwrap()
}

/// Equal after JSON and after a binary format that does not describe itself.
fn assert_round_trip<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
    let bytes = postcard::to_allocvec(value).unwrap();
    assert_eq!(&postcard::from_bytes::<T>(&bytes).unwrap(), value, "{text}");
}

#[test]
fn values_are_read_as_they_were_written() {
    let quote = quote();
    assert_round_trip(&quote.stay);
    assert_round_trip(&quote.guests);
    assert_round_trip(&quote.price);
    assert_round_trip(&quote.conditions);
    assert_round_trip(&quote.terms);
    assert_round_trip(&quote);
}

fn refusal<T: DeserializeOwned + std::fmt::Debug>(value: &Value) -> String {
    serde_json::from_value::<T>(value.clone())
        .unwrap_err()
        .to_string()
}

#[rstest]
#[case(0, 0, "at least one adult is required")]
#[case(51, 0, "at most 50 of each kind")]
#[case(1, 51, "at most 50 of each kind")]
#[case(u32::MAX, 0, "at most 50 of each kind")]
fn guests_out_of_bounds_are_refused(#[case] adults: u32, #[case] pets: u32, #[case] reason: &str) {
    let value = json!({"adults": adults, "children": 0, "infants": 0, "pets": pets});
    assert_eq!(refusal::<Guests>(&value), reason);
}

#[test]
fn single_values_out_of_bounds_are_refused() {
    let ends = json!({"check_in": "2026-07-10", "check_out": "2026-07-10"});
    assert_eq!(refusal::<Stay>(&ends), "check-out must be after check-in");
    assert_eq!(
        refusal::<BasisPoints>(&json!(10_001)),
        "must be between 0 and 10000 basis points"
    );
    assert_eq!(
        refusal::<Email>(&json!("ana@")),
        "not a valid e-mail address"
    );
    assert!(serde_json::from_value::<Currency>(json!("XXX")).is_err());
}

#[rstest]
#[case("/total/amount", json!(1), "the total is 0.01 USD")]
#[case("/host_payout/amount", json!(99_999_900), "the host receives 999999.00 USD")]
#[case("/nights/1/night", json!("2026-07-10"), "does not follow the night before it")]
#[case("/lines/0/amount/currency", json!("JPY"), "an amount is in JPY, the total in USD")]
fn prices_that_do_not_add_up_are_refused(
    #[case] pointer: &str,
    #[case] value: Value,
    #[case] reason: &str,
) {
    let mut price = serde_json::to_value(&quote().price).unwrap();
    *price.pointer_mut(pointer).unwrap() = value.clone();
    assert!(refusal::<Price>(&price).contains(reason));
    let mut whole = serde_json::to_value(quote()).unwrap();
    *whole.pointer_mut(&format!("/price{pointer}")).unwrap() = value;
    assert!(refusal::<Quote>(&whole).contains(reason));
}

#[test]
fn a_quote_for_other_nights_than_those_priced_is_refused() {
    let mut quote = serde_json::to_value(quote()).unwrap();
    quote["stay"]["check_out"] = json!("2027-07-10");
    assert_eq!(
        refusal::<Quote>(&quote),
        "the price is not for the nights of 2026-07-10/2027-07-10"
    );
}
