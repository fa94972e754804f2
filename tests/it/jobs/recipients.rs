//! Each recipient of a mail has a job of its own.

use std::collections::HashSet;
use std::time::Duration;

use chrono::TimeDelta;
use sojourn_application::ports::JobQueue;
use sojourn_domain::shared::BookingRole;
use sojourn_tests::{Server, ServerOptions, TestClock, databases, now};

use super::fixture::{Delivered, MailServer, Marketplace, decorator, wait_for, with_mail_server};
use crate::contract::raw_sql::raw;
use crate::security::support::raw_tables::query_text;

#[test]
fn a_broken_mailbox_does_not_repeat_the_mail_to_the_other_side() {
    for test in databases() {
        println!("on {}", test.name);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let marketplace = runtime.block_on(async {
            let marketplace = Marketplace::new(&test).await;
            let booking = marketplace.hold(0).await;
            // Neither the hold nor its timer must cause further mails.
            raw(&test, "DELETE FROM jobs; UPDATE bookings SET due_at = NULL").unwrap();
            marketplace.mails_about(booking).await;
            marketplace
        });
        let delivered = Delivered::default();
        let shared = delivered.clone();
        let options = ServerOptions {
            // Ten attempts take more than two hours.
            clock: Some(TestClock::new(TimeDelta::zero(), 2000)),
            ..ServerOptions::default()
        };
        let refuses_host =
            decorator(move |ports| with_mail_server(ports, MailServer::Refuses("host-"), &shared));
        let _server = Server::decorated(&test, options, refuses_host);
        let set_aside = "SELECT recipient || ' ' || attempts AS line FROM jobs \
             WHERE due_at IS NULL AND last_error LIKE '%mailbox unavailable%'";
        wait_for("ten attempts", Duration::from_secs(60), || {
            query_text(&test, set_aside) == ["host 10"]
        });
        let delivered = delivered.lock().unwrap().clone();
        let [(to, key)] = delivered.as_slice() else {
            panic!("expected one mail: {delivered:?}")
        };
        assert_eq!(to, marketplace.guest.email.as_str());
        assert!(key.ends_with("-guest"), "{key}");
    }
}

/// Rows as earlier versions enqueued them have no recipient.
#[test]
fn jobs_of_earlier_versions_are_mailed_once_to_each_recipient() {
    for test in databases() {
        println!("on {}", test.name);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let marketplace = Marketplace::new(&test).await;
            let database = &marketplace.database;
            let booking = marketplace.hold(0).await;
            raw(&test, "DELETE FROM jobs").unwrap();
            marketplace.mails_about(booking).await;
            let as_before = "DELETE FROM jobs WHERE recipient = 'host'; \
                 UPDATE jobs SET recipient = NULL, origin_id = NULL";
            raw(&test, as_before).unwrap();
            let mut taken = Vec::new();
            loop {
                let jobs = database.take(1, now()).await.unwrap();
                let Some(job) = jobs.into_iter().next() else {
                    break;
                };
                taken.push((job.notice.clone(), job.recipient, job.origin));
                database.done(job.id).await.unwrap();
            }
            let sides: Vec<_> = taken.iter().map(|(_, side, _)| side.unwrap()).collect();
            assert_eq!(
                sides.iter().filter(|it| **it == BookingRole::Guest).count(),
                1
            );
            assert_eq!(
                sides.iter().filter(|it| **it == BookingRole::Host).count(),
                1
            );
            let origins: HashSet<_> = taken.iter().map(|(.., origin)| *origin).collect();
            assert_eq!(origins.len(), 1, "both mails belong to one notification");
        });
    }
}
