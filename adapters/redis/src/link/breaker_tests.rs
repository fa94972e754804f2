//! When a connection is given up, and when it is used again.

use super::*;

fn closed() -> (Breaker<&'static str>, Turn) {
    let breaker = Breaker::open("not yet");
    let turn = breaker.half_close("first");
    assert!(breaker.close(turn));
    (breaker, turn)
}

#[test]
fn begins_without_a_connection() {
    let breaker = Breaker::<()>::open("not yet");
    assert_eq!(
        (breaker.for_reading(), breaker.for_announcing()),
        (None, None)
    );
    assert_eq!(
        (breaker.is_closed(), breaker.why().as_deref()),
        (false, Some("not yet"))
    );
}

#[test]
fn three_commands_in_a_row_without_an_answer_open_it() {
    let (breaker, turn) = closed();
    assert!(!breaker.failed(turn, "slow") && !breaker.failed(turn, "slow"));
    breaker.answered(turn);
    assert!(!breaker.failed(turn, "slow") && !breaker.failed(turn, "slow") && breaker.is_closed());
    assert!(breaker.failed(turn, "slow"));
    assert!(!breaker.failed(turn, "slow"), "it was open already");
    assert_eq!((breaker.is_closed(), breaker.for_reading()), (false, None));
    assert_eq!(breaker.why().as_deref(), Some("slow"));
}

#[test]
fn a_broken_connection_opens_it_at_once_and_so_does_what_was_not_announced() {
    let (breaker, turn) = closed();
    assert!(breaker.broke(turn, "gone") && !breaker.is_closed());
    let (breaker, _) = closed();
    assert!(breaker.distrust("not announced") && !breaker.is_closed());
    assert!(!breaker.distrust("nor this"), "it was open already");
    assert_eq!(breaker.why().as_deref(), Some("not announced"));
    breaker.stay_open("still gone");
    assert_eq!(
        (breaker.why().as_deref(), breaker.for_announcing()),
        (Some("still gone"), None)
    );
}

#[test]
fn a_new_connection_announces_before_it_reads() {
    let (breaker, old) = closed();
    breaker.broke(old, "gone");
    let new = breaker.half_close("second");
    assert_eq!(
        (breaker.for_reading(), breaker.for_announcing()),
        (None, Some(("second", new)))
    );
    assert_eq!(breaker.why(), None);
    assert!(breaker.close(new));
    assert_eq!(
        (breaker.for_reading(), breaker.is_closed()),
        (Some(("second", new)), true)
    );
}

#[test]
fn a_connection_that_fails_before_it_reads_is_given_up_without_a_second_search() {
    for fails in [
        |it: &Breaker<_>, turn| it.failed(turn, "slow"),
        |it: &Breaker<_>, turn| it.broke(turn, "gone"),
        |it: &Breaker<_>, _| it.distrust("not announced"),
    ] {
        let breaker = Breaker::open("not yet");
        let turn = breaker.half_close("first");
        assert!(
            !fails(&breaker, turn),
            "who looks for a connection still does"
        );
        assert!(!breaker.close(turn) && !breaker.is_closed());
        let next = breaker.half_close("second");
        assert!(!breaker.close(turn) && breaker.close(next));
    }
}

#[test]
fn what_befalls_an_old_connection_says_nothing_of_the_new_one() {
    let (breaker, old) = closed();
    breaker.broke(old, "gone");
    let new = breaker.half_close("second");
    assert!(breaker.close(new));
    (0..9).for_each(|_| assert!(!breaker.failed(old, "slow")));
    assert!(!breaker.broke(old, "gone"));
    assert!(!breaker.failed(new, "slow") && !breaker.failed(new, "slow"));
    breaker.answered(old);
    assert!(breaker.failed(new, "slow"), "an old answer proves nothing");
}
