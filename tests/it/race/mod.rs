//! Many concurrent clients on few properties: every acknowledged answer holds, and the ledger is consistent.
//!
//! `SOJOURN_RACE_SECONDS` is the duration on each database: 5 by default, 600 at most.

mod fixture;
mod observations;
mod preconditions;
mod racer;
pub mod rng;

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use sojourn_application::integrity::IntegrityReport;
use sojourn_application::ports::Ports;
use sojourn_domain::payment::PayoutStatus;
use sojourn_tests::{
    Server, ServerOptions, TestClock, TestDatabase, databases, gateway_calls, recorded_calls,
};

use fixture::Marketplace;
use observations::Observations;
use racer::Racer;

const RACERS: u64 = 16;
const LIMIT: Duration = Duration::from_secs(60);

#[test]
fn racing_clients_leave_a_consistent_marketplace() {
    let seconds =
        std::env::var("SOJOURN_RACE_SECONDS").map_or(5, |seconds| seconds.parse().unwrap());
    for database in databases() {
        race(&database, Duration::from_secs(seconds));
    }
}

/// A hold lasts a minute, and time passes up to four times as fast, so that holds expire while they are paid. Clients
/// do not log in again, so a race ends within the lifetime of an access token.
fn race(database: &TestDatabase, length: Duration) {
    let folder =
        std::env::temp_dir().join(format!("sojourn-race-{}", uuid::Uuid::now_v7().simple()));
    let pace = (800 / (length.as_secs() + 120)).clamp(1, 4);
    let clock = TestClock::new(TimeDelta::zero(), i32::try_from(pace).unwrap());
    let server = start(database, &folder, clock);
    let observations = run(&Marketplace::build(&server), Instant::now() + length);
    println!(
        "on {} in {length:?}, {pace} times as fast:\n{observations}",
        database.name
    );
    let report = check_ledger(&server);
    let kept = server.block_on(observations.assert_consistent_with(&server.ports));
    println!("{kept} of {} bookings as acknowledged", report.bookings);
    server.stop();

    let later = start(database, &folder, TestClock::new(TimeDelta::days(200), 1));
    let report = check_ledger(&later);
    let paid = later.block_on(assert_everything_paid(&later.ports));
    println!(
        "all stays over, {paid} payouts paid, {} entries of the journal",
        report.entries
    );
    later.stop();
    std::fs::remove_dir_all(&folder).unwrap();
    observations.assert_no_unexpected_answers();
}

fn start(database: &TestDatabase, folder: &Path, clock: TestClock) -> Server {
    let variables = [("SOJOURN_TERMS_HOLD_MINUTES", "1")];
    Server::with(
        database,
        ServerOptions {
            folder: Some(folder),
            clock: Some(clock),
            variables: &variables,
            ..ServerOptions::default()
        },
    )
}

fn run(marketplace: &Marketplace, end: Instant) -> Observations {
    thread::scope(|scope| {
        let racers: Vec<_> = (0..RACERS)
            .map(|n| scope.spawn(move || Racer::new(marketplace, n).until(end)))
            .collect();
        let all = racers.into_iter().map(|racer| racer.join().unwrap());
        all.fold(Observations::default(), Observations::merge)
    })
}

/// Waits until no work is pending; the ledger is consistent and matches the gateway.
fn check_ledger(server: &Server) -> IntegrityReport {
    server.wait_until_idle(LIMIT);
    let report = server.check_integrity();
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    assert_eq!(
        gateway_calls(&server.folder),
        server.block_on(recorded_calls(&server.ports))
    );
    report
}

/// Asserts that every booking has ended and every payout is paid; the number of payouts.
async fn assert_everything_paid(ports: &Ports) -> usize {
    let (mut paid, mut after) = (0, None);
    loop {
        let page = ports.ledger.booking_snapshots(after, 200).await.unwrap();
        assert_eq!(page.damaged, []);
        let snapshots = page.snapshots;
        if page.last.is_none() {
            return paid;
        }
        after = page.last;
        for snapshot in &snapshots {
            assert_eq!(
                snapshot.booking.due_at(),
                None,
                "{:?}",
                snapshot.booking.status
            );
            let payouts = snapshot.payment.iter().flat_map(|payment| &payment.payouts);
            for payout in payouts {
                assert_eq!(payout.status, PayoutStatus::Paid);
                paid += 1;
            }
        }
    }
}
