//! Every commit is followed by an invalidation, whatever its outcome.

use std::sync::Arc;

use futures_util::FutureExt;
use sojourn_domain::booking::{
    Booking, BookingChange, BookingCommitError, NewBooking, NightsChange, Offer, StayRequest,
};
use sojourn_domain::property::{
    Calendar, CalendarChange, CalendarCommitError, PropertyChange, PropertyDeletion,
    PropertyDeletionError,
};
use sojourn_domain::review::{ReviewChange, ReviewCommitError};
use sojourn_domain::shared::{
    BookingId, BookingRole, CommitError, Guests, MarketplaceTerms, RepositoryError, SessionId,
};
use sojourn_domain::user::{EndedSessions, UserChange, UserCommitError};
use uuid::Uuid;

use super::invalidation::invalidate_on_commit;
use super::recording_cache::RecordingCache;
use crate::ports::{CacheTag, Ports};
use crate::test_support::test_ports::{TestPorts, listed, now, review, stranger, user};

/// All possible outcomes of a commit.
fn outcomes<E: From<RepositoryError>>(stale: E) -> [Result<(), E>; 3] {
    [
        Ok(()),
        Err(stale),
        Err(RepositoryError::Unavailable("away".into()).into()),
    ]
}

/// Ports that record their invalidations.
fn with_invalidation(test: TestPorts) -> (Arc<RecordingCache>, Ports) {
    let recording = Arc::new(RecordingCache::default());
    let mut ports = test.ports();
    ports.cache = recording.clone();
    (recording, invalidate_on_commit(ports))
}

fn reservation() -> BookingChange {
    let (stay, guests) = (
        "2026-07-10/2026-07-13".parse().unwrap(),
        Guests::try_new(2, 0, 0, 0).unwrap(),
    );
    let terms = MarketplaceTerms::default();
    let quote = Offer::new(&listed(), &Calendar::free_for(&listed(), stay), &terms)
        .quote(StayRequest::new(stay, guests), now())
        .unwrap();
    let (id, guest_id) = (BookingId::new(Uuid::from_u128(5)), stranger().user_id);
    let new = NewBooking {
        id,
        guest_id,
        quote,
        message: None,
    };
    Booking::hold(&listed(), new, now()).unwrap()
}

#[tokio::test]
async fn a_property_commit_invalidates_its_page_its_host_and_searches() {
    let tags = [
        CacheTag::Property(listed().id),
        CacheTag::Profile(user().id),
        CacheTag::Search,
    ];
    let calendar_outcomes = outcomes(CalendarCommitError::NightsTaken(Vec::new()));
    let deletion_outcomes = outcomes(PropertyDeletionError::Stale);
    for ((outcome, deletion), block) in outcomes(CommitError::Stale)
        .into_iter()
        .zip(deletion_outcomes)
        .zip(calendar_outcomes)
    {
        let mut test = TestPorts::new();
        let (committed, deleted, blocked) = (outcome.clone(), deletion.clone(), block.clone());
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
            .return_once(|_| deleted);
        test.properties
            .expect_commit_calendar()
            .once()
            .return_once(|_, _| blocked);
        let (recording, ports) = with_invalidation(test);
        assert_eq!(
            ports.properties.commit(PropertyChange::of(listed())).await,
            outcome
        );
        assert_eq!(recording.invalidations(), tags);
        let removal = PropertyDeletion {
            id: listed().id,
            version: 1,
            at: now(),
            audit: None,
        };
        assert_eq!(ports.properties.delete(removal).await, deletion);
        let mut invalidated = recording.invalidations();
        invalidated.sort_by_key(|tag| tags.iter().position(|it| it == tag));
        assert_eq!(invalidated, tags);
        assert_eq!(
            ports
                .properties
                .commit_calendar(listed().id, CalendarChange::default())
                .await,
            block
        );
        assert_eq!(recording.invalidations(), [CacheTag::Search]);
    }
}

#[tokio::test]
async fn only_changes_of_nights_invalidate_searches() {
    for outcome in outcomes(BookingCommitError::Stale) {
        let mut test = TestPorts::new();
        let answer = outcome.clone();
        test.bookings
            .expect_commit()
            .times(2)
            .returning(move |_| answer.clone());
        let (recording, ports) = with_invalidation(test);
        assert_eq!(ports.bookings.commit(reservation()).await, outcome);
        assert_eq!(recording.invalidations(), [CacheTag::Search]);
        let quiet = reservation()
            .into_booking()
            .record_capture("ABCDEFGHJK".into(), now());
        let quiet = Booking::restore(quiet.unwrap().into_booking().into_record()).unwrap();
        let quiet = quiet.check_in(BookingRole::Host, quiet.deadlines().check_in());
        let quiet = quiet.unwrap();
        assert_eq!(quiet.nights(), &NightsChange::Keep);
        assert_eq!(ports.bookings.commit(quiet).await, outcome);
        assert_eq!(recording.invalidations(), []);
    }
}

#[tokio::test]
async fn a_review_commit_invalidates_the_rating_of_its_subject() {
    let tags = [
        CacheTag::Property(listed().id),
        CacheTag::Profile(user().id),
        CacheTag::Search,
    ];
    let written = |published| ReviewChange {
        counted_days: 90,
        reviews: vec![review(published)],
        withdrawn: None,
        audit: None,
        booking: None,
        notifications: Vec::new(),
    };
    let removed = || ReviewChange {
        reviews: Vec::new(),
        withdrawn: Some(review(true)),
        audit: None,
        ..written(true)
    };
    for outcome in outcomes(ReviewCommitError::Stale) {
        for change in [written(false), written(true), removed()] {
            let mut test = TestPorts::new();
            let answer = outcome.clone();
            test.reviews.expect_commit().once().return_once(|_| answer);
            let (recording, ports) = with_invalidation(test);
            assert_eq!(ports.reviews.commit(change).await, outcome);
            assert_eq!(recording.invalidations(), tags);
        }
    }
}

#[tokio::test]
async fn an_account_commit_that_ends_sessions_invalidates_them() {
    let (profile, sessions) = (
        CacheTag::Profile(user().id),
        CacheTag::SessionsOf(user().id),
    );
    let one = SessionId::new(Uuid::from_u128(50));
    for (ended, tags) in [
        (EndedSessions::None, vec![profile]),
        (EndedSessions::All, vec![profile, sessions]),
        (EndedSessions::Others(one), vec![profile, sessions]),
    ] {
        for outcome in outcomes(UserCommitError::Stale) {
            let mut test = TestPorts::new();
            let answer = outcome.clone();
            test.users.expect_commit().once().return_once(|_| answer);
            let (recording, ports) = with_invalidation(test);
            assert_eq!(
                ports
                    .users
                    .commit(UserChange::of(user()).ending_sessions(ended))
                    .await,
                outcome
            );
            assert_eq!(recording.invalidations(), tags);
        }
    }
}

#[tokio::test]
async fn an_abandoned_commit_is_completed_and_invalidates() {
    let mut test = TestPorts::new();
    test.users.expect_commit().once().return_once(|_| Ok(()));
    let (recording, ports) = with_invalidation(test);
    assert_eq!(
        ports.users.commit(UserChange::of(user())).now_or_never(),
        None
    );
    tokio::task::yield_now().await;
    assert_eq!(recording.invalidations(), [CacheTag::Profile(user().id)]);
}

#[tokio::test]
async fn a_panicking_commit_is_an_error() {
    let mut test = TestPorts::new();
    test.users
        .expect_commit()
        .return_once(|_| panic!("the store panics"));
    let (_, ports) = with_invalidation(test);
    let outcome = ports.users.commit(UserChange::of(user())).await;
    assert!(matches!(
        outcome,
        Err(UserCommitError::Repository(RepositoryError::Internal(_)))
    ));
}
