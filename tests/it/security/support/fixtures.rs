//! Listings, bookings and payments.

use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};
use sojourn_tests::{Answer, Client};

/// The date in so many days.
pub fn date(ahead: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(ahead)
}

/// A listed cabin in `instant` or `request` mode; its id.
pub fn create_listing(host: &Client, mode: &str) -> String {
    let body = json!({
        "title": "Cabin", "description": "By the lake", "property_type": "cabin", "room_type": "entire_place",
        "address": {"line1": "1 Lake Road", "city": "Albany", "country": "US"},
        "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "UTC", "max_guests": 4,
        "pricing": {"nightly": {"amount": 10000, "currency": "USD"}}, "cancellation_policy": "flexible",
        "booking_mode": mode, "stay_rules": {"check_in_from": "00:00", "check_out_until": "11:00"},
    });
    let id = host.post("/v1/properties/", &body).expect(201).at("/id");
    host.post(&format!("/v1/properties/{id}/publish"), &Value::Null)
        .expect(200);
    id
}

/// The body of a booking for two adults.
pub fn booking_body(property: &str, from: u64, to: u64) -> Value {
    json!({
        "property_id": property, "check_in": date(from), "check_out": date(to),
        "guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0},
    })
}

/// A paid booking; its id.
pub fn paid_booking(guest: &Client, property: &str, from: u64, to: u64) -> String {
    let id = guest
        .post("/v1/bookings/", &booking_body(property, from, to))
        .expect(201)
        .at("/id");
    guest
        .post(
            "/v1/payments/",
            &json!({"booking_id": id, "payment_method": "pm_card_visa"}),
        )
        .expect(201);
    id
}

/// A stay that is over; the id of the booking.
pub fn completed_stay(guest: &Client, property: &str) -> String {
    let id = paid_booking(guest, property, 0, 1);
    act(guest, &id, "check-in");
    act(guest, &id, "check-out");
    id
}

/// A stay that the host cancelled on the day of arrival, with the guest's review; the id of the booking.
pub fn reviewed_stay(guest: &Client, host: &Client, property: &str) -> String {
    let id = paid_booking(guest, property, 0, 1);
    act(host, &id, "cancel");
    let review = json!({"booking_id": id, "rating": 5, "categories": {"cleanliness": 5}, "public_comment": "A good stay."});
    guest.post("/v1/reviews/", &review).expect(201);
    id
}

/// Sends a command without a body to a booking.
pub fn act(who: &Client, booking: &str, verb: &str) -> Answer {
    who.post(&format!("/v1/bookings/{booking}/{verb}"), &json!({}))
        .expect(200)
}
