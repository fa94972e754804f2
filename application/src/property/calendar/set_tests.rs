//! Tests of changing a calendar.

use chrono::{NaiveDate, Weekday};
use sojourn_domain::property::{Calendar, CalendarChange, CalendarCommitError, NightRules};
use sojourn_domain::shared::{Actor, Money};

use crate::patch::Patch;
use crate::property::calendar::{
    CalendarDay, NightChanges, RangeChange, SetCalendar, SetCalendarError, TakenNight, set_calendar,
};
use crate::test_support::test_ports::{TestPorts, actor_of, date, listed, stranger, usd, user};

fn one(changes: NightChanges) -> SetCalendar {
    SetCalendar::One(RangeChange {
        from: date("2026-07-01"),
        to: date("2026-07-03"),
        weekdays: Vec::new(),
        changes,
    })
}

fn stored() -> Calendar {
    let rules = NightRules {
        price: Some(usd(90_00)),
        min_nights: Some(3),
        ..NightRules::default()
    };
    let range = (date("2026-07-01"), date("2026-07-03"));
    Calendar::try_new(listed().id, range, [(date("2026-07-01"), rules)], []).unwrap()
}

#[tokio::test]
async fn taken_nights_cannot_be_blocked() {
    let mut test = TestPorts::new();
    test.properties
        .expect_get()
        .return_once(|_| Ok(Some(listed())));
    test.properties
        .expect_calendar()
        .once()
        .return_once(|_, _, _| Ok(stored()));
    test.properties
        .expect_commit_calendar()
        .once()
        .return_once(|_, _| Err(CalendarCommitError::NightsTaken(vec![date("2026-07-02")])));
    let set = one(NightChanges {
        blocked: Some(true),
        ..NightChanges::default()
    });
    let refused = set_calendar(&test.ports(), &actor_of(&user()), listed().id, set).await;
    let taken = vec![TakenNight {
        night: date("2026-07-02"),
        pointer: "/blocked".to_owned(),
    }];
    assert_eq!(refused, Err(SetCalendarError::NightsTaken(taken)));
}

#[tokio::test]
async fn absent_fields_stay_and_null_clears() {
    let mut test = TestPorts::new();
    test.properties
        .expect_get()
        .return_once(|_| Ok(Some(listed())));
    test.properties
        .expect_calendar()
        .times(2)
        .returning(|_, _, _| Ok(stored()));
    test.properties
        .expect_commit_calendar()
        .once()
        .withf(|_, change| {
            let kept = NightRules {
                min_nights: Some(3),
                closed_to_arrival: true,
                ..NightRules::default()
            };
            let new = NightRules {
                closed_to_arrival: true,
                ..NightRules::default()
            };
            change.rules == [(date("2026-07-01"), kept), (date("2026-07-02"), new)]
                && change.block.is_empty()
        })
        .return_once(|_, _| Ok(()));
    let set = one(NightChanges {
        price: Patch::Clear,
        closed_to_arrival: Patch::Set(true),
        ..NightChanges::default()
    });
    let days = set_calendar(&test.ports(), &actor_of(&user()), listed().id, set)
        .await
        .unwrap();
    assert_eq!(days.len(), 2);
}

#[tokio::test]
async fn only_admins_lift_cancellation_blocks() {
    for (actor, lifts) in [
        (actor_of(&user()), false),
        (
            Actor {
                admin: true,
                ..stranger()
            },
            true,
        ),
    ] {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .return_once(|_| Ok(Some(listed())));
        test.properties
            .expect_calendar()
            .times(2)
            .returning(|_, _, _| Ok(stored()));
        test.properties
            .expect_commit_calendar()
            .once()
            .withf(move |_, change| {
                change.lift_cancellation_blocks == lifts && change.unblock.len() == 2
            })
            .return_once(|_, _| Ok(()));
        let set = one(NightChanges {
            blocked: Some(false),
            ..NightChanges::default()
        });
        assert!(
            set_calendar(&test.ports(), &actor, listed().id, set)
                .await
                .is_ok()
        );
    }
}

#[tokio::test]
async fn each_violation_is_reported_once() {
    let mut test = TestPorts::new();
    test.properties
        .expect_get()
        .return_once(|_| Ok(Some(listed())));
    test.properties
        .expect_calendar()
        .return_once(|_, _, _| Ok(stored()));
    let euros = Money::new(0, sojourn_domain::shared::Currency::parse("EUR").unwrap());
    let set = one(NightChanges {
        price: Patch::Set(euros),
        max_nights: Patch::Set(2),
        ..NightChanges::default()
    });
    let refused = set_calendar(&test.ports(), &actor_of(&user()), listed().id, set).await;
    let Err(SetCalendarError::Invalid(found)) = refused else {
        panic!("expected an error")
    };
    let pointers: Vec<_> = found
        .iter()
        .map(|violation| violation.pointer.as_str())
        .collect();
    assert_eq!(
        pointers,
        ["/price/currency", "/max_nights", "/price/amount"]
    );
}

#[tokio::test]
async fn a_stranger_sets_nothing() {
    let mut test = TestPorts::new();
    test.properties
        .expect_get()
        .return_once(|_| Ok(Some(listed())));
    let refused = set_calendar(
        &test.ports(),
        &stranger(),
        listed().id,
        one(NightChanges::default()),
    )
    .await;
    assert_eq!(refused, Err(SetCalendarError::Forbidden));
}

fn range(from: &str, to: &str, weekdays: &[Weekday], changes: NightChanges) -> RangeChange {
    RangeChange {
        from: date(from),
        to: date(to),
        weekdays: weekdays.to_vec(),
        changes,
    }
}

fn priced(amount: i64) -> NightChanges {
    NightChanges {
        price: Patch::Set(usd(amount)),
        ..NightChanges::default()
    }
}

/// Sets ranges of a calendar without rules; the answer and what was committed.
async fn set_several(
    ranges: Vec<RangeChange>,
    taken: Vec<NaiveDate>,
) -> (
    Result<Vec<CalendarDay>, SetCalendarError>,
    Vec<CalendarChange>,
) {
    let stored = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let mut test = TestPorts::new();
    test.properties
        .expect_get()
        .return_once(|_| Ok(Some(listed())));
    test.properties
        .expect_calendar()
        .returning(|id, from, to| Ok(Calendar::free(id, from, to)));
    let seen = std::sync::Arc::clone(&stored);
    test.properties
        .expect_commit_calendar()
        .returning(move |_, change| {
            seen.lock().unwrap().push(change);
            if taken.is_empty() {
                Ok(())
            } else {
                Err(CalendarCommitError::NightsTaken(taken.clone()))
            }
        });
    let set = SetCalendar::Several(ranges);
    let answer = set_calendar(&test.ports(), &actor_of(&user()), listed().id, set).await;
    let stored = stored.lock().unwrap().clone();
    (answer, stored)
}

#[tokio::test]
async fn of_two_ranges_for_a_night_the_later_one_wins() {
    let weekend = [Weekday::Fri, Weekday::Sat];
    // The 3rd of July 2026 is a Friday.
    let blocked = |blocked| NightChanges {
        blocked: Some(blocked),
        ..NightChanges::default()
    };
    let ranges = vec![
        range("2026-07-01", "2026-07-06", &[], priced(120_00)),
        range("2026-07-01", "2026-07-06", &weekend, priced(150_00)),
        range("2026-07-10", "2026-07-13", &[], blocked(true)),
        range("2026-07-11", "2026-07-12", &[], blocked(false)),
    ];
    let (answer, stored) = set_several(ranges, Vec::new()).await;
    let [change] = stored.as_slice() else {
        panic!("one commit: {stored:?}")
    };
    let prices: Vec<_> = change.rules.iter().map(|(_, it)| it.price).collect();
    let (all, more) = (Some(usd(120_00)), Some(usd(150_00)));
    assert_eq!(prices, [all, all, more, more, all]);
    let nights = ["2026-07-10", "2026-07-12"].map(date);
    assert_eq!(
        (change.block.as_slice(), change.unblock.as_slice()),
        (nights.as_slice(), [date("2026-07-11")].as_slice())
    );
    let dates: Vec<_> = answer.unwrap().iter().map(|day| day.date).collect();
    let first = date("2026-07-01").iter_days().take(5);
    let second = date("2026-07-10").iter_days().take(3);
    assert_eq!(dates, first.chain(second).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_taken_night_names_the_range_that_blocks_it() {
    let block = || NightChanges {
        blocked: Some(true),
        ..NightChanges::default()
    };
    let ranges = vec![
        range("2026-07-01", "2026-07-09", &[Weekday::Wed], block()),
        range("2026-07-01", "2026-07-09", &[], priced(90_00)),
        range("2026-07-02", "2026-07-03", &[], block()),
    ];
    let taken = ["2026-07-01", "2026-07-02", "2026-07-08"].map(date);
    let (answer, _) = set_several(ranges, taken.to_vec()).await;
    let Err(SetCalendarError::NightsTaken(found)) = answer else {
        panic!("expected taken nights: {answer:?}")
    };
    let pointers: Vec<_> = found.iter().map(|it| it.pointer.as_str()).collect();
    assert_eq!(
        pointers,
        [
            "/ranges/0/blocked",
            "/ranges/2/blocked",
            "/ranges/0/blocked"
        ]
    );
}

#[tokio::test]
async fn violations_name_their_range_and_nothing_is_stored() {
    let july = |changes| range("2026-07-01", "2026-08-01", &[], changes);
    let empty = range("2026-07-05", "2026-07-05", &[], priced(1_00));
    let far = range("2028-07-03", "2028-07-04", &[], priced(90_00));
    let monday = range("2026-07-01", "2026-07-03", &[Weekday::Mon], priced(90_00));
    let few = NightChanges {
        min_nights: Patch::Set(9),
        max_nights: Patch::Set(2),
        ..priced(0)
    };
    let many = vec![july(priced(90_00)); 51];
    for (ranges, wanted) in [
        (vec![], vec!["/ranges"]),
        (many, vec!["/ranges"]),
        (vec![july(priced(90_00)), far], vec!["/ranges"]),
        (
            vec![empty, july(priced(90_00)), monday],
            vec!["/ranges/0/to", "/ranges/2/weekdays"],
        ),
        (
            vec![july(priced(90_00)), july(few)],
            vec!["/ranges/1/max_nights", "/ranges/1/price/amount"],
        ),
    ] {
        let (answer, stored) = set_several(ranges, Vec::new()).await;
        let Err(SetCalendarError::Invalid(found)) = answer else {
            panic!("expected violations: {answer:?}")
        };
        let pointers: Vec<_> = found.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!((pointers, stored), (wanted, Vec::new()));
    }
}
