//! Listings for searches.

use serde_json::{Value, json};
use sojourn_tests::Client;

/// A listing of a cabin.
pub struct Listing<'a> {
    pub city: &'a str,
    pub place: (f64, f64),
    pub price: (i64, &'a str),
}

pub const CABIN: Listing<'static> = Listing {
    city: "Albany",
    place: (42.652_58, -73.756_23),
    price: (100_00, "USD"),
};

/// Publishes a cabin and returns its id.
pub fn publish(host: &Client, listing: &Listing<'_>) -> String {
    let (latitude, longitude) = listing.place;
    let (amount, currency) = listing.price;
    let body = json!({
        "title": "Cabin", "description": "Café by the lake", "property_type": "cabin", "room_type": "entire_place",
        "address": {"line1": "1 Lake Road", "city": listing.city, "country": "US"},
        "location": {"latitude": latitude, "longitude": longitude}, "time_zone": "UTC", "max_guests": 4,
        "pricing": {"nightly": {"amount": amount, "currency": currency}},
    });
    let id = host.post("/v1/properties/", &body).expect(201).at("/id");
    host.post(&format!("/v1/properties/{id}/publish"), &Value::Null)
        .expect(200);
    id
}

/// The ids that a search finds, in order.
pub fn find(client: &Client, query: &str) -> Vec<String> {
    let found = client
        .get(&format!("/v1/properties?{query}"))
        .expect(200)
        .json();
    let data = found["data"].as_array().unwrap();
    data.iter()
        .map(|it| it["id"].as_str().unwrap().to_owned())
        .collect()
}
