//! Every commit is followed by an invalidation, whatever its outcome.

use std::sync::Arc;

use futures_util::FutureExt;
use sojourn_domain::booking::{
    Booking, BookingChange, NewBooking, NightsChange, RatePlan, RefundPolicy, price,
};
use sojourn_domain::property::{CalendarChange, PropertyChange};
use sojourn_domain::review::ReviewChange;
use sojourn_domain::shared::{
    BookingId, CommitError, Guests, MarketplaceTerms, RepositoryError, SessionId,
};
use sojourn_domain::user::{EndedSessions, UserChange};
use uuid::Uuid;

use super::announcing;
use super::notebook::Notebook;
use crate::ports::{Ports, Topic};
use crate::test_ports::{TestPorts, listed, now, review, stranger, user};

/// All possible outcomes of a commit.
fn outcomes() -> [Result<(), CommitError>; 3] {
    [
        Ok(()),
        Err(CommitError::Stale),
        Err(RepositoryError::Unavailable("away".into()).into()),
    ]
}

/// Ports that record their invalidations.
fn announced(test: TestPorts) -> (Arc<Notebook>, Ports) {
    let notebook = Arc::new(Notebook::default());
    let mut ports = test.ports();
    ports.cache = notebook.clone();
    (notebook, announcing(ports))
}

fn reservation() -> BookingChange {
    let (stay, guests) = (
        "2026-07-10/2026-07-13".parse().unwrap(),
        Guests::try_new(2, 0, 0, 0).unwrap(),
    );
    let terms = MarketplaceTerms::default();
    let price = price(
        &listed(),
        &Default::default(),
        stay,
        guests,
        RatePlan::Standard,
        &terms,
        now(),
    )
    .unwrap();
    let policy = RefundPolicy::in_force(&listed().details, stay, RatePlan::Standard);
    let (id, guest_id) = (BookingId::new(Uuid::from_u128(5)), stranger().user_id);
    let new = NewBooking {
        id,
        guest_id,
        stay,
        guests,
        price,
        policy,
        terms,
        message: None,
    };
    Booking::hold(&listed(), new, now()).unwrap()
}

#[tokio::test]
async fn a_property_takes_its_page_its_host_and_the_searches_along() {
    let topics = [
        Topic::Property(listed().id),
        Topic::Profile(user().id),
        Topic::Search,
    ];
    for outcome in outcomes() {
        let mut test = TestPorts::new();
        let (committed, deleted, blocked) = (outcome.clone(), outcome.clone(), outcome.clone());
        test.properties
            .expect_commit()
            .once()
            .return_once(|_| committed);
        test.properties
            .expect_get()
            .once()
            .return_once(|_| Ok(Some(listed())));
        test.properties
            .expect_delete()
            .once()
            .return_once(|_, _| deleted);
        test.properties
            .expect_commit_calendar()
            .once()
            .return_once(|_, _| blocked);
        let (notebook, ports) = announced(test);
        assert_eq!(
            ports.properties.commit(PropertyChange::of(listed())).await,
            outcome
        );
        assert_eq!(notebook.told(), topics);
        assert_eq!(ports.properties.delete(listed().id, 1).await, outcome);
        let mut told = notebook.told();
        told.sort_by_key(|topic| topics.iter().position(|it| it == topic));
        assert_eq!(told, topics);
        assert_eq!(
            ports
                .properties
                .commit_calendar(listed().id, CalendarChange::default())
                .await,
            outcome
        );
        assert_eq!(notebook.told(), [Topic::Search]);
    }
}

#[tokio::test]
async fn nights_that_are_taken_or_freed_take_the_searches_along_and_nothing_else_does() {
    for outcome in outcomes() {
        let mut test = TestPorts::new();
        let answer = outcome.clone();
        test.bookings
            .expect_commit()
            .times(2)
            .returning(move |_| answer.clone());
        let (notebook, ports) = announced(test);
        assert_eq!(ports.bookings.commit(reservation()).await, outcome);
        assert_eq!(notebook.told(), [Topic::Search]);
        let quiet = BookingChange {
            nights: NightsChange::Keep,
            ..reservation()
        };
        assert_eq!(ports.bookings.commit(quiet).await, outcome);
        assert_eq!(notebook.told(), []);
    }
}

#[tokio::test]
async fn a_review_takes_the_rating_of_whom_it_is_of_along() {
    let topics = [
        Topic::Property(listed().id),
        Topic::Profile(user().id),
        Topic::Search,
    ];
    let written = |published| ReviewChange {
        reviews: vec![review(published)],
        withdrawn: None,
        booking: None,
        notifications: Vec::new(),
    };
    let removed = || ReviewChange {
        reviews: Vec::new(),
        withdrawn: Some(review(true)),
        ..written(true)
    };
    for outcome in outcomes() {
        for change in [written(false), written(true), removed()] {
            let mut test = TestPorts::new();
            let answer = outcome.clone();
            test.reviews.expect_commit().once().return_once(|_| answer);
            let (notebook, ports) = announced(test);
            assert_eq!(ports.reviews.commit(change).await, outcome);
            assert_eq!(notebook.told(), topics);
        }
    }
}

#[tokio::test]
async fn an_account_takes_its_sessions_along_when_some_end() {
    let (profile, sessions) = (Topic::Profile(user().id), Topic::SessionsOf(user().id));
    let one = SessionId::new(Uuid::from_u128(50));
    for (ended, topics) in [
        (EndedSessions::None, vec![profile]),
        (EndedSessions::All, vec![profile, sessions]),
        (EndedSessions::Others(one), vec![profile, sessions]),
    ] {
        for outcome in outcomes() {
            let mut test = TestPorts::new();
            let answer = outcome.clone();
            test.users.expect_commit().once().return_once(|_| answer);
            let (notebook, ports) = announced(test);
            assert_eq!(
                ports
                    .users
                    .commit(UserChange::of(user()).ending_sessions(ended))
                    .await,
                outcome
            );
            assert_eq!(notebook.told(), topics);
        }
    }
}

#[tokio::test]
async fn what_was_begun_is_announced_when_nobody_waits_for_it() {
    let mut test = TestPorts::new();
    test.users.expect_commit().once().return_once(|_| Ok(()));
    let (notebook, ports) = announced(test);
    assert_eq!(
        ports.users.commit(UserChange::of(user())).now_or_never(),
        None
    );
    tokio::task::yield_now().await;
    assert_eq!(notebook.told(), [Topic::Profile(user().id)]);
}

#[tokio::test]
async fn a_commit_that_panics_is_an_error_like_others() {
    let mut test = TestPorts::new();
    test.users
        .expect_commit()
        .return_once(|_| panic!("the store panics"));
    let (_, ports) = announced(test);
    let outcome = ports.users.commit(UserChange::of(user())).await;
    assert!(matches!(
        outcome,
        Err(CommitError::Repository(RepositoryError::Internal(_)))
    ));
}
