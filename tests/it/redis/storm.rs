//! Redis freezes and dies while everybody is asking: nobody is refused, nobody waits for it, and nothing old is shown.

use std::thread::sleep;
use std::time::Duration;

use sojourn_tests::{Server, TestRedis};

use super::crowd::Crowd;
use super::limits;
use super::pair::Pair;
use super::tally::{PHASES, Stage, Tally};

/// So long each phase is.
const LENGTH: Duration = Duration::from_secs(3);

/// No answer may take so long: much less than Redis is away.
const SLOWEST: Duration = Duration::from_millis(1_500);

/// By so much the slowest hundredth of the answers may be slower while Redis is frozen.
const SLOWER: Duration = Duration::from_millis(250);

#[test]
fn redis_frozen_and_killed_under_load_stops_nobody() {
    let Some(pair) = Pair::start(&limits::LIMITED) else {
        return;
    };
    let stage = Stage::default();
    let crowd = Crowd::gather(&pair, &stage);
    let mut recoveries = Vec::new();
    let tally = crowd.during(|| {
        sleep(LENGTH);
        let steps: [fn(&TestRedis); 4] = [
            TestRedis::freeze,
            TestRedis::thaw,
            TestRedis::kill,
            TestRedis::restart,
        ];
        for (n, step) in steps.iter().enumerate() {
            stage.next();
            step(&pair.redis);
            if n % 2 == 1 {
                recoveries.push(pair.recovery());
                comes_back(&pair, stage.phase());
            }
            sleep(LENGTH);
            assert_eq!(pair.use_redis(), n % 2 == 1, "{}", PHASES[n + 1]);
        }
    });
    println!(
        "{tally}used again {:.1?} after the thaw, {:.1?} after the restart",
        recoveries[0], recoveries[1]
    );
    judge(&tally);
    sound(&pair.one, &tally);
}

/// Answers are kept again, and what is done on one server counts on the other.
fn comes_back(pair: &Pair, phase: usize) {
    for server in pair.servers() {
        let client = server.client();
        let hit = (0..50).any(|_| {
            let answer = client.get("/v1/properties/?city=Nowhere").expect(200);
            answer.header("cache-status") == Some("sojourn; hit")
        });
        assert!(hit, "nothing is kept by {}", server.url);
    }
    assert!(limits::are_shared(
        pair,
        &format!("nobody-{phase}@test.example")
    ));
}

fn judge(tally: &Tally) {
    let (some, all) = (
        tally.surprises.iter().take(20).collect::<Vec<_>>(),
        tally.surprises.len(),
    );
    assert!(all == 0, "{all} surprises: {some:#?}");
    for (phase, name) in PHASES.iter().enumerate() {
        for what in [
            "look",
            "search",
            "book",
            "pay",
            "own bookings",
            "watch",
            "change",
        ] {
            assert!(
                tally.count(phase, what) > 0,
                "nothing of {what} while Redis is {name}"
            );
        }
        assert!(
            tally.slowest(phase) < SLOWEST,
            "{:?} while Redis is {name}",
            tally.slowest(phase)
        );
    }
    let [there, frozen, killed] = [0, 1, 3].map(|phase| tally.took(phase, 990));
    assert!(
        frozen < there + SLOWER,
        "{frozen:?} frozen, {there:?} before"
    );
    assert!(
        killed < there + SLOWER,
        "{killed:?} killed, {there:?} before"
    );
}

/// Every booking that was acknowledged is there, and the books are in order.
fn sound(server: &Server, tally: &Tally) {
    server.settle(Duration::from_secs(60));
    let report = server.examine();
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    assert_eq!(report.bookings, u64::try_from(tally.booked.len()).unwrap());
}
