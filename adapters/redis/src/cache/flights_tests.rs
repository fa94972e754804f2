//! Who makes an answer, and who gets it.

use std::future::{pending, ready};
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::time::{Instant, sleep};

use super::*;

type Names = Flights<&'static str>;

fn answer(text: &str) -> Answer {
    Arc::from(text.as_bytes())
}

fn nothing_to_keep(_: Answer) -> std::future::Ready<()> {
    ready(())
}

async fn share(flights: &Names, key: &'static str, load: Load<'_>) -> Option<Answer> {
    flights.share(key, load, nothing_to_keep).await
}

fn after(millis: u64, made: Option<&'static str>) -> Load<'static> {
    Box::pin(async move {
        sleep(Duration::from_millis(millis)).await;
        made.map(answer)
    })
}

#[tokio::test(start_paused = true)]
async fn one_makes_it_and_all_get_it() {
    let (flights, kept) = (Names::default(), AtomicUsize::new(0));
    let keep = |_| {
        kept.fetch_add(1, Ordering::SeqCst);
        ready(())
    };
    let (first, second, other) = tokio::join!(
        flights.share("a", after(100, Some("first")), keep),
        flights.share("a", after(100, Some("second")), keep),
        flights.share("b", after(100, Some("other")), keep),
    );
    assert_eq!(
        (first, second),
        (Some(answer("first")), Some(answer("first")))
    );
    assert_eq!((other, kept.into_inner()), (Some(answer("other")), 2));
    assert!(flights.flying().is_empty());
}

#[tokio::test(start_paused = true)]
async fn who_comes_while_it_is_being_kept_gets_it_too() {
    let flights = Names::default();
    let slow = |_| sleep(Duration::from_millis(100));
    let late = async {
        sleep(Duration::from_millis(50)).await;
        share(&flights, "a", after(0, Some("late"))).await
    };
    let (_, late) = tokio::join!(flights.share("a", after(10, Some("first")), slow), late);
    assert_eq!(late, Some(answer("first")));
}

#[tokio::test(start_paused = true)]
async fn where_one_makes_none_each_tries_for_themselves() {
    let flights = Names::default();
    let (first, second) = tokio::join!(
        share(&flights, "a", after(100, None)),
        share(&flights, "a", after(100, Some("second"))),
    );
    assert_eq!((first, second), (None, Some(answer("second"))));
    assert!(flights.flying().is_empty());
}

#[tokio::test(start_paused = true)]
async fn who_leaves_does_not_hold_up_the_others() {
    let flights = Names::default();
    let leaves = tokio::time::timeout(
        Duration::from_millis(50),
        share(&flights, "a", Box::pin(pending())),
    );
    let started = Instant::now();
    let (left, stayed) = tokio::join!(leaves, share(&flights, "a", after(10, Some("second"))));
    assert!(left.is_err());
    assert_eq!(
        (stayed, started.elapsed().as_millis()),
        (Some(answer("second")), 60)
    );
    assert!(flights.flying().is_empty());
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_longer_than_two_seconds() {
    let flights = Names::default();
    let slow = tokio::time::timeout(
        Duration::from_secs(60),
        share(&flights, "a", Box::pin(pending())),
    );
    let quick = async {
        let started = Instant::now();
        let made = share(&flights, "a", after(0, Some("own"))).await;
        (made, started.elapsed().as_secs())
    };
    let (_, quick) = tokio::join!(slow, quick);
    assert_eq!(quick, (Some(answer("own")), 2));
}
