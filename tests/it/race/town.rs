//! Who races, and for what.

use std::sync::Mutex;

use serde_json::{Value, json};
use sojourn_tests::{Client, Server};

/// A property and its host.
pub struct Place {
    pub id: String,
    pub host: Client,
}

/// A booking that somebody was told of.
#[derive(Clone)]
pub struct Known {
    pub id: String,
    pub place: usize,
    pub guest: usize,
    /// As it was last told.
    pub status: String,
    /// Its payment, once there is one.
    pub payment: Option<String>,
}

/// What all racers share.
pub struct Town {
    pub places: Vec<Place>,
    pub guests: Vec<Client>,
    pub operator: Client,
    known: Mutex<Vec<Known>>,
}

impl Town {
    /// Two hosts with an instant property and one on request each, four guests, and an operator.
    pub fn build(server: &Server) -> Self {
        let hosts = [server.join("hanna"), server.join("hugo")];
        let guests = ["gus", "gina", "gero", "gwen"].map(|name| server.join(name));
        let places = hosts
            .iter()
            .flat_map(|host| ["instant", "request"].map(|mode| Place::listed(host, mode)));
        Self {
            places: places.collect(),
            guests: guests.into(),
            operator: server.operator(),
            known: Mutex::default(),
        }
    }

    pub fn note(&self, booking: Known) {
        self.known.lock().unwrap().push(booking);
    }

    /// What an answer tells of a booking, or of its payment.
    pub fn heard(&self, answer: &Value) {
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

    /// One of the latest bookings that were in one of these states, or in any.
    pub fn recent(&self, states: &[&str], pick: impl FnOnce(u64) -> u64) -> Option<Known> {
        let known = self.known.lock().unwrap();
        let fits = |it: &&Known| states.is_empty() || states.contains(&it.status.as_str());
        let latest: Vec<_> = known.iter().rev().filter(fits).take(24).collect();
        let back = pick(latest.len().max(1) as u64);
        latest
            .get(usize::try_from(back).unwrap())
            .map(|&it| it.clone())
    }
}

impl Place {
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
