//! A town with one of each: people, properties, and bookings in every state that an operation needs.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};
use sojourn_tests::{Client, Server, TestDatabase};

use super::state::fingerprint;
use super::table::Actor;

const PASSWORD: &str = "four quiet lanterns";

/// Somebody with an account.
pub struct Person {
    pub id: String,
    pub email: String,
    client: Client,
}

/// The town.
pub struct Town {
    pub server: Server,
    people: HashMap<&'static str, Person>,
    things: HashMap<&'static str, String>,
}

fn date(ahead: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(ahead)
}

impl Town {
    /// Founds it: everything is there, nothing is under way.
    pub fn found(database: &TestDatabase) -> Self {
        let server = Server::start(database);
        let mut town = Self {
            server,
            people: HashMap::new(),
            things: HashMap::new(),
        };
        for name in [
            "guest",
            "other guest",
            "host",
            "other host",
            "suspended",
            "spare",
        ] {
            let client = town.server.join(&name.replace(' ', "-"));
            town.enter(name, client);
        }
        let operator = town.server.operator();
        town.enter("operator", operator);
        town.build();
        let suspended = format!("/v1/admin/users/{}/suspend", town.person("suspended").id);
        town.person("operator")
            .client
            .post(&suspended, &json!({"reason": "a test"}))
            .expect(200);
        town.server.settle(Duration::from_secs(20));
        town.wait_for_mails(&database.url);
        town
    }

    fn enter(&mut self, name: &'static str, client: Client) {
        let me = client.get("/v1/users/me").expect(200);
        self.people.insert(
            name,
            Person {
                id: me.at("/id"),
                email: me.at("/email"),
                client,
            },
        );
    }

    /// A person by name.
    pub fn person(&self, name: &str) -> &Person {
        &self.people[name]
    }

    /// The id of a thing by name.
    pub fn thing(&self, name: &str) -> &str {
        &self.things[name]
    }

    fn build(&mut self) {
        let (host, guest) = (
            self.person("host").client.clone(),
            self.person("guest").client.clone(),
        );
        self.things.insert(
            "draft",
            host.post("/v1/properties/", &place("instant"))
                .expect(201)
                .at("/id"),
        );
        for name in ["property", "shown", "troublesome", "unwanted", "unwelcome"] {
            self.things.insert(name, listed(&host, "instant"));
        }
        for (name, mode, from, to) in [
            ("held", "instant", 40, 43),
            ("confirmed", "instant", 40, 43),
            ("awaiting", "request", 40, 43),
            ("proposed", "request", 40, 43),
            ("arrivable", "instant", 0, 1),
            ("arrived", "instant", 0, 1),
            ("over", "instant", 0, 1),
            ("reviewed", "instant", 0, 1),
        ] {
            let body = stay(&listed(&host, mode), from, to);
            let booking = guest.post("/v1/bookings/", &body).expect(201).at("/id");
            self.live(name, &booking, &guest, &host);
            self.things.insert(name, booking);
        }
        self.things
            .insert("blind review", review(&guest, self.thing("over")));
        self.things
            .insert("published review", review(&guest, self.thing("reviewed")));
        review(&host, self.thing("reviewed"));
        let sessions = self
            .log_in("guest")
            .get("/v1/auth/sessions")
            .expect(200)
            .json();
        let fresh = sessions["data"]
            .as_array()
            .unwrap()
            .iter()
            .find(|session| session["current"] == true);
        self.things
            .insert("session", fresh.unwrap()["id"].as_str().unwrap().to_owned());
    }

    /// Leads a booking to where its name says.
    fn live(&mut self, name: &str, booking: &str, guest: &Client, host: &Client) {
        if name == "held" {
            return;
        }
        let payment = json!({"booking_id": booking, "payment_method": "pm_card_visa"});
        let paid = guest.post("/v1/payments/", &payment).expect(201).at("/id");
        if name == "confirmed" {
            self.things.insert("payment", paid);
        }
        let act = |client: &Client, verb: &str| {
            client
                .post(&format!("/v1/bookings/{booking}/{verb}"), &Value::Null)
                .expect(200)
        };
        match name {
            "proposed" => {
                act(host, "accept");
                let longer = json!({"check_out": date(44)});
                guest
                    .patch(&format!("/v1/bookings/{booking}"), &longer)
                    .expect(200);
            }
            "arrived" => {
                act(guest, "check-in");
            }
            "over" | "reviewed" => {
                act(guest, "check-in");
                act(guest, "check-out");
            }
            _ => {}
        }
    }

    /// A mail that is not sent yet would change the database by itself.
    fn wait_for_mails(&self, url: &str) {
        for _ in 0..200 {
            if fingerprint(url)["jobs"].is_empty() {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("mails are not sent");
    }

    /// Whoever asks. Those whose session the operation ends have one for it alone.
    pub fn client(&self, operation: &str, actor: Actor) -> Client {
        let name = match actor {
            Actor::Anonymous => return self.server.client(),
            Actor::Guest => "guest",
            Actor::OtherGuest => "other guest",
            Actor::Host => "host",
            Actor::OtherHost => "other host",
            Actor::Admin => "operator",
            Actor::Suspended => return self.person("suspended").client.clone(),
        };
        match operation {
            "log_out" => self.log_in(name),
            _ => self.person(name).client.clone(),
        }
    }

    fn log_in(&self, name: &str) -> Client {
        let body = json!({"email": self.person(name).email, "password": PASSWORD});
        let token = self
            .server
            .client()
            .post("/v1/auth/login", &body)
            .expect(200)
            .at("/access_token");
        self.server.client().with_token(token)
    }
}

pub fn place(mode: &str) -> Value {
    json!({
        "title": "Cabin", "description": "By the lake", "property_type": "cabin", "room_type": "entire_place",
        "address": {"line1": "1 Lake Road", "city": "Albany", "country": "US"},
        "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "UTC", "max_guests": 4,
        "pricing": {"nightly": {"amount": 10000, "currency": "USD"}}, "cancellation_policy": "flexible",
        "booking_mode": mode, "stay_rules": {"check_in_from": "00:00", "check_out_until": "11:00"},
    })
}

fn listed(host: &Client, mode: &str) -> String {
    let id = host
        .post("/v1/properties/", &place(mode))
        .expect(201)
        .at("/id");
    host.post(&format!("/v1/properties/{id}/publish"), &Value::Null)
        .expect(200);
    id
}

/// A stay of two adults.
pub fn stay(property: &str, from: u64, to: u64) -> Value {
    json!({
        "property_id": property, "check_in": date(from), "check_out": date(to),
        "guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0},
    })
}

fn review(writer: &Client, booking: &str) -> String {
    let body = json!({"booking_id": booking, "rating": 5, "categories": {"cleanliness": 5}, "public_comment": "A good stay."});
    writer.post("/v1/reviews/", &body).expect(201).at("/id")
}
