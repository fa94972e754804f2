//! Work that cannot be done is put off and set aside, and hides nothing behind it.

use sojourn_application::ports::{DueWork, JobKind, WorkerRegistry};
use sojourn_tests::{Server, ServerOptions, databases, now};

use super::fixture::{
    Delivered, MailServer, Marketplace, TIMER_LIMIT, decorator, wait_for, with_mail_server,
};
use crate::contract::raw_sql::raw;
use crate::security::support::raw_tables::query_text;

#[test]
fn poisoned_bookings_and_jobs_hold_up_nothing() {
    for test in databases() {
        println!("on {}", test.name);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (marketplace, timers) = runtime.block_on(async {
            let marketplace = Marketplace::new(&test).await;
            for night in 0..200 {
                marketplace.hold(night).await;
            }
            raw(&test, "UPDATE bookings SET price = '{'").unwrap();
            marketplace.mails(200).await;
            raw(&test, "UPDATE jobs SET notice = '{\"kind\":\"sung\"}'").unwrap();
            marketplace.mails(1).await;
            let timers = marketplace.timers().await;
            (marketplace, timers)
        });
        let delivered = Delivered::default();
        let shared = delivered.clone();
        let mail_server =
            decorator(move |ports| with_mail_server(ports, MailServer::Refuses("none-"), &shared));
        let server = Server::decorated(&test, ServerOptions::default(), mail_server);
        let database = &marketplace.database;
        wait_for("timers", TIMER_LIMIT, || {
            server.block_on(timers.have_fired(database))
        });
        wait_for("the mail", TIMER_LIMIT, || {
            let about_account = delivered.lock().unwrap().clone();
            let guest = marketplace.guest.email.as_str();
            about_account.iter().any(|(to, _)| to == guest)
        });
        let failures = "SELECT CAST(COUNT(*) AS TEXT) AS line FROM job_failures \
             WHERE kind = 'booking_timer' AND next_try_at IS NOT NULL AND last_error <> ''";
        wait_for("recorded failures", TIMER_LIMIT, || {
            query_text(&test, failures) == ["200"]
        });
        let activity = server.block_on(database.activity()).unwrap();
        let emails = activity
            .iter()
            .find(|it| it.kind == JobKind::Email)
            .unwrap();
        assert_eq!(emails.set_aside, 200);
    }
}

#[test]
fn a_subject_is_set_aside_after_its_last_attempt_and_forgotten_when_resolved() {
    use chrono::TimeDelta;
    use sojourn_application::ports::Backoff;
    for test in databases() {
        println!("on {}", test.name);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let marketplace = Marketplace::new(&test).await;
            let (database, timer) = (&marketplace.database, JobKind::BookingTimer);
            let id = marketplace.hold(0).await.uuid();
            let other = marketplace.hold(1).await.uuid();
            let later = now() + TimeDelta::hours(1);
            let due = async |at| {
                let subjects = database.due(timer, at, 10).await.unwrap();
                let parts = subjects.iter().map(|it| (it.id, it.failures));
                parts.collect::<Vec<_>>()
            };
            assert_eq!(due(later).await, [(id, 0), (other, 0)]);
            let backoff = Backoff {
                first: TimeDelta::seconds(15),
                longest: TimeDelta::hours(1),
                attempts: Some(2),
            };
            let failed = async |at| {
                let error = "no\0 good".to_owned();
                database
                    .put_off(timer, id, error, backoff, at)
                    .await
                    .unwrap()
            };
            assert_eq!(failed(later).await, Some(later + TimeDelta::seconds(15)));
            assert_eq!(due(later).await, [(other, 0)]);
            let again = later + TimeDelta::seconds(15);
            assert_eq!(due(again).await, [(id, 1), (other, 0)]);
            assert_eq!(failed(again).await, None);
            assert_eq!(due(again + TimeDelta::days(1)).await, [(other, 0)]);
            assert_eq!(database.forget_resolved(again).await, Ok(0));
            database.resolved(timer, id).await.unwrap();
            assert_eq!(due(again).await, [(id, 0), (other, 0)]);
            failed(again).await;
            raw(&test, "UPDATE bookings SET due_at = NULL").unwrap();
            assert_eq!(database.forget_resolved(again).await, Ok(1));
        });
    }
}
