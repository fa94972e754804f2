//! The accounts and properties of a life.

use std::sync::Mutex;

use serde_json::{Value, json};
use sojourn_application::ports::Ports;
use sojourn_domain::shared::{Actor, BookingId, PropertyId, UserId};
use sojourn_tests::{Client, Server};

/// Accounts and properties.
pub struct Cast {
    pub properties: Vec<(PropertyId, Actor)>,
    pub guests: Vec<Actor>,
    pub operator: Actor,
    pub known: Mutex<Vec<BookingId>>,
}

impl Cast {
    /// Two hosts with three properties, three guests and an operator.
    pub fn hired(server: &Server) -> Self {
        let user = |id: &str| UserId::new(id.parse().unwrap());
        let mut properties = Vec::new();
        for (mode, policy) in [
            ("instant", "flexible"),
            ("instant", "strict"),
            ("request", "moderate"),
        ] {
            let host = server.sign_up_member("host");
            let id = listed(&host.client, mode, policy);
            properties.push((id, Actor::member(user(&host.id))));
        }
        let guests = ["gus", "gina", "gwen"].map(|name| server.sign_up_member(name));
        Self {
            properties,
            guests: guests
                .iter()
                .map(|guest| Actor::member(user(&guest.id)))
                .collect(),
            operator: Actor::operator(user(&server.operator_member().id)),
            known: Mutex::default(),
        }
    }

    /// The number of bookings, and of those that were paid.
    pub async fn count_paid(&self, ports: &Ports) -> (usize, usize) {
        let known = self.known.lock().unwrap().clone();
        let mut paid = 0;
        for id in &known {
            let booking = ports.bookings.get(*id).await.unwrap().unwrap();
            paid += usize::from(booking.confirmation.is_some() || booking.requested_at.is_some());
        }
        (known.len(), paid)
    }
}

fn listed(host: &Client, mode: &str, policy: &str) -> PropertyId {
    let body = json!({
        "title": "Cabin", "description": "By the lake", "property_type": "cabin", "room_type": "entire_place",
        "address": {"line1": "1 Lake Road", "city": "Albany", "country": "US"},
        "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "America/New_York",
        "max_guests": 4, "booking_mode": mode, "cancellation_policy": policy,
        "pricing": {
            "nightly": {"amount": 9999, "currency": "USD"}, "weekend": {"amount": 12345, "currency": "USD"},
            "cleaning_fee": {"amount": 4321, "currency": "USD"}, "weekly_discount_bps": 1000,
            "non_refundable_discount_bps": 700,
            "taxes": [{"name": "Occupancy tax", "kind": "percent", "bps": 875}],
        },
        "stay_rules": {"preparation_nights": 1, "max_nights": 60},
    });
    let id = host.post("/v1/properties/", &body).expect(201).at("/id");
    host.post(&format!("/v1/properties/{id}/publish"), &Value::Null)
        .expect(200);
    PropertyId::new(id.parse().unwrap())
}
