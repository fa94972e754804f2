//! Places to stay at, and stays.

use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};
use sojourn_tests::Client;

/// What a night costs at first.
pub const PRICE: i64 = 10_000;

/// A day from now.
pub fn date(ahead: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(ahead)
}

/// A cabin by the lake that nobody but its host sees.
pub fn draft(host: &Client) -> String {
    let body = json!({
        "title": "Cabin", "description": "By the lake", "property_type": "cabin", "room_type": "entire_place",
        "address": {"line1": "1 Lake Road", "city": "Albany", "country": "US"},
        "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "UTC", "max_guests": 4,
        "pricing": {"nightly": {"amount": PRICE, "currency": "USD"}}, "cancellation_policy": "flexible",
        "stay_rules": {"check_in_from": "00:00", "check_out_until": "11:00"},
    });
    host.post("/v1/properties/", &body).expect(201).at("/id")
}

/// One that everybody sees.
pub fn listed(host: &Client) -> String {
    let id = draft(host);
    host.post(&format!("/v1/properties/{id}/publish"), &Value::Null)
        .expect(200);
    id
}

/// Where everybody looks at it.
pub fn page(place: &str) -> String {
    format!("/v1/properties/{place}")
}

/// Two adults for a night, so many days from now.
pub fn night(place: &str, ahead: u64) -> Value {
    json!({
        "property_id": place, "check_in": date(ahead), "check_out": date(ahead + 1),
        "guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0},
    })
}

/// Paid with a card that pays.
pub fn payment(booking: &str) -> Value {
    json!({"booking_id": booking, "payment_method": "pm_card_visa"})
}

/// A night costs this from now on.
pub fn price(amount: i64) -> Value {
    json!({"pricing": {"nightly": {"amount": amount, "currency": "USD"}}})
}

/// A stay that is booked and paid.
pub fn booked(guest: &Client, place: &str, ahead: u64) -> String {
    let booking = guest
        .post("/v1/bookings/", &night(place, ahead))
        .expect(201)
        .at("/id");
    guest.post("/v1/payments/", &payment(&booking)).expect(201);
    booking
}

/// What a page or a row of a search says a night costs.
pub fn nightly(property: &Value) -> i64 {
    property["pricing"]["nightly"]["amount"].as_i64().unwrap()
}
