//! The life of bookings at random, on every database: reserved, paid, altered by either side, cancelled, left early,
//! missed, suspended, refunded, refused by the gateway, interrupted and retried, while the clock jumps ahead. Every
//! promise is kept at the end: the ledger is consistent, no night is sold twice, and no guest is refunded more than
//! the policy or a consent allows.
//!
//! `SOJOURN_LIFE_SECONDS` is the duration on each database, 5 by default; `SOJOURN_LIFE_SEED` repeats a run.

mod cast;
mod consents;
mod gateway;
mod player;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use sojourn_application::ports::{Clock as _, Ports};
use sojourn_tests::{
    Server, ServerOptions, TestClock, TestDatabase, databases, gateway_calls, recorded_calls,
};

use crate::race::rng::Rng;
use cast::Cast;
use consents::Consents;
use gateway::refuses_refunds;
use player::Player;

/// Commands between two restarts of the server.
const COMMANDS: u32 = 200;

/// The most times that the clock moves on until every refused refund was repeated with success.
const RETRIES: u32 = 20;

const LIMIT: Duration = Duration::from_secs(90);

#[test]
fn random_lives_keep_every_promise() {
    let setting = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|it| it.parse::<u64>().unwrap())
    };
    let length = Duration::from_secs(setting("SOJOURN_LIFE_SECONDS").unwrap_or(5));
    let seed = setting("SOJOURN_LIFE_SEED").unwrap_or_else(|| u64::from(std::process::id()));
    for database in databases() {
        println!("on {}, seed {seed}", database.name);
        live(&database, length, Rng::new(seed));
    }
}

fn live(database: &TestDatabase, length: Duration, mut rng: Rng) {
    let folder: PathBuf =
        std::env::temp_dir().join(format!("sojourn-life-{}", uuid::Uuid::now_v7().simple()));
    let clock = TestClock::standing(TestClock::new(TimeDelta::zero(), 1).now());
    let first = start(database, &folder, &clock);
    let cast = Cast::hired(&first);
    first.stop();
    let mut consents = Consents::default();
    let end = Instant::now() + length;
    while Instant::now() < end {
        let server = start(database, &folder, &clock);
        let mut player = Player::new(&server, &clock, &cast, &mut consents, &mut rng);
        for _ in 0..COMMANDS {
            server.block_on(player.act());
        }
        server.wait_until_idle_moving(&clock, LIMIT);
        check(&server, &consents);
        server.stop();
    }
    clock.move_to(clock.now() + TimeDelta::days(500));
    let last = start(database, &folder, &clock);
    let owed = (0..RETRIES).find_map(|_| {
        last.wait_until_idle_moving(&clock, LIMIT);
        check(&last, &consents);
        clock.move_to(clock.now() + TimeDelta::days(40));
        last.check_integrity().findings.is_empty().then_some(())
    });
    assert!(owed.is_some(), "{:#?}", last.check_integrity().findings);
    println!("{consents}");
    let (reserved, paid) = last.block_on(cast.count_paid(&last.ports));
    println!("{reserved} reserved, {paid} of them paid");
    assert!(
        reserved < 100 || 2 * paid >= reserved,
        "{paid} of {reserved}"
    );
    last.stop();
    std::fs::remove_dir_all(&folder).unwrap();
}

fn start(database: &TestDatabase, folder: &Path, clock: &TestClock) -> Server {
    let options = ServerOptions {
        folder: Some(folder),
        clock: Some(clock.clone()),
        ..ServerOptions::default()
    };
    Server::decorated(
        database,
        options,
        Arc::new(|ports: Ports| refuses_refunds(ports)),
    )
}

fn check(server: &Server, consents: &Consents) {
    let report = server.check_integrity();
    let broken: Vec<_> = report
        .findings
        .iter()
        .filter(|finding| !gateway::is_owed_refund(finding))
        .collect();
    assert!(broken.is_empty(), "{broken:#?}");
    assert_eq!(
        gateway_calls(&server.folder),
        server.block_on(recorded_calls(&server.ports))
    );
    server.block_on(consents.assert_respected(&server.ports));
}
