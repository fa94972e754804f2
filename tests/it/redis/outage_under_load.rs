//! Redis freezes and dies under load: no request fails or waits for it, and nothing stale is served.

use std::thread::sleep;
use std::time::Duration;

use sojourn_tests::{Server, TestRedis};

use super::rate_limits;
use super::support::cluster::Cluster;
use super::support::latency_report::{LatencyReport, PHASES, Phases};
use super::support::load::Load;

/// Duration of each phase.
const LENGTH: Duration = Duration::from_secs(3);

/// Limit for every answer, far below the length of an outage: none waits for its end. The latency itself is measured by
/// `tests/bench/run`.
const SLOWEST: Duration = Duration::from_millis(1_500);

#[test]
fn redis_outages_under_load_cause_no_errors() {
    let Some(cluster) = Cluster::start(&rate_limits::LIMITED) else {
        return;
    };
    let phases = Phases::default();
    let load = Load::prepare(&cluster, &phases);
    let mut recoveries = Vec::new();
    let report = load.during(|| {
        sleep(LENGTH);
        let steps: [fn(&TestRedis); 4] = [
            TestRedis::freeze,
            TestRedis::thaw,
            TestRedis::kill,
            TestRedis::restart,
        ];
        for (n, step) in steps.iter().enumerate() {
            phases.next();
            step(&cluster.redis);
            if n % 2 == 1 {
                recoveries.push(cluster.recovery());
                check_recovered(&cluster, phases.phase());
            }
            sleep(LENGTH);
            assert_eq!(cluster.use_redis(), n % 2 == 1, "{}", PHASES[n + 1]);
        }
    });
    println!(
        "{report}used again {:.1?} after the thaw, {:.1?} after the restart",
        recoveries[0], recoveries[1]
    );
    check_latencies(&report);
    check_integrity(&cluster.one, &report);
}

/// Answers are cached again, and limits are shared between the servers.
fn check_recovered(cluster: &Cluster, phase: usize) {
    for server in cluster.servers() {
        let client = server.client();
        let hit = (0..50).any(|_| {
            let answer = client.get("/v1/properties/?city=Nowhere").expect(200);
            answer.header("cache-status") == Some("sojourn; hit")
        });
        assert!(hit, "nothing is kept by {}", server.url);
    }
    // A single command that takes longer than its limit is counted by its server alone, which a busy machine may cause.
    let shared = (1..=5).any(|attempt| {
        let email = format!("nobody-{phase}-{attempt}@test.example");
        rate_limits::are_shared(cluster, &email, &format!("198.{attempt}.100.{phase}"))
    });
    assert!(shared, "limits are not shared");
}

fn check_latencies(report: &LatencyReport) {
    let (some, all) = (
        report.unexpected.iter().take(20).collect::<Vec<_>>(),
        report.unexpected.len(),
    );
    assert!(all == 0, "{all} unexpected answers: {some:#?}");
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
                report.count(phase, what) > 0,
                "nothing of {what} while Redis is {name}"
            );
        }
        assert!(
            report.slowest(phase) < SLOWEST,
            "{:?} while Redis is {name}",
            report.slowest(phase)
        );
    }
}

/// Every acknowledged booking is stored, and the ledger is consistent.
fn check_integrity(server: &Server, latencies: &LatencyReport) {
    server.wait_until_idle(Duration::from_secs(60));
    let report = server.check_integrity();
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    assert_eq!(
        report.bookings,
        u64::try_from(latencies.bookings.len()).unwrap()
    );
}
