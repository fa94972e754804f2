//! Crash scenarios: setup, failpoint, recovery and the expected result.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};
use sojourn_domain::booking::Booking;
use sojourn_domain::payment::{GatewayCallKind, Payment};
use sojourn_domain::shared::BookingId;
use sojourn_tests::{
    Answer, Client, Server, ServerOptions, TestClock, TestDatabase, databases, gateway_calls,
    recorded_calls,
};

use super::failpoints::Point;
use super::server_process::{CrashPlan, ServerProcess};

/// After this time an open gateway call is retried and an unfinished idempotency key is taken over.
const RETRY_AFTER: TimeDelta = TimeDelta::seconds(61);
const LIMIT: Duration = Duration::from_secs(60);

/// A flow that moves money.
pub struct Scenario {
    /// Kind of gateway call at which the server is killed.
    pub kind: GatewayCallKind,
    /// Booking mode: `instant` or `request`.
    pub mode: &'static str,
    /// For flows run by the worker: days by which the clock of the nth run is ahead. No client sends a request then.
    pub worker_days: Option<fn(u64) -> i64>,
    /// Creates the nth booking and the request to be interrupted.
    pub prepare: fn(&Marketplace, u64) -> Prepared,
    /// Asserts the final state.
    pub check: fn(&Booking, &Payment),
}

/// Users and property of a scenario.
pub struct Marketplace {
    pub host: Client,
    pub guest: Client,
    property: String,
}

/// A booking and the request to be interrupted.
pub struct Prepared {
    pub booking: String,
    pub request: Option<Request>,
}

/// A POST request with its client.
#[derive(Clone)]
pub struct Request {
    pub who: Client,
    pub path: String,
    pub body: Value,
}

impl Request {
    fn at(&self, url: &str, key: &str) -> Result<Answer, String> {
        let asked = self.who.at(url).post_once(&self.path, key, &self.body);
        asked.map_err(|error| error.to_string())
    }
}

impl Marketplace {
    fn new(server: &Server, mode: &str) -> Self {
        let (host, guest) = (server.sign_up("host"), server.sign_up("guest"));
        let body = json!({
            "title": "Cabin", "description": "By the lake", "property_type": "cabin", "room_type": "entire_place",
            "address": {"line1": "1 Lake Road", "city": "Albany", "country": "US"},
            "location": {"latitude": 42.65258, "longitude": -73.75623}, "time_zone": "UTC", "max_guests": 4,
            "pricing": {"nightly": {"amount": 10000, "currency": "USD"}, "cleaning_fee": {"amount": 4000, "currency": "USD"}},
            "stay_rules": {"check_in_from": "00:00"}, "booking_mode": mode, "cancellation_policy": "flexible",
        });
        let property = host.post("/v1/properties/", &body).expect(201).at("/id");
        host.post(&format!("/v1/properties/{property}/publish"), &Value::Null)
            .expect(200);
        Self {
            host,
            guest,
            property,
        }
    }

    /// Creates a hold that starts in `from` days; its id.
    pub fn reserve(&self, from: u64, nights: u64) -> String {
        let body = json!({
            "property_id": self.property, "check_in": date(from), "check_out": date(from + nights),
            "guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0},
        });
        self.guest
            .post("/v1/bookings/", &body)
            .expect(201)
            .at("/id")
    }

    pub fn payment_request(&self, booking: &str) -> Request {
        let body = json!({"booking_id": booking, "payment_method": "pm_card_visa"});
        Request {
            who: self.guest.clone(),
            path: "/v1/payments/".into(),
            body,
        }
    }

    pub fn pay(&self, booking: &str) {
        let Request { who, path, body } = self.payment_request(booking);
        who.post(&path, &body).expect(201);
    }

    pub fn booking_request(who: &Client, booking: &str, verb: &str) -> Request {
        Request {
            who: who.clone(),
            path: format!("/v1/bookings/{booking}/{verb}"),
            body: json!({}),
        }
    }
}

pub fn date(ahead: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(ahead)
}

/// Runs a scenario on every database, with a new booking for each failpoint.
pub fn run(scenario: &Scenario) {
    for database in databases() {
        let folder =
            std::env::temp_dir().join(format!("sojourn-crash-{}", uuid::Uuid::now_v7().simple()));
        let server = Server::with(
            &database,
            ServerOptions {
                folder: Some(&folder),
                ..ServerOptions::default()
            },
        );
        let marketplace = Marketplace::new(&server, scenario.mode);
        let ready: Vec<_> = (0..)
            .take(Point::ALL.len())
            .map(|n| (scenario.prepare)(&marketplace, n))
            .collect();
        server.stop();
        for ((n, point), ready) in (0_u64..).zip(Point::ALL).zip(&ready) {
            crash_and_recover(scenario, &database, &folder, n, point, ready);
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

/// Kills a server at the failpoint and lets the next one finish the work.
fn crash_and_recover(
    scenario: &Scenario,
    database: &TestDatabase,
    folder: &Path,
    n: u64,
    point: Point,
    ready: &Prepared,
) {
    let ahead = match scenario.worker_days {
        Some(days) => TimeDelta::days(days(n)),
        None => RETRY_AFTER * (2 * i32::try_from(n).unwrap()),
    };
    let key = format!("key-{n}");
    let process = ServerProcess::start(
        database,
        folder,
        CrashPlan {
            at: Some((point, scenario.kind)),
            ahead,
        },
    );
    let asked = ready.request.clone().map(|request| {
        let (url, key) = (process.url.clone(), key.clone());
        thread::spawn(move || request.at(&url, &key))
    });
    process.kill_at_failpoint();
    if let Some(asked) = asked {
        let answer = asked.join().unwrap();
        assert!(
            answer.is_err(),
            "{point:?}: the killed server answered {answer:?}"
        );
    }

    let clock = Some(TestClock::new(ahead + RETRY_AFTER, 1));
    let server = Server::with(
        database,
        ServerOptions {
            folder: Some(folder),
            clock,
            variables: &[],
            ..ServerOptions::default()
        },
    );
    let retried = ready.request.as_ref().map_or_else(String::new, |request| {
        let answer = retry(request, &server.url, &key);
        assert!(matches!(answer.status, 200 | 201), "{point:?}: {answer:?}");
        format!(", asked again: {}", answer.status)
    });
    server.wait_until_idle(LIMIT);
    let place = format!("{point:?} on {}", database.name);
    let report = server.check_integrity();
    assert!(
        report.findings.is_empty(),
        "{place}: {:#?}",
        report.findings
    );
    assert_eq!(
        gateway_calls(folder),
        server.block_on(recorded_calls(&server.ports)),
        "{place}"
    );
    let (booking, payment) = server.block_on(stored(&server, ready.booking.parse().unwrap()));
    println!(
        "{place}: {}, {} captured{retried}",
        booking.status,
        payment.captured()
    );
    (scenario.check)(&booking, &payment);
}

/// Retries with the same idempotency key until the answer is final.
fn retry(request: &Request, url: &str, key: &str) -> Answer {
    let began = Instant::now();
    loop {
        let answer = request.at(url, key).unwrap();
        let not_now = answer.status == 503 || answer.json()["code"] == "idempotency_in_progress";
        if !not_now || began.elapsed() > LIMIT {
            return answer;
        }
        thread::sleep(Duration::from_millis(200));
    }
}

async fn stored(server: &Server, id: BookingId) -> (Booking, Payment) {
    let booking = server.ports.bookings.get(id).await.unwrap().unwrap();
    let payment = server
        .ports
        .bookings
        .with_payment(id)
        .await
        .unwrap()
        .unwrap()
        .1
        .unwrap();
    (booking, payment)
}
