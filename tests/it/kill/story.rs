//! What happens, at which points it is cut short, and what must be true in the end.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};
use sojourn_domain::booking::Booking;
use sojourn_domain::payment::{CallKind, Payment};
use sojourn_domain::shared::BookingId;
use sojourn_tests::{
    Answer, Client, OtherClock, Server, Start, TestDatabase, databases, payments_say, provider_did,
};

use super::stop::Point;
use super::victim::{Order, Victim};

/// After so long an open call is made again, and an unfinished key taken over.
const LATER: TimeDelta = TimeDelta::seconds(61);
const LIMIT: Duration = Duration::from_secs(60);

/// Something that moves money.
pub struct Story {
    /// What the provider is asked in it.
    pub kind: CallKind,
    /// Whether payment confirms a booking, `instant`, or its host, `request`.
    pub mode: &'static str,
    /// Whether its nth time is days ahead: then the worker does it, and nobody asks for it.
    pub days_ahead: Option<fn(u64) -> i64>,
    /// Makes the nth booking, and tells what is asked for it later.
    pub prepare: fn(&World, u64) -> Ready,
    /// What must be true in the end.
    pub check: fn(&Booking, &Payment),
}

/// Who plays.
pub struct World {
    pub host: Client,
    pub guest: Client,
    property: String,
}

/// A booking, and what is asked for it.
pub struct Ready {
    pub booking: String,
    pub ask: Option<Ask>,
}

/// A request.
#[derive(Clone)]
pub struct Ask {
    pub who: Client,
    pub path: String,
    pub body: Value,
}

impl Ask {
    fn at(&self, url: &str, key: &str) -> Result<Answer, String> {
        let asked = self.who.at(url).post_once(&self.path, key, &self.body);
        asked.map_err(|error| error.to_string())
    }
}

impl World {
    fn new(server: &Server, mode: &str) -> Self {
        let (host, guest) = (server.join("host"), server.join("guest"));
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

    /// A hold from so many days ahead.
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

    pub fn paying(&self, booking: &str) -> Ask {
        let body = json!({"booking_id": booking, "payment_method": "pm_card_visa"});
        Ask {
            who: self.guest.clone(),
            path: "/v1/payments/".into(),
            body,
        }
    }

    pub fn pay(&self, booking: &str) {
        let Ask { who, path, body } = self.paying(booking);
        who.post(&path, &body).expect(201);
    }

    pub fn asking(who: &Client, booking: &str, verb: &str) -> Ask {
        Ask {
            who: who.clone(),
            path: format!("/v1/bookings/{booking}/{verb}"),
            body: json!({}),
        }
    }
}

pub fn date(ahead: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(ahead)
}

/// Plays a story on every database, with a fresh booking for each point.
pub fn play(story: &Story) {
    for database in databases() {
        let folder =
            std::env::temp_dir().join(format!("sojourn-kill-{}", uuid::Uuid::now_v7().simple()));
        let server = Server::with(
            &database,
            Start {
                folder: Some(&folder),
                ..Start::default()
            },
        );
        let world = World::new(&server, story.mode);
        let ready: Vec<_> = (0..)
            .take(Point::ALL.len())
            .map(|n| (story.prepare)(&world, n))
            .collect();
        server.stop();
        for ((n, point), ready) in (0_u64..).zip(Point::ALL).zip(&ready) {
            cut_short(story, &database, &folder, n, point, ready);
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

/// One server is killed at the point, the next one finishes what it left.
fn cut_short(
    story: &Story,
    database: &TestDatabase,
    folder: &Path,
    n: u64,
    point: Point,
    ready: &Ready,
) {
    let ahead = match story.days_ahead {
        Some(days) => TimeDelta::days(days(n)),
        None => LATER * (2 * i32::try_from(n).unwrap()),
    };
    let key = format!("key-{n}");
    let victim = Victim::start(
        database,
        folder,
        Order {
            point,
            kind: story.kind,
            ahead,
        },
    );
    let asked = ready.ask.clone().map(|ask| {
        let (url, key) = (victim.url.clone(), key.clone());
        thread::spawn(move || ask.at(&url, &key))
    });
    victim.kill_at_its_point();
    if let Some(asked) = asked {
        let answer = asked.join().unwrap();
        assert!(
            answer.is_err(),
            "{point:?}: the killed server answered {answer:?}"
        );
    }

    let clock = Some(OtherClock::new(ahead + LATER, 1));
    let server = Server::with(
        database,
        Start {
            folder: Some(folder),
            clock,
            variables: &[],
        },
    );
    let retried = ready.ask.as_ref().map_or_else(String::new, |ask| {
        let answer = once_more(ask, &server.url, &key);
        let found_done = answer.status == 409 && answer.at("/code") != "dates_unavailable";
        assert!(
            matches!(answer.status, 200 | 201) || found_done,
            "{point:?}: {answer:?}"
        );
        format!(", asked again: {}", answer.status)
    });
    server.settle(LIMIT);
    let place = format!("{point:?} on {}", database.name);
    let report = server.examine();
    assert!(
        report.findings.is_empty(),
        "{place}: {:#?}",
        report.findings
    );
    assert_eq!(
        provider_did(folder),
        server.block_on(payments_say(&server.ports)),
        "{place}"
    );
    let (booking, payment) = server.block_on(stored(&server, ready.booking.parse().unwrap()));
    println!(
        "{place}: {}, {} captured{retried}",
        booking.status,
        payment.captured()
    );
    (story.check)(&booking, &payment);
}

/// As a client does that got no answer: with the same key, until it is told more than "not now".
fn once_more(ask: &Ask, url: &str, key: &str) -> Answer {
    let began = Instant::now();
    loop {
        let answer = ask.at(url, key).unwrap();
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
