//! Mails to guests and hosts.

use std::fmt::Write as _;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use sojourn_tests::{Client, Member, Server, ServerOptions, TestClock, TestDatabase};

/// A Wednesday at noon, at which the clock of the server stands.
const NOW: &str = "2026-06-03T12:00:00Z";

/// Characters of a confirmation code.
const CODE_LENGTH: usize = 10;

/// Names of the members, as they stand in the snapshot.
const NAMES: [&str; 2] = ["Hana", "Gil"];

fn date(days: i64) -> String {
    let now: DateTime<Utc> = NOW.parse().unwrap();
    (now + TimeDelta::days(days)).date_naive().to_string()
}

fn create_listing(host: &Client, mode: &str) -> String {
    let body = json!({
        "title": "Cabin at the lake", "description": "Quiet.", "property_type": "cabin", "room_type": "entire_place",
        "address": {"line1": "1 Lake Road", "city": "Albany", "country": "US"},
        "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "America/New_York", "max_guests": 4,
        "pricing": {"nightly": {"amount": 10000, "currency": "USD"}}, "cancellation_policy": "moderate",
        "booking_mode": mode,
    });
    let id = host.post("/v1/properties/", &body).expect(201).at("/id");
    host.post(&format!("/v1/properties/{id}/publish"), &Value::Null)
        .expect(200);
    id
}

fn paid_booking(guest: &Client, property: &str, from: i64, to: i64) -> String {
    let body = json!({
        "property_id": property, "check_in": date(from), "check_out": date(to),
        "guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0}, "message": "We are two.",
    });
    let id = guest.post("/v1/bookings/", &body).expect(201).at("/id");
    let payment = json!({"booking_id": id, "payment_method": "pm_card_visa"});
    guest.post("/v1/payments/", &payment).expect(201);
    id
}

/// Waits for the mails of one step, each to one address, and appends them as people read them.
struct Letters<'a> {
    server: &'a Server,
    members: [Member; 2],
    seen: [usize; 2],
    text: String,
}

impl<'a> Letters<'a> {
    fn new(server: &'a Server) -> Self {
        let members = NAMES.map(|name| server.sign_up_member(name));
        let seen = [1, 1];
        let mut letters = Self {
            server,
            members,
            seen: [0, 0],
            text: String::new(),
        };
        letters.expect("registered", seen);
        letters
    }

    fn host(&self) -> &Client {
        &self.members[0].client
    }

    fn guest(&self) -> &Client {
        &self.members[1].client
    }

    /// The step sent so many mails to the host and the guest.
    fn expect(&mut self, step: &str, mails: [usize; 2]) {
        for (who, count) in mails.into_iter().enumerate() {
            for _ in 0..count {
                let email = &self.members[who].email;
                let mail = self.server.mail_after(email, self.seen[who]);
                self.seen[who] += 1;
                let shown = self.shown(&mail);
                writeln!(self.text, "=== {step}, to {}\n{shown}", NAMES[who]).unwrap();
            }
        }
    }

    /// Subject and text, without what differs from run to run.
    fn shown(&self, mail: &str) -> String {
        let (head, body) = mail.replace("\r\n", "\n").split_once("\n\n").map_or_else(
            || panic!("no head in {mail}"),
            |(head, body)| (head.to_owned(), body.to_owned()),
        );
        let subject = head
            .lines()
            .find(|line| line.starts_with("Subject: "))
            .unwrap();
        let words = |line: &str| {
            let shown = line.split(' ').map(|word| match word {
                it if it.contains("token=") => {
                    format!("{}token=…", it.split_once("token=").unwrap().0)
                }
                it if it.len() == 36 && it.matches('-').count() == 4 => "…".to_owned(),
                _ if line.starts_with("Confirmation code: ") && word.len() == CODE_LENGTH => {
                    "…".to_owned()
                }
                it => it.to_owned(),
            });
            shown.collect::<Vec<_>>().join(" ")
        };
        let body: Vec<_> = body.lines().map(words).collect();
        format!("{subject}\n\n{}\n", body.join("\n"))
            .replace(&self.server.url, "https://sojourn.example")
    }
}

#[test]
fn mails_of_accounts_and_bookings() {
    let server = Server::with(
        &TestDatabase::sqlite(),
        ServerOptions {
            clock: Some(TestClock::standing(NOW.parse().unwrap())),
            ..ServerOptions::default()
        },
    );
    let mut letters = Letters::new(&server);

    let email = letters.members[1].email.clone();
    let again = json!({"email": email, "password": "another long secret", "first_name": "A", "last_name": "B"});
    server.client().post("/v1/users/", &again).expect(201);
    letters.expect("registered again", [0, 1]);
    let known = json!({"email": email});
    server
        .client()
        .post("/v1/auth/password/forgot", &known)
        .expect(202);
    letters.expect("forgot the password", [0, 1]);
    let (one, other) = (&letters.members[0], &letters.members[1]);
    let to_known = json!({"new_email": other.email});
    let change = "/v1/auth/email/change";
    one.client.post(change, &to_known).expect(202);
    letters.expect("wanted the address of another account", [1, 1]);
    let new = "new-address@test.example";
    let to_new = json!({"new_email": new});
    letters.guest().post(change, &to_new).expect(202);
    letters.expect("wanted a new address", [0, 1]);
    let mail = letters.shown(&server.mail_after(new, 0));
    letters.text += &format!("=== wanted a new address, to the new one\n{mail}\n");

    let instant = create_listing(letters.host(), "instant");
    let on_request = create_listing(letters.host(), "request");
    let act = |who: &Client, booking: &str, verb: &str, body: &Value| {
        who.post(&format!("/v1/bookings/{booking}/{verb}"), body)
            .expect(200);
    };

    let asked = paid_booking(letters.guest(), &on_request, 30, 33);
    letters.expect("asked", [1, 1]);
    act(letters.host(), &asked, "accept", &json!({}));
    letters.expect("accepted", [1, 1]);
    let declined = paid_booking(letters.guest(), &on_request, 40, 43);
    letters.expect("asked again", [1, 1]);
    act(
        letters.host(),
        &declined,
        "decline",
        &json!({"reason": "The roof leaks."}),
    );
    letters.expect("declined", [1, 1]);

    let booked = paid_booking(letters.guest(), &instant, 30, 33);
    letters.expect("booked", [1, 1]);
    let path = format!("/v1/bookings/{booked}");
    letters
        .host()
        .patch(&path, &json!({"check_out": date(34)}))
        .expect(200);
    letters.expect("proposed another date", [1, 1]);
    act(letters.guest(), &booked, "alteration/decline", &Value::Null);
    letters.expect("declined the proposal", [1, 1]);
    act(
        letters.guest(),
        &booked,
        "cancel",
        &json!({"reason": "We are ill."}),
    );
    letters.expect("cancelled", [1, 1]);

    server.wait_until_idle(Duration::from_secs(10));
    insta::assert_snapshot!("mails", letters.text);
}
