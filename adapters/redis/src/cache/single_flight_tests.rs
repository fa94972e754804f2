//! Tests of concurrent loads.

use std::future::{pending, ready};
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::time::{Instant, sleep};

use super::*;

type Flights = SingleFlight<&'static str>;

fn value(text: &str) -> Value {
    Arc::from(text.as_bytes())
}

fn no_store(_: Value) -> std::future::Ready<()> {
    ready(())
}

async fn run(flights: &Flights, key: &'static str, load: Load<'_>) -> Option<Value> {
    flights.run(key, load, no_store).await
}

fn loads_in(millis: u64, loaded: Option<&'static str>) -> Load<'static> {
    Box::pin(async move {
        sleep(Duration::from_millis(millis)).await;
        loaded.map(value)
    })
}

#[tokio::test(start_paused = true)]
async fn one_caller_loads_and_all_get_its_value() {
    let flights = Flights::default();
    let stored = AtomicUsize::new(0);
    let store = |_| {
        stored.fetch_add(1, Ordering::SeqCst);
        ready(())
    };
    let (first, second, other) = tokio::join!(
        flights.run("a", loads_in(100, Some("first")), store),
        flights.run("a", loads_in(100, Some("second")), store),
        flights.run("b", loads_in(100, Some("other")), store),
    );
    assert_eq!(first, Some(value("first")));
    assert_eq!(second, Some(value("first")));
    assert_eq!(other, Some(value("other")));
    assert_eq!(stored.into_inner(), 2);
    assert!(flights.in_progress().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_arrives_while_the_value_is_stored_gets_it() {
    let flights = Flights::default();
    let slow_store = |_| sleep(Duration::from_millis(100));
    let late = async {
        sleep(Duration::from_millis(50)).await;
        run(&flights, "a", loads_in(0, Some("late"))).await
    };
    let first = flights.run("a", loads_in(10, Some("first")), slow_store);
    let (_, late) = tokio::join!(first, late);
    assert_eq!(late, Some(value("first")));
}

#[tokio::test(start_paused = true)]
async fn followers_load_themselves_when_the_leader_has_no_value() {
    let flights = Flights::default();
    let (first, second) = tokio::join!(
        run(&flights, "a", loads_in(100, None)),
        run(&flights, "a", loads_in(100, Some("second"))),
    );
    assert_eq!(first, None);
    assert_eq!(second, Some(value("second")));
    assert!(flights.in_progress().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_dropped_leader_does_not_block_followers() {
    let flights = Flights::default();
    let dropped = tokio::time::timeout(
        Duration::from_millis(50),
        run(&flights, "a", Box::pin(pending())),
    );
    let started = Instant::now();
    let (dropped, second) = tokio::join!(dropped, run(&flights, "a", loads_in(10, Some("second"))));
    assert!(dropped.is_err());
    assert_eq!(second, Some(value("second")));
    assert_eq!(started.elapsed().as_millis(), 60);
    assert!(flights.in_progress().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_follower_waits_at_most_two_seconds() {
    let flights = Flights::default();
    let slow = tokio::time::timeout(
        Duration::from_secs(60),
        run(&flights, "a", Box::pin(pending())),
    );
    let follower = async {
        let started = Instant::now();
        let loaded = run(&flights, "a", loads_in(0, Some("own"))).await;
        (loaded, started.elapsed().as_secs())
    };
    let (_, follower) = tokio::join!(slow, follower);
    assert_eq!(follower, (Some(value("own")), 2));
}
