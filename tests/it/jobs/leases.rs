//! Leases of queued jobs.

use std::time::Duration;

use chrono::TimeDelta;
use sojourn_application::ports::JobQueue;
use sojourn_tests::{Server, ServerOptions, TestClock, databases, now};

use super::fixture::{Delivered, MailServer, Marketplace, decorator, wait_for, with_mail_server};
use crate::security::support::raw_tables::query_text;

#[test]
fn a_renewed_lease_keeps_a_job_from_other_workers() {
    for test in databases() {
        println!("on {}", test.name);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let marketplace = Marketplace::new(&test).await;
            let database = &marketplace.database;
            marketplace.mails(1).await;
            let at = |seconds| now() + TimeDelta::seconds(seconds);
            let first = database.take(1, at(0)).await.unwrap().remove(0);
            for seconds in [45, 90] {
                assert_eq!(database.take(1, at(seconds)).await, Ok(vec![]));
                database.renew(vec![first.id], at(seconds)).await.unwrap();
            }
            assert_eq!(database.take(1, at(149)).await, Ok(vec![]));
            // The worker is gone: its lease ends, and the job is taken again.
            let second = database.take(1, at(151)).await.unwrap().remove(0);
            assert_eq!((second.id, second.attempts), (first.id, 1));
            // The first worker was only slow: it changes nothing any more.
            let error = || "too slow".to_owned();
            database.failed(first.clone(), error(), None).await.unwrap();
            assert_eq!(database.take(1, at(200)).await, Ok(vec![]));
            database
                .failed(second, error(), Some(at(201)))
                .await
                .unwrap();
            let third = database.take(1, at(201)).await.unwrap().remove(0);
            assert_eq!((third.id, third.attempts), (first.id, 2));
            database.done(third.id).await.unwrap();
            let left = query_text(&test, "SELECT CAST(COUNT(*) AS TEXT) AS line FROM jobs");
            assert_eq!(left, ["0"]);
        });
    }
}

#[test]
fn a_mail_that_takes_longer_than_its_lease_is_sent_by_one_worker() {
    // A lease of a minute ends after 20 seconds unless it is renewed.
    let clock = TestClock::new(TimeDelta::zero(), 3);
    let slow = MailServer::Slow(Duration::from_secs(27));
    std::thread::scope(|scope| {
        for test in databases() {
            let clock = &clock;
            scope.spawn(move || {
                let runtime = tokio::runtime::Runtime::new().unwrap();
                let marketplace = runtime.block_on(Marketplace::new(&test));
                runtime.block_on(marketplace.mails(1));
                let delivered = Delivered::default();
                let worker = || {
                    let shared = delivered.clone();
                    let options = ServerOptions {
                        clock: Some(clock.clone()),
                        ..ServerOptions::default()
                    };
                    let slowly = move |ports| with_mail_server(ports, slow, &shared);
                    Server::decorated(&test, options, decorator(slowly))
                };
                let workers = [worker(), worker()];
                let left = "SELECT CAST(COUNT(*) AS TEXT) AS line FROM jobs";
                wait_for(test.name, Duration::from_secs(90), || {
                    query_text(&test, left) == ["0"]
                });
                workers.into_iter().for_each(Server::stop);
                assert_eq!(delivered.lock().unwrap().len(), 1, "{}", test.name);
            });
        }
    });
}
