//! A worker that is killed while it sends mails.

use std::collections::BTreeMap;
use std::time::Duration;

use sojourn_tests::{TestDatabase, databases};

use super::fixture::{Marketplace, wait_for};
use super::smtp_server::SmtpServer;
use crate::contract::raw_sql::raw;
use crate::security::support::process::Program;
use crate::security::support::raw_tables::query_text;

/// Bookings with a mail to each side.
const BOOKINGS: u64 = 60;

/// Kills of each worker.
const KILLS: usize = 5;

/// Mails that a worker sends at once: each may be sent again after a kill.
const AT_ONCE: usize = 10;

const LIMIT: Duration = Duration::from_secs(60);

fn worker(test: &TestDatabase, smtp: &SmtpServer) -> Program {
    let variables = [
        ("DATABASE_URL", test.url.as_str()),
        ("SOJOURN_MAIL_URL", smtp.url.as_str()),
    ];
    Program::run(&["work"], &variables)
}

/// Mails in the queue.
fn left(test: &TestDatabase) -> usize {
    let count = "SELECT CAST(COUNT(*) AS TEXT) AS line FROM jobs WHERE kind = 'email'";
    query_text(test, count)[0].parse().unwrap()
}

#[test]
fn every_mail_of_a_killed_worker_is_sent_again_with_the_same_message_id() {
    for test in databases() {
        println!("on {}", test.name);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let marketplace = Marketplace::new(&test).await;
            for night in 0..BOOKINGS {
                let booking = marketplace.hold(night).await;
                raw(&test, "UPDATE bookings SET due_at = NULL").unwrap();
                marketplace.mails_about(booking).await;
            }
        });
        let all = left(&test);
        assert!(all as u64 >= 2 * BOOKINGS, "{all}");
        let smtp = SmtpServer::start(Duration::from_millis(200));
        for kill in 1..=KILLS {
            let before = smtp.accepted().len();
            let mut program = worker(&test, &smtp);
            // Killed among mails that were accepted, and of which it was not told yet.
            wait_for("mails", LIMIT, || {
                assert!(program.is_running(), "{}", program.log());
                smtp.accepted().len() > before + 5 * kill
            });
            drop(program);
            // The leases of the killed worker end.
            raw(&test, "UPDATE jobs SET due_at = '2026-03-01 00:00:00'").unwrap();
        }
        let remaining = left(&test);
        assert!(remaining > 0, "too few mails for so many kills");
        let _last = worker(&test, &smtp);
        wait_for("the rest", LIMIT, || left(&test) == 0);
        let mut sent: BTreeMap<_, usize> = BTreeMap::new();
        for mail in smtp.accepted() {
            *sent.entry(mail).or_default() += 1;
        }
        let ids: Vec<_> = sent.keys().map(|mail| &mail.message_id).collect();
        assert!(
            ids.windows(2).all(|pair| pair[0] != pair[1]),
            "an id of two recipients"
        );
        assert_eq!(sent.len(), all, "on {}", test.name);
        let again: usize = sent.values().map(|times| times - 1).sum();
        println!("{all} mails, {again} sent again");
        assert!((1..=KILLS * AT_ONCE).contains(&again), "{again}");
    }
}
