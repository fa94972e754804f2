//! What a host changes on one server is seen on the other.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, Server};

use super::pair::{PATIENT, Pair, ids};
use super::places::{PRICE, booked, date, listed, nightly, page, price};

/// A change must be seen so soon.
const SOON: Duration = Duration::from_secs(1);

const CHANGES: i64 = 20;

fn kept(answer: &Answer) -> bool {
    answer.header("cache-status") == Some("sojourn; hit")
}

/// Asks until the answer is there, and tells how long it took; fails after a second.
fn until(server: &Server, path: &str, there: impl Fn(&Value) -> bool) -> Duration {
    let (anonymous, began) = (server.client(), Instant::now());
    loop {
        let answer = anonymous.get(path).expect(200);
        if there(&answer.json()) {
            return began.elapsed();
        }
        assert!(
            began.elapsed() < SOON,
            "{path} on {}: {}",
            server.url,
            answer.text
        );
        sleep(Duration::from_millis(5));
    }
}

/// Asks twice, so that the answer is kept; fails unless it then comes out of the cache.
fn keep(server: &Server, path: &str) {
    let anonymous = server.client();
    anonymous.get(path).expect(200);
    assert!(
        kept(&anonymous.get(path).expect(200)),
        "{path} on {} is not kept",
        server.url
    );
}

/// Redis has its usual deadline here: what counts is what a client sees.
#[test]
fn a_price_changed_on_one_server_is_seen_on_the_other_within_a_second() {
    let Some(pair) = Pair::start(&[]) else { return };
    let host = pair.one.join("host");
    let place = listed(&host);
    let (path, search) = (page(&place), "/v1/properties/?city=Albany&sort=price");
    let mut slowest = Duration::ZERO;
    for change in 1..=CHANGES {
        let [here, there] = pair.servers();
        let (writer, reader) = if change % 2 == 0 {
            (here, there)
        } else {
            (there, here)
        };
        keep(reader, &path);
        keep(reader, search);
        host.at(&writer.url)
            .patch(&path, &price(PRICE + change))
            .expect(200);
        let shown = until(reader, &path, |page| nightly(page) == PRICE + change);
        let found = until(reader, search, |list| {
            nightly(&list["data"][0]) == PRICE + change
        });
        slowest = slowest.max(shown).max(found);
    }
    println!("{CHANGES} changed prices were seen on the other server after {slowest:?} at most");
}

#[test]
fn nights_that_are_booked_on_one_server_are_not_offered_by_the_other() {
    let Some(pair) = Pair::start(&[PATIENT]) else {
        return;
    };
    let (host, guest) = (pair.one.join("host"), pair.other.join("guest"));
    let place = listed(&host);
    let search = format!(
        "/v1/properties/?city=Albany&check_in={}&check_out={}&guests=2",
        date(40),
        date(41)
    );
    let offered =
        |server: &Server| ids(&server.client().get(&search).expect(200).json()) == [place.as_str()];
    for (client, server) in pair.both(&guest).iter().zip([&pair.other, &pair.one]) {
        keep(server, &search);
        assert!(offered(server));
        let booking = booked(client, &place, 40);
        assert!(!offered(&pair.one) && !offered(&pair.other));
        client
            .post(&format!("/v1/bookings/{booking}/cancel"), &json!({}))
            .expect(200);
        assert!(offered(&pair.one) && offered(&pair.other));
    }
    keep(&pair.other, &search);
    let block = json!({"from": date(40), "to": date(42), "blocked": true});
    host.put(&format!("{}/calendar", page(&place)), &block)
        .expect(200);
    assert!(!offered(&pair.one) && !offered(&pair.other));
}

#[test]
fn names_and_reviews_of_one_server_are_those_of_the_other() {
    let Some(pair) = Pair::start(&[PATIENT]) else {
        return;
    };
    let (host, guest) = (pair.one.join_as("host"), pair.one.join("guest"));
    let place = listed(&host.client);
    let (profile, reviews) = (
        format!("/v1/users/{}", host.id),
        format!("{}/reviews", page(&place)),
    );
    keep(&pair.other, &profile);
    host.client
        .patch(&profile, &json!({"first_name": "Berta"}))
        .expect(200);
    assert_eq!(
        pair.other
            .client()
            .get(&profile)
            .expect(200)
            .at("/first_name"),
        "Berta"
    );

    let booking = booked(&guest, &place, 0);
    for verb in ["check-in", "check-out"] {
        guest
            .post(&format!("/v1/bookings/{booking}/{verb}"), &Value::Null)
            .expect(200);
    }
    [&reviews, &profile, &page(&place)]
        .into_iter()
        .for_each(|path| keep(&pair.other, path));
    let rating = |path: &str| pair.other.client().get(path).expect(200).at("/rating");
    let before = rating(&page(&place));
    let write = |client: &Client| {
        let said = json!({"booking_id": booking, "rating": 4, "public_comment": "A good stay."});
        client.post("/v1/reviews/", &said).expect(201);
    };
    write(&guest);
    assert!(
        ids(&pair.other.client().get(&reviews).expect(200).json()).is_empty(),
        "it is blind"
    );
    write(&host.client);
    assert_eq!(
        ids(&pair.other.client().get(&reviews).expect(200).json()).len(),
        1
    );
    assert_ne!(rating(&page(&place)), before);
}
