//! Properties and bookings.

use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};
use sojourn_tests::Client;

/// Initial price of a night.
pub const PRICE: i64 = 10_000;

/// The date in so many days.
pub fn date(ahead: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(ahead)
}

/// An unlisted cabin; its id.
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

/// A listed cabin; its id.
pub fn listed(host: &Client) -> String {
    let id = draft(host);
    host.post(&format!("/v1/properties/{id}/publish"), &Value::Null)
        .expect(200);
    id
}

/// Path of the property page.
pub fn page(place: &str) -> String {
    format!("/v1/properties/{place}")
}

/// The body of a booking of one night for two adults.
pub fn night(place: &str, ahead: u64) -> Value {
    json!({
        "property_id": place, "check_in": date(ahead), "check_out": date(ahead + 1),
        "guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0},
    })
}

/// The body of a payment that succeeds.
pub fn payment(booking: &str) -> Value {
    json!({"booking_id": booking, "payment_method": "pm_card_visa"})
}

/// A patch that sets the price of a night.
pub fn price(amount: i64) -> Value {
    json!({"pricing": {"nightly": {"amount": amount, "currency": "USD"}}})
}

/// Books and pays a stay; its id.
pub fn book(guest: &Client, place: &str, ahead: u64) -> String {
    let booking = guest
        .post("/v1/bookings/", &night(place, ahead))
        .expect(201)
        .at("/id");
    guest.post("/v1/payments/", &payment(&booking)).expect(201);
    booking
}

/// Price of a night on a page or in a search result.
pub fn nightly(property: &Value) -> i64 {
    property["pricing"]["nightly"]["amount"].as_i64().unwrap()
}
