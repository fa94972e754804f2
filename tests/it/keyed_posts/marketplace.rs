//! A server with a host, a guest and an operator, and bookings in the states that requests need.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Mutex;

use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, Member, PASSWORD, Server};

use crate::security::support::fixtures::{act, booking_body, create_listing, date, paid_booking};

/// The sender of a request.
#[derive(Debug, Clone)]
pub enum Sender {
    Anonymous,
    /// The account with this address.
    Account(String),
}

/// A POST request that a client repeats until it is answered.
#[derive(Debug, Clone)]
pub struct Request {
    pub sender: Sender,
    pub path: String,
    pub body: Value,
}

impl Request {
    /// The answer to the request with a key; an error when the server died.
    pub fn send(&self, clients: &Clients, key: &str) -> Result<Answer, String> {
        let client = clients.of(&self.sender);
        let answer = client.post_once(&self.path, key, &self.body);
        answer.map_err(|error| error.to_string())
    }
}

/// The clients of a server, each logged in once.
pub struct Clients {
    anonymous: Client,
    known: Mutex<HashMap<String, Client>>,
}

impl Clients {
    pub fn new(url: &str) -> Self {
        Self {
            anonymous: Client::new(url),
            known: Mutex::default(),
        }
    }

    /// The client of a sender.
    pub fn of(&self, sender: &Sender) -> Client {
        let Sender::Account(email) = sender else {
            return self.anonymous.clone();
        };
        let mut known = self.known.lock().unwrap();
        let log_in = || {
            let body = json!({"email": email, "password": PASSWORD});
            let login = self.anonymous.post("/v1/auth/login", &body).expect(200);
            self.anonymous.with_token(login.at("/access_token"))
        };
        known.entry(email.clone()).or_insert_with(log_in).clone()
    }
}

/// The accounts of a test.
pub struct Marketplace<'a> {
    pub server: &'a Server,
    pub host: Member,
    pub guest: Member,
    pub operator: Member,
}

impl<'a> Marketplace<'a> {
    pub fn new(server: &'a Server) -> Self {
        Self {
            server,
            host: server.sign_up_member("host"),
            guest: server.sign_up_member("guest"),
            operator: server.operator_member(),
        }
    }

    pub fn by_host(&self, path: String, body: Value) -> Request {
        Self::by(&self.host, path, body)
    }

    pub fn by_guest(&self, path: String, body: Value) -> Request {
        Self::by(&self.guest, path, body)
    }

    pub fn by_operator(&self, path: String, body: Value) -> Request {
        Self::by(&self.operator, path, body)
    }

    fn by(member: &Member, path: String, body: Value) -> Request {
        Request {
            sender: Sender::Account(member.email.clone()),
            path,
            body,
        }
    }

    /// A listed property of the host; its id.
    pub fn listing(&self, mode: &str) -> String {
        create_listing(&self.host.client, mode)
    }

    /// The id of a booking that is not paid.
    pub fn held(&self, mode: &str) -> String {
        let body = booking_body(&self.listing(mode), 40, 43);
        let guest = &self.guest.client;
        guest.post("/v1/bookings/", &body).expect(201).at("/id")
    }

    /// The id of a paid booking, which waits for its host in mode `request`.
    pub fn paid(&self, mode: &str) -> String {
        paid_booking(&self.guest.client, &self.listing(mode), 40, 43)
    }

    /// The id of a paid booking that begins today and ends tomorrow.
    pub fn arriving(&self) -> String {
        paid_booking(&self.guest.client, &self.listing("instant"), 0, 1)
    }

    /// The id of the payment of a booking.
    pub fn payment_of(&self, booking: &str) -> String {
        let path = format!("/v1/bookings/{booking}");
        self.guest.client.get(&path).expect(200).at("/payment_id")
    }

    /// The id of a confirmed booking for which the guest proposes a longer stay.
    pub fn proposed(&self) -> String {
        let booking = self.paid("request");
        act(&self.host.client, &booking, "accept");
        let longer = json!({"check_out": date(44)});
        let path = format!("/v1/bookings/{booking}");
        self.guest.client.patch(&path, &longer).expect(200);
        booking
    }

    /// The id of a host who owes the fee of a cancellation.
    pub fn debtor(&self) -> String {
        let debtor = self.server.sign_up_member("debtor");
        let listing = create_listing(&debtor.client, "instant");
        let booking = paid_booking(&self.guest.client, &listing, 40, 43);
        act(&debtor.client, &booking, "cancel");
        debtor.id
    }

    /// The id of a booking that the host cancelled on the day of arrival, so that it can be reviewed.
    pub fn reviewable(&self) -> String {
        let booking = self.arriving();
        act(&self.guest.client, &booking, "check-in");
        act(&self.host.client, &booking, "cancel");
        booking
    }
}

/// A folder for the files of a server.
pub fn folder() -> std::path::PathBuf {
    std::env::temp_dir().join(format!("sojourn-keyed-{}", uuid::Uuid::now_v7().simple()))
}

/// Removes the folder of a server.
pub fn remove(folder: &Path) {
    let _gone = std::fs::remove_dir_all(folder);
}
