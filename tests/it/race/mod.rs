//! Many clients at once on few properties: whatever they were told is true in the end, and the books are in order.
//!
//! `SOJOURN_RACE_SECONDS` says how long they race on each database: 5 by default, 600 at most.

mod chance;
mod memory;
mod racer;
mod town;

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use sojourn_application::doctor::Report;
use sojourn_application::ports::Ports;
use sojourn_domain::payment::PayoutStatus;
use sojourn_tests::{
    OtherClock, Server, Start, TestDatabase, databases, payments_say, provider_did,
};

use memory::Memory;
use racer::Racer;
use town::Town;

const RACERS: u64 = 16;
const LIMIT: Duration = Duration::from_secs(60);

#[test]
fn many_clients_on_few_properties() {
    let seconds =
        std::env::var("SOJOURN_RACE_SECONDS").map_or(5, |seconds| seconds.parse().unwrap());
    for database in databases() {
        race(&database, Duration::from_secs(seconds));
    }
}

/// A hold lasts a minute, and time passes up to four times as fast, so that holds expire while they are paid.
/// Nobody logs in again, so a race ends within the life of a token.
fn race(database: &TestDatabase, length: Duration) {
    let folder =
        std::env::temp_dir().join(format!("sojourn-race-{}", uuid::Uuid::now_v7().simple()));
    let pace = (800 / (length.as_secs() + 120)).clamp(1, 4);
    let clock = OtherClock::new(TimeDelta::zero(), i32::try_from(pace).unwrap());
    let server = start(database, &folder, clock);
    let memory = run(&Town::build(&server), Instant::now() + length);
    println!(
        "on {} in {length:?}, {pace} times as fast:\n{memory}",
        database.name
    );
    let report = sound(&server);
    let kept = server.block_on(memory.is_true(&server.ports));
    println!("{kept} of {} bookings as acknowledged", report.bookings);
    server.stop();

    let later = start(database, &folder, OtherClock::new(TimeDelta::days(200), 1));
    let report = sound(&later);
    let paid = later.block_on(is_over(&later.ports));
    println!(
        "all stays over, {paid} payouts paid, {} entries of the journal",
        report.entries
    );
    later.stop();
    std::fs::remove_dir_all(&folder).unwrap();
    memory.fails_on_surprises();
}

fn start(database: &TestDatabase, folder: &Path, clock: OtherClock) -> Server {
    let variables = [("SOJOURN_TERMS_HOLD_MINUTES", "1")];
    Server::with(
        database,
        Start {
            folder: Some(folder),
            clock: Some(clock),
            variables: &variables,
        },
    )
}

fn run(town: &Town, end: Instant) -> Memory {
    thread::scope(|scope| {
        let racers: Vec<_> = (0..RACERS)
            .map(|n| scope.spawn(move || Racer::new(town, n).until(end)))
            .collect();
        let memories = racers.into_iter().map(|racer| racer.join().unwrap());
        memories.fold(Memory::default(), Memory::with)
    })
}

/// Once nothing is open, the books are in order, and say what the payment provider did.
fn sound(server: &Server) -> Report {
    server.settle(LIMIT);
    let report = server.examine();
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    assert_eq!(
        provider_did(&server.folder),
        server.block_on(payments_say(&server.ports))
    );
    report
}

/// Long after, every booking has ended and every host is paid.
async fn is_over(ports: &Ports) -> usize {
    let (mut paid, mut after) = (0, None);
    loop {
        let dossiers = ports.ledger.dossiers(after, 200).await.unwrap();
        let Some(last) = dossiers.last() else {
            return paid;
        };
        after = Some(last.booking.id);
        for dossier in &dossiers {
            assert_eq!(
                dossier.booking.due_at(),
                None,
                "{:?}",
                dossier.booking.status
            );
            let payouts = dossier.payment.iter().flat_map(|payment| &payment.payouts);
            for payout in payouts {
                assert_eq!(payout.status, PayoutStatus::Paid);
                paid += 1;
            }
        }
    }
}
