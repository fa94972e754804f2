//! Changes that race with what they require: the limits of an account, a property and the account itself.

use std::sync::Arc;

use chrono::TimeDelta;
use sojourn_application::ports::{OneTimeTokens, Purpose, Session, SessionStore};
use sojourn_domain::booking::{BookingChange, BookingCommitError, BookingRepository, Precondition};
use sojourn_domain::payment::Payment;
use sojourn_domain::property::{
    Property, PropertyChange, PropertyDeletion, PropertyDeletionError, PropertyDetails,
    PropertyRepository,
};
use sojourn_domain::shared::{
    Actor, CommitError, PaymentId, PropertyId, RepositoryError, SessionId, UserId,
};
use sojourn_domain::user::{User, UserChange, UserCommitError, UserRepository};
use sojourn_persistence::Database;
use sojourn_tests::{
    TestDatabase, booking_of, charge_call, databases, hold_change, insert_cabin, insert_user,
    new_id, now, stay,
};

/// Rounds of each race.
const ROUNDS: usize = 12;

/// Runs a check on every available database.
fn on_every_database<F: Future<Output = ()>>(check: impl Fn(Arc<Database>) -> F) {
    on_each(|_, database| check(database));
}

/// The same, with access to the rows.
fn on_each<F: Future<Output = ()>>(check: impl Fn(Arc<TestDatabase>, Arc<Database>) -> F) {
    for fresh in databases() {
        println!("on {}", fresh.name);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(4)
            .enable_all()
            .build()
            .unwrap();
        let database = Arc::new(fresh.open());
        let fresh = Arc::new(fresh);
        runtime.block_on(check(fresh.clone(), database));
    }
}

/// A draft without details.
fn draft_of(host: UserId) -> Property {
    let id = PropertyId::new(new_id());
    Property::draft(id, host, PropertyDetails::default(), now()).unwrap()
}

/// A hold as the use case makes it, with the limits.
fn limited_hold(property: &Property, guest: &User, nights: (u64, u64)) -> BookingChange {
    hold_change(property, guest, stay(nights.0, nights.1))
        .requiring([Precondition::HoldLimits(now())])
}

/// Runs all works at once; their results.
async fn at_once<F>(works: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let tasks: Vec<_> = works.into_iter().map(tokio::spawn).collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

/// Commits all changes at once; the number of those that were stored.
async fn stored_of(database: &Arc<Database>, changes: Vec<BookingChange>) -> usize {
    let commits = changes.into_iter().map(|change| {
        let database = database.clone();
        async move { BookingRepository::commit(&*database, change).await }
    });
    let results = at_once(commits).await;
    let refused = results.iter().filter_map(|result| result.as_ref().err());
    assert!(
        refused
            .clone()
            .all(|error| *error == BookingCommitError::Stale)
    );
    results.len() - refused.count()
}

/// The number of rows of a query with one column named `line`.
fn count(fresh: &TestDatabase, from: &str) -> String {
    let counted = format!("CAST(COUNT(*) AS CHAR(9)) AS line FROM {from}");
    fresh
        .lines(&format!("SELECT {counted}"))
        .remove(0)
        .trim()
        .to_owned()
}

#[test]
fn concurrent_holds_keep_within_the_limits_of_the_account() {
    on_every_database(|database| async move {
        let host = insert_user(&database, "host").await;
        let mut cabins = Vec::new();
        for _ in 0..12 {
            cabins.push(insert_cabin(&database, &host).await);
        }
        for round in 0..3 {
            let guest = insert_user(&database, &format!("all{round}")).await;
            let nights = (1 + 3 * round, 3 + 3 * round);
            let holds = cabins
                .iter()
                .map(|cabin| limited_hold(cabin, &guest, nights));
            assert_eq!(stored_of(&database, holds.collect()).await, 5);
            let guest = insert_user(&database, &format!("one{round}")).await;
            let apart = (0..8).map(|n| (40 + 10 * n + 3 * round, 42 + 10 * n + 3 * round));
            let holds = apart.map(|nights| limited_hold(&cabins[0], &guest, nights));
            assert_eq!(stored_of(&database, holds.collect()).await, 1);
        }
    });
}

#[test]
fn concurrent_charges_keep_within_the_limit_of_refused_cards() {
    on_every_database(|database| async move {
        let host = insert_user(&database, "host").await;
        let (limit, now) = (5, now());
        let limited = Precondition::RefusedCards { limit, now };
        for round in 0..2 {
            let guest = insert_user(&database, &format!("guest{round}")).await;
            let mut charges = Vec::new();
            for _ in 0..12 {
                let cabin = insert_cabin(&database, &host).await;
                let charge = held(&database, &cabin, &guest).await;
                charges.push(charge.requiring([limited]));
            }
            assert_eq!(stored_of(&database, charges).await, 5);
        }
    });
}

#[test]
fn a_property_is_deleted_or_booked_but_never_both() {
    on_every_database(|database| async move {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        for _ in 0..ROUNDS {
            let cabin = insert_cabin(&database, &host).await;
            // A booking that was cancelled keeps the row of a deleted property.
            let kept = hold_change(&cabin, &guest, stay(30, 33));
            let id = kept.booking().id;
            BookingRepository::commit(&*database, kept).await.unwrap();
            let ended = booking_of(&database, id)
                .await
                .time_out(now() + TimeDelta::minutes(16))
                .unwrap();
            BookingRepository::commit(&*database, ended).await.unwrap();
            let booked =
                BookingRepository::commit(&*database, hold_change(&cabin, &guest, stay(5, 8)));
            let deletion = PropertyDeletion {
                id: cabin.id,
                version: cabin.version,
                at: now(),
                audit: None,
            };
            let deleted = database.delete(deletion);
            match tokio::join!(booked, deleted) {
                (Ok(()), Err(PropertyDeletionError::HasBookings))
                | (Err(BookingCommitError::Stale), Ok(())) => {}
                other => panic!("{other:?}"),
            }
        }
    });
}

/// A hold, and the change that begins its payment.
async fn held(database: &Database, cabin: &Property, guest: &User) -> BookingChange {
    let hold = hold_change(cabin, guest, stay(5, 8));
    let id = hold.booking().id;
    BookingRepository::commit(database, hold).await.unwrap();
    let booking = booking_of(database, id).await;
    let call = charge_call(&booking);
    let payment = Payment::begin(PaymentId::new(new_id()), id, cabin.id, call).unwrap();
    booking.begin_payment(payment, now()).unwrap()
}

#[test]
fn what_was_decided_before_a_property_was_suspended_is_not_stored_after_it() {
    on_every_database(|database| async move {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let operator = Actor {
            admin: true,
            ..Actor::member(guest.id)
        };
        let cabin = insert_cabin(&database, &host).await;
        let payment = held(&database, &cabin, &guest).await;
        let hold = hold_change(&cabin, &guest, stay(20, 23));
        let suspended = cabin.clone().suspend(&operator, now()).unwrap();
        PropertyRepository::commit(&*database, PropertyChange::of(suspended))
            .await
            .unwrap();
        for change in [payment, hold] {
            let refused = BookingRepository::commit(&*database, change).await;
            assert_eq!(refused, Err(BookingCommitError::Stale));
        }
    });
}

#[test]
fn a_guest_who_was_suspended_books_and_pays_nothing() {
    on_every_database(|database| async move {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        let payment = held(&database, &cabin, &guest).await;
        let hold = hold_change(&cabin, &guest, stay(20, 23));
        UserRepository::commit(&*database, UserChange::of(guest.suspend(now())))
            .await
            .unwrap();
        for change in [payment, hold] {
            let refused = BookingRepository::commit(&*database, change).await;
            assert_eq!(refused, Err(RepositoryError::AccountClosed.into()));
        }
    });
}

#[test]
fn an_account_is_erased_or_books_but_never_both() {
    on_every_database(|database| async move {
        let host = insert_user(&database, "host").await;
        let cabin = insert_cabin(&database, &host).await;
        for round in 0..ROUNDS {
            let guest = insert_user(&database, &format!("guest{round}")).await;
            let from = 5 + 4 * u64::try_from(round).unwrap();
            let hold = hold_change(&cabin, &guest, stay(from, from + 3));
            let erasure = UserChange::of(guest.erase(now()).unwrap());
            let booked = BookingRepository::commit(&*database, hold);
            let erased = UserRepository::commit(&*database, erasure);
            match tokio::join!(booked, erased) {
                (Ok(()), Err(UserCommitError::Stale)) => {}
                (Err(error), Ok(())) => assert_eq!(error, RepositoryError::AccountClosed.into()),
                other => panic!("{other:?}"),
            }
        }
    });
}

#[test]
fn concurrent_properties_keep_within_the_limit_of_the_host() {
    on_each(|fresh, database| async move {
        for round in 0..ROUNDS {
            let host = insert_user(&database, &format!("host{round}")).await;
            let drafts = (0..9).map(|_| {
                let (database, host) = (database.clone(), host.id);
                let change = PropertyChange {
                    max_unlisted: Some(3),
                    ..PropertyChange::of(draft_of(host))
                };
                async move { PropertyRepository::commit(&*database, change).await }
            });
            let results = at_once(drafts).await;
            let stored = results.iter().filter(|it| it.is_ok()).count();
            assert_eq!(stored, 3, "{results:?}");
            let refused = results.iter().filter_map(|it| it.as_ref().err());
            assert!(refused.clone().all(|error| *error == CommitError::Stale));
        }
        assert_eq!(count(&fresh, "properties"), (3 * ROUNDS).to_string());
    });
}

#[test]
fn a_host_who_was_suspended_creates_no_property() {
    on_every_database(|database| async move {
        let host = insert_user(&database, "host").await;
        let suspended = UserChange::of(host.clone().suspend(now()));
        UserRepository::commit(&*database, suspended).await.unwrap();
        let draft = PropertyChange::of(draft_of(host.id));
        let refused = PropertyRepository::commit(&*database, draft).await;
        assert_eq!(refused, Err(RepositoryError::AccountClosed.into()));
    });
}

#[test]
fn concurrent_logins_keep_within_the_limit_of_the_account() {
    on_each(|fresh, database| async move {
        let anna = insert_user(&database, "anna").await;
        for _ in 0..5 {
            let logins = (0..25).map(|_| {
                let (database, anna) = (database.clone(), anna.clone());
                async move {
                    let session = Session {
                        id: SessionId::new(new_id()),
                        user_id: anna.id,
                        created_at: now(),
                        last_used_at: now(),
                        expires_at: now() + TimeDelta::days(30),
                        user_agent: None,
                        address: None,
                    };
                    let token = session.id.to_string();
                    SessionStore::open(&*database, session, &token, &anna).await
                }
            });
            let opened = at_once(logins).await;
            assert!(opened.iter().all(|it| *it == Ok(true)), "{opened:?}");
        }
        assert_eq!(count(&fresh, "sessions"), "100");
    });
}

#[test]
fn concurrent_tokens_keep_within_the_limit_of_the_account() {
    on_each(|fresh, database| async move {
        let anna = insert_user(&database, "anna").await;
        for round in 0..4 {
            let mails = (0..10).map(|n| {
                let (database, anna) = (database.clone(), anna.clone());
                async move {
                    let until = now() + TimeDelta::minutes(60 + 10 * round + n);
                    let token = format!("{round} {n}");
                    database
                        .keep(&token, &anna, Purpose::ResetPassword, until)
                        .await
                }
            });
            let kept = at_once(mails).await;
            assert!(kept.iter().all(|it| *it == Ok(true)), "{kept:?}");
        }
        assert_eq!(count(&fresh, "one_time_tokens"), "20");
    });
}
