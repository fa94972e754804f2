//! Accounts, properties, and bookings in every state that an operation needs.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};
use sojourn_tests::{Client, Server, TestDatabase};

use super::fingerprint::fingerprint;
use super::table::Actor;
use crate::jobs::fixture::set_aside_work;

const PASSWORD: &str = "four quiet lanterns";

/// An account with a logged-in client.
pub struct Account {
    pub id: String,
    pub email: String,
    client: Client,
}

/// The server with its accounts and resources by name.
pub struct Marketplace {
    pub server: Server,
    accounts: HashMap<&'static str, Account>,
    resources: HashMap<&'static str, String>,
}

fn date(ahead: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(ahead)
}

impl Marketplace {
    /// Creates everything and waits until no work is pending.
    pub fn build(database: &TestDatabase) -> Self {
        let server = Server::start(database);
        let mut marketplace = Self {
            server,
            accounts: HashMap::new(),
            resources: HashMap::new(),
        };
        for name in [
            "guest",
            "other guest",
            "host",
            "other host",
            "suspended",
            "spare",
        ] {
            let client = marketplace.server.sign_up(&name.replace(' ', "-"));
            marketplace.add_account(name, client);
        }
        let operator = marketplace.server.operator();
        marketplace.add_account("operator", operator);
        marketplace.add_listings_and_bookings();
        let suspended = format!(
            "/v1/admin/users/{}/suspend",
            marketplace.account("suspended").id
        );
        marketplace
            .account("operator")
            .client
            .post(&suspended, &json!({"reason": "a test"}))
            .expect(200);
        let job = set_aside_work(&marketplace.server);
        marketplace.resources.insert("job", job);
        marketplace.server.wait_until_idle(Duration::from_secs(20));
        marketplace.wait_for_mails(&database.url);
        marketplace
    }

    fn add_account(&mut self, name: &'static str, client: Client) {
        let me = client.get("/v1/users/me").expect(200);
        self.accounts.insert(
            name,
            Account {
                id: me.at("/id"),
                email: me.at("/email"),
                client,
            },
        );
    }

    /// An account by name.
    pub fn account(&self, name: &str) -> &Account {
        &self.accounts[name]
    }

    /// The id of a resource by name.
    pub fn resource(&self, name: &str) -> &str {
        &self.resources[name]
    }

    fn add_listings_and_bookings(&mut self) {
        let (host, guest) = (
            self.account("host").client.clone(),
            self.account("guest").client.clone(),
        );
        self.resources.insert(
            "draft",
            host.post("/v1/properties/", &property_body("instant"))
                .expect(201)
                .at("/id"),
        );
        for name in ["property", "shown", "troublesome", "unwanted", "unwelcome"] {
            self.resources.insert(name, listed(&host, "instant"));
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
            let body = stay_body(&listed(&host, mode), from, to);
            let booking = guest.post("/v1/bookings/", &body).expect(201).at("/id");
            self.advance(name, &booking, &guest, &host);
            self.resources.insert(name, booking);
        }
        // A host who owes the fee of a cancellation.
        let spare = self.account("spare").client.clone();
        let body = stay_body(&listed(&spare, "instant"), 40, 43);
        let broken = guest.post("/v1/bookings/", &body).expect(201).at("/id");
        let payment = json!({"booking_id": broken, "payment_method": "pm_card_visa"});
        guest.post("/v1/payments/", &payment).expect(201);
        spare
            .post(&format!("/v1/bookings/{broken}/cancel"), &json!({}))
            .expect(200);
        self.resources.insert("broken", broken);
        self.resources
            .insert("blind review", review(&guest, self.resource("over")));
        self.resources.insert(
            "published review",
            review(&guest, self.resource("reviewed")),
        );
        review(&host, self.resource("reviewed"));
        self.add_wishlists(&guest);
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
        self.resources
            .insert("session", fresh.unwrap()["id"].as_str().unwrap().to_owned());
    }

    fn add_wishlists(&mut self, guest: &Client) {
        for name in ["wishlist", "shared wishlist", "unwanted wishlist"] {
            let list = guest.post("/v1/wishlists/", &json!({"name": name}));
            self.resources.insert(name, list.expect(201).at("/id"));
        }
        let shared = format!("/v1/wishlists/{}/share", self.resource("shared wishlist"));
        let shared = guest.post(&shared, &Value::Null).expect(200);
        self.resources
            .insert("share token", shared.at("/share_token"));
    }

    /// Moves a booking to the state that its name says.
    fn advance(&mut self, name: &str, booking: &str, guest: &Client, host: &Client) {
        if name == "held" {
            return;
        }
        let payment = json!({"booking_id": booking, "payment_method": "pm_card_visa"});
        let paid = guest.post("/v1/payments/", &payment).expect(201).at("/id");
        if name == "confirmed" {
            self.resources.insert("payment", paid);
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
                // On the day of arrival, so that it can be reviewed.
                act(host, "cancel");
            }
            _ => {}
        }
    }

    /// Waits for pending mails, which would change the database later.
    fn wait_for_mails(&self, url: &str) {
        for _ in 0..200 {
            if fingerprint(url)["jobs"].is_empty() {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("mails are not sent");
    }

    /// The client of an actor. Operations that end the session get a session of their own.
    pub fn client(&self, operation: &str, actor: Actor) -> Client {
        let name = match actor {
            Actor::Anonymous => return self.server.client(),
            Actor::Guest => "guest",
            Actor::OtherGuest => "other guest",
            Actor::Host => "host",
            Actor::OtherHost => "other host",
            Actor::Admin => "operator",
            Actor::Suspended => return self.account("suspended").client.clone(),
        };
        match operation {
            "log_out" => self.log_in(name),
            _ => self.account(name).client.clone(),
        }
    }

    fn log_in(&self, name: &str) -> Client {
        let body = json!({"email": self.account(name).email, "password": PASSWORD});
        let token = self
            .server
            .client()
            .post("/v1/auth/login", &body)
            .expect(200)
            .at("/access_token");
        self.server.client().with_token(token)
    }
}

pub fn property_body(mode: &str) -> Value {
    json!({
        "title": "Cabin", "description": "By the lake", "property_type": "cabin", "room_type": "entire_place",
        "address": {"line1": "1 Lake Road", "city": "Albany", "country": "US"},
        "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "UTC", "max_guests": 4,
        "pricing": {"nightly": {"amount": 10000, "currency": "USD"}}, "cancellation_policy": "flexible",
        "booking_mode": mode, "stay_rules": {"check_in_from": "00:00", "check_out_until": "11:00"},
    })
}

pub fn listed(host: &Client, mode: &str) -> String {
    let id = host
        .post("/v1/properties/", &property_body(mode))
        .expect(201)
        .at("/id");
    host.post(&format!("/v1/properties/{id}/publish"), &Value::Null)
        .expect(200);
    id
}

/// The body of a booking for two adults.
pub fn stay_body(property: &str, from: u64, to: u64) -> Value {
    json!({
        "property_id": property, "check_in": date(from), "check_out": date(to),
        "guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0},
    })
}

fn review(writer: &Client, booking: &str) -> String {
    let body = json!({"booking_id": booking, "rating": 5, "categories": {"cleanliness": 5}, "public_comment": "A good stay.", "private_note": "The tap drips."});
    writer.post("/v1/reviews/", &body).expect(201).at("/id")
}
