//! Tests of the states of the circuit breaker.

use super::*;

fn closed() -> (Breaker<&'static str>, Generation) {
    let breaker = Breaker::open("not yet");
    let generation = breaker.half_open("first");
    assert!(breaker.close(generation));
    (breaker, generation)
}

#[test]
fn starts_without_a_connection() {
    let breaker = Breaker::<()>::open("not yet");
    assert_eq!(breaker.for_reading(), None);
    assert_eq!(breaker.for_invalidation(), None);
    assert!(!breaker.is_closed());
    assert_eq!(breaker.reason().as_deref(), Some("not yet"));
}

#[test]
fn three_consecutive_timeouts_open_it() {
    let (breaker, generation) = closed();
    assert!(!breaker.timed_out(generation, "slow"));
    assert!(!breaker.timed_out(generation, "slow"));
    breaker.answered(generation);
    assert!(!breaker.timed_out(generation, "slow"));
    assert!(!breaker.timed_out(generation, "slow"));
    assert!(breaker.is_closed());
    assert!(breaker.timed_out(generation, "slow"));
    assert!(
        !breaker.timed_out(generation, "slow"),
        "it was open already"
    );
    assert!(!breaker.is_closed());
    assert_eq!(breaker.for_reading(), None);
    assert_eq!(breaker.reason().as_deref(), Some("slow"));
}

#[test]
fn a_disconnect_or_a_failed_invalidation_opens_it_at_once() {
    let (breaker, generation) = closed();
    assert!(breaker.disconnected(generation, "broken") && !breaker.is_closed());
    let (breaker, _) = closed();
    assert!(breaker.trip("not invalidated") && !breaker.is_closed());
    assert!(
        !breaker.trip("not invalidated again"),
        "it was open already"
    );
    assert_eq!(breaker.reason().as_deref(), Some("not invalidated"));
    breaker.keep_open("still down");
    assert_eq!(breaker.reason().as_deref(), Some("still down"));
    assert_eq!(breaker.for_invalidation(), None);
}

#[test]
fn a_new_connection_invalidates_before_it_reads() {
    let (breaker, old) = closed();
    breaker.disconnected(old, "broken");
    let new = breaker.half_open("second");
    assert_eq!(breaker.for_reading(), None);
    assert_eq!(breaker.for_invalidation(), Some(("second", new)));
    assert_eq!(breaker.reason(), None);
    assert!(breaker.close(new));
    assert_eq!(breaker.for_reading(), Some(("second", new)));
    assert!(breaker.is_closed());
}

#[test]
fn a_failure_while_half_open_starts_no_second_reconnect() {
    for fails in [
        |it: &Breaker<_>, generation| it.timed_out(generation, "slow"),
        |it: &Breaker<_>, generation| it.disconnected(generation, "broken"),
        |it: &Breaker<_>, _| it.trip("not invalidated"),
    ] {
        let breaker = Breaker::open("not yet");
        let generation = breaker.half_open("first");
        assert!(
            !fails(&breaker, generation),
            "the task that reconnects is still running"
        );
        assert!(!breaker.close(generation) && !breaker.is_closed());
        let next = breaker.half_open("second");
        assert!(!breaker.close(generation) && breaker.close(next));
    }
}

#[test]
fn events_of_an_old_connection_do_not_affect_the_new_one() {
    let (breaker, old) = closed();
    breaker.disconnected(old, "broken");
    let new = breaker.half_open("second");
    assert!(breaker.close(new));
    (0..9).for_each(|_| assert!(!breaker.timed_out(old, "slow")));
    assert!(!breaker.disconnected(old, "broken"));
    assert!(!breaker.timed_out(new, "slow"));
    assert!(!breaker.timed_out(new, "slow"));
    breaker.answered(old);
    assert!(
        breaker.timed_out(new, "slow"),
        "an answer of the old connection does not reset the count"
    );
}
