//! Users and properties shared by all racers.

use std::sync::Mutex;

use serde_json::{Value, json};
use sojourn_tests::{Client, Server};

/// A property and its host.
pub struct Listing {
    pub id: String,
    pub host: Client,
}

/// A booking as the clients know it.
#[derive(Clone)]
pub struct KnownBooking {
    pub id: String,
    pub place: usize,
    pub guest: usize,
    /// Status of the last answer.
    pub status: String,
    /// Id of the payment, once there is one.
    pub payment: Option<String>,
}

/// The state shared by all racers.
pub struct Marketplace {
    pub listings: Vec<Listing>,
    pub guests: Vec<Client>,
    pub operator: Client,
    known: Mutex<Vec<KnownBooking>>,
}

impl Marketplace {
    /// Two hosts with an instant and an on-request property each, four guests, and an operator.
    pub fn build(server: &Server) -> Self {
        let hosts = [server.sign_up("hanna"), server.sign_up("hugo")];
        let guests = ["gus", "gina", "gero", "gwen"].map(|name| server.sign_up(name));
        let listings = hosts
            .iter()
            .flat_map(|host| ["instant", "request"].map(|mode| Listing::listed(host, mode)));
        Self {
            listings: listings.collect(),
            guests: guests.into(),
            operator: server.operator(),
            known: Mutex::default(),
        }
    }

    pub fn note(&self, booking: KnownBooking) {
        self.known.lock().unwrap().push(booking);
    }

    /// Updates the known booking from an answer about it or its payment.
    pub fn update(&self, answer: &Value) {
        let (booking, status, payment) = match (&answer["booking_id"], answer["status"].as_str()) {
            (Value::String(booking), Some("captured")) => {
                (booking, "confirmed", answer["id"].as_str())
            }
            (Value::String(booking), Some("authorized")) => {
                (booking, "awaiting_host", answer["id"].as_str())
            }
            (Value::Null, Some(status)) => match &answer["id"] {
                Value::String(booking) => (booking, status, None),
                _ => return,
            },
            _ => return,
        };
        let mut known = self.known.lock().unwrap();
        if let Some(known) = known.iter_mut().rfind(|known| known.id == *booking) {
            status.clone_into(&mut known.status);
            known.payment = payment.map(str::to_owned).or(known.payment.take());
        }
    }

    /// One of the latest bookings in one of these states, or in any state when none is given.
    pub fn recent(&self, states: &[&str], pick: impl FnOnce(u64) -> u64) -> Option<KnownBooking> {
        let known = self.known.lock().unwrap();
        let fits = |it: &&KnownBooking| states.is_empty() || states.contains(&it.status.as_str());
        let latest: Vec<_> = known.iter().rev().filter(fits).take(24).collect();
        let back = pick(latest.len().max(1) as u64);
        latest
            .get(usize::try_from(back).unwrap())
            .map(|&it| it.clone())
    }
}

impl Listing {
    fn listed(host: &Client, mode: &str) -> Self {
        let body = json!({
            "title": "Cabin", "description": "By the lake", "property_type": "cabin", "room_type": "entire_place",
            "address": {"line1": "1 Lake Road", "city": "Albany", "country": "US"},
            "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "America/New_York",
            "max_guests": 4, "booking_mode": mode, "cancellation_policy": "moderate",
            "pricing": {
                "nightly": {"amount": 9999, "currency": "USD"}, "weekend": {"amount": 12345, "currency": "USD"},
                "cleaning_fee": {"amount": 4321, "currency": "USD"},
                "taxes": [{"name": "Occupancy tax", "kind": "percent", "bps": 875}],
            },
            "stay_rules": {"preparation_nights": 1},
        });
        let id = host.post("/v1/properties/", &body).expect(201).at("/id");
        host.post(&format!("/v1/properties/{id}/publish"), &Value::Null)
            .expect(200);
        Self {
            id,
            host: host.clone(),
        }
    }
}
