//! Changes on one server are visible on the other.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, Server};

use super::support::cluster::{Cluster, PATIENT, ids};
use super::support::fixtures::{PRICE, book, date, listed, nightly, page, price};

/// Time within which a change must be visible.
const SOON: Duration = Duration::from_secs(1);

const CHANGES: i64 = 20;

fn is_hit(answer: &Answer) -> bool {
    answer.header("cache-status") == Some("sojourn; hit")
}

/// Polls until the condition holds; the time it took. Fails after a second.
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

/// Requests twice, so that the answer is cached; fails unless the second one is a hit.
fn warm(server: &Server, path: &str) {
    let anonymous = server.client();
    anonymous.get(path).expect(200);
    assert!(
        is_hit(&anonymous.get(path).expect(200)),
        "{path} on {} is not cached",
        server.url
    );
}

/// Uses the default Redis timeout, as clients meet it.
#[test]
fn price_change_is_visible_on_the_other_server_within_a_second() {
    let Some(cluster) = Cluster::start(&[]) else {
        return;
    };
    let host = cluster.one.sign_up("host");
    let place = listed(&host);
    let (path, search) = (page(&place), "/v1/properties/?city=Albany&sort=price");
    let mut slowest = Duration::ZERO;
    for change in 1..=CHANGES {
        let [here, there] = cluster.servers();
        let (writer, reader) = if change % 2 == 0 {
            (here, there)
        } else {
            (there, here)
        };
        warm(reader, &path);
        warm(reader, search);
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
fn booked_nights_are_unavailable_on_the_other_server() {
    let Some(cluster) = Cluster::start(&[PATIENT]) else {
        return;
    };
    let (host, guest) = (cluster.one.sign_up("host"), cluster.other.sign_up("guest"));
    let place = listed(&host);
    let search = format!(
        "/v1/properties/?city=Albany&check_in={}&check_out={}&guests=2",
        date(40),
        date(41)
    );
    let offered =
        |server: &Server| ids(&server.client().get(&search).expect(200).json()) == [place.as_str()];
    for (client, server) in cluster
        .both(&guest)
        .iter()
        .zip([&cluster.other, &cluster.one])
    {
        warm(server, &search);
        assert!(offered(server));
        let booking = book(client, &place, 40);
        assert!(!offered(&cluster.one) && !offered(&cluster.other));
        client
            .post(&format!("/v1/bookings/{booking}/cancel"), &json!({}))
            .expect(200);
        assert!(offered(&cluster.one) && offered(&cluster.other));
    }
    warm(&cluster.other, &search);
    let block = json!({"from": date(40), "to": date(42), "blocked": true});
    host.put(&format!("{}/calendar", page(&place)), &block)
        .expect(200);
    assert!(!offered(&cluster.one) && !offered(&cluster.other));
}

#[test]
fn profile_and_review_changes_are_visible_on_the_other_server() {
    let Some(cluster) = Cluster::start(&[PATIENT]) else {
        return;
    };
    let (host, guest) = (
        cluster.one.sign_up_member("host"),
        cluster.one.sign_up("guest"),
    );
    let place = listed(&host.client);
    let (profile, reviews) = (
        format!("/v1/users/{}", host.id),
        format!("{}/reviews", page(&place)),
    );
    warm(&cluster.other, &profile);
    host.client
        .patch(&profile, &json!({"first_name": "Berta"}))
        .expect(200);
    assert_eq!(
        cluster
            .other
            .client()
            .get(&profile)
            .expect(200)
            .at("/first_name"),
        "Berta"
    );

    let booking = book(&guest, &place, 0);
    // Cancelled by the host on the day of arrival, so that it can be reviewed.
    host.client
        .post(&format!("/v1/bookings/{booking}/cancel"), &json!({}))
        .expect(200);
    [&reviews, &profile, &page(&place)]
        .into_iter()
        .for_each(|path| warm(&cluster.other, path));
    let rating = |path: &str| cluster.other.client().get(path).expect(200).at("/rating");
    let before = rating(&page(&place));
    let write = |client: &Client| {
        let said = json!({"booking_id": booking, "rating": 4, "public_comment": "A good stay."});
        client.post("/v1/reviews/", &said).expect(201);
    };
    write(&guest);
    assert!(
        ids(&cluster.other.client().get(&reviews).expect(200).json()).is_empty(),
        "it is blind"
    );
    write(&host.client);
    assert_eq!(
        ids(&cluster.other.client().get(&reviews).expect(200).json()).len(),
        1
    );
    assert_ne!(rating(&page(&place)), before);
}
