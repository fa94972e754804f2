//! Outcomes of keyed requests: stored with the work, by the latest attempt only.

use crate::contract::on_every_database;

on_every_database!(
    the_outcome_is_stored_with_the_work,
    the_outcome_survives_a_release_but_not_a_refusal,
    every_repository_stores_its_outcome,
    an_attempt_that_was_taken_over_commits_nothing,
    work_and_takeover_exclude_each_other,
    the_outcomes_about_an_erased_account_are_deleted,
);

mod checks {
    use std::sync::Arc;

    use chrono::TimeDelta;
    use sojourn_application::attempt::within;
    use sojourn_application::ports::{
        Attempt, IdempotencyClaim, IdempotencyKey, IdempotencyStore, Outcome, OutcomeKind,
    };
    use sojourn_domain::booking::BookingRepository;
    use sojourn_domain::payment::Payment;
    use sojourn_domain::property::{CalendarChange, PropertyChange, PropertyRepository};
    use sojourn_domain::shared::{CommitError, Notification, PaymentId};
    use sojourn_domain::user::{UserChange, UserRepository};
    use sojourn_persistence::Database;
    use sojourn_tests::{
        booking_of, cabin_of, charge_call, day, hold_change, insert_cabin, insert_user, new_id,
        now, stay,
    };
    use uuid::Uuid;

    /// Claims a key, each time half a minute after the one before.
    async fn attempt(database: &Database, key: &str, number: i32) -> Arc<Attempt> {
        let key = IdempotencyKey {
            scope: "anna".into(),
            key: key.into(),
            fingerprints: vec!["one".into()],
        };
        let at = now() + TimeDelta::seconds(31) * number;
        match database.claim(key, new_id(), at).await.unwrap() {
            IdempotencyClaim::Execute(attempt) => Arc::new(attempt),
            other => panic!("{other:?}"),
        }
    }

    async fn prior(database: &Database, key: &str) -> Option<Outcome> {
        attempt(database, key, 100).await.prior.clone()
    }

    pub async fn the_outcome_is_stored_with_the_work(database: Database) {
        let host = insert_user(&database, "host").await;
        let guest = insert_user(&database, "guest").await;
        let cabin = insert_cabin(&database, &host).await;
        let hold = hold_change(&cabin, &guest, stay(5, 8));
        let id = hold.booking().id;
        let first = attempt(&database, "reserve", 0).await;
        within(first, BookingRepository::commit(&database, hold))
            .await
            .unwrap();
        let reserved = Outcome::new(OutcomeKind::Booking, id.uuid());
        assert_eq!(prior(&database, "reserve").await, Some(reserved.clone()));

        // The first commit decides; its open gateway calls are part of it.
        let booking = booking_of(&database, id).await;
        let call = charge_call(&booking);
        let payment = Payment::begin(PaymentId::new(new_id()), id, cabin.id, call.clone()).unwrap();
        let change = booking.begin_payment(payment, now()).unwrap();
        let paying = attempt(&database, "pay", 0).await;
        within(paying, async {
            BookingRepository::commit(&database, change).await.unwrap();
            UserRepository::commit(&database, UserChange::of(guest.suspend(now())))
                .await
                .unwrap();
        })
        .await;
        let paid = prior(&database, "pay").await.unwrap();
        assert_eq!(paid, reserved.with_calls(std::slice::from_ref(&call)));
        assert_eq!(paid.charge(), Some(call.id));
        assert_eq!(paid.refunds(), []);
    }

    pub async fn the_outcome_survives_a_release_but_not_a_refusal(database: Database) {
        let host = insert_user(&database, "host").await;
        let cabin = cabin_of(host.id);
        let create = PropertyChange::of(cabin.clone());
        let first = attempt(&database, "create", 0).await;
        within(
            Arc::clone(&first),
            PropertyRepository::commit(&database, create.clone()),
        )
        .await
        .unwrap();
        database.release(&first).await.unwrap();
        // Released: the next attempt need not wait.
        let second = attempt(&database, "create", 0).await;
        assert_eq!(second.prior.as_ref().unwrap().id, cabin.id.uuid());

        let again = attempt(&database, "refused", 0).await;
        let refused = within(again, PropertyRepository::commit(&database, create)).await;
        assert!(refused.is_err());
        assert_eq!(prior(&database, "refused").await, None);
    }

    pub async fn every_repository_stores_its_outcome(database: Database) {
        let host = insert_user(&database, "host").await;
        let cabin = insert_cabin(&database, &host).await;
        let suspended = UserChange::of(host.clone().suspend(now()));
        let one = attempt(&database, "user", 0).await;
        within(one, UserRepository::commit(&database, suspended))
            .await
            .unwrap();
        let notices = vec![Notification::EmailKnown { user_id: host.id }];
        let one = attempt(&database, "notices", 0).await;
        within(one, database.enqueue_notifications(notices, now()))
            .await
            .unwrap();
        let blocks = CalendarChange {
            block: vec![day(1)],
            ..CalendarChange::default()
        };
        let one = attempt(&database, "calendar", 0).await;
        within(one, database.commit_calendar(cabin.id, blocks))
            .await
            .unwrap();
        for (key, kind, id) in [
            ("user", OutcomeKind::User, host.id.uuid()),
            ("notices", OutcomeKind::Notifications, Uuid::nil()),
            ("calendar", OutcomeKind::Property, cabin.id.uuid()),
        ] {
            assert_eq!(prior(&database, key).await, Some(Outcome::new(kind, id)));
        }
    }

    pub async fn an_attempt_that_was_taken_over_commits_nothing(database: Database) {
        let host = insert_user(&database, "host").await;
        let cabin = cabin_of(host.id);
        let first = attempt(&database, "create", 0).await;
        let second = attempt(&database, "create", 1).await;
        let create = PropertyRepository::commit(&database, PropertyChange::of(cabin.clone()));
        let late = within(first, create).await;
        assert!(matches!(late, Err(CommitError::Repository(_))), "{late:?}");
        let found = PropertyRepository::get(&database, cabin.id).await.unwrap();
        assert_eq!((found, &second.prior), (None, &None));
    }

    pub async fn work_and_takeover_exclude_each_other(database: Database) {
        let host = insert_user(&database, "host").await;
        for round in 0..20 {
            let key = format!("race {round}");
            let cabin = cabin_of(host.id);
            let first = attempt(&database, &key, 0).await;
            let work = {
                let (database, cabin) = (database.clone(), cabin.clone());
                tokio::spawn(async move {
                    let create = PropertyChange::of(cabin);
                    within(first, PropertyRepository::commit(&database, create)).await
                })
            };
            let second = attempt(&database, &key, 1).await;
            let done = work.await.unwrap().is_ok();
            assert_eq!(second.prior.is_some(), done, "round {round}");
            let found = PropertyRepository::get(&database, cabin.id).await.unwrap();
            assert_eq!(found.is_some(), done, "round {round}");
        }
    }

    pub async fn the_outcomes_about_an_erased_account_are_deleted(database: Database) {
        let host = insert_user(&database, "host").await;
        let suspended = host.suspend(now());
        let one = attempt(&database, "suspend", 0).await;
        let change = UserChange::of(suspended.clone());
        within(one, UserRepository::commit(&database, change))
            .await
            .unwrap();
        let erased = UserChange::of(suspended.erase(now()).unwrap());
        UserRepository::commit(&database, erased).await.unwrap();
        assert_eq!(prior(&database, "suspend").await, None);
    }
}
