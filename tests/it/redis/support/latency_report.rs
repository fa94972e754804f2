//! Answers and latencies during Redis outages.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// The states of Redis, in order.
pub const PHASES: [&str; 5] = ["there", "frozen", "thawed", "killed", "restarted"];

/// The current phase, and whether the test is over.
#[derive(Default)]
pub struct Phases {
    phase: AtomicUsize,
    over: AtomicBool,
}

impl Phases {
    /// Begins the next phase.
    pub fn next(&self) {
        self.phase.fetch_add(1, Ordering::SeqCst);
    }

    pub fn phase(&self) -> usize {
        self.phase.load(Ordering::SeqCst)
    }

    /// Ends the test when dropped, also on a panic.
    pub fn stop_guard(&self) -> impl Drop {
        StopGuard(self)
    }

    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }
}

struct StopGuard<'a>(&'a Phases);

impl Drop for StopGuard<'_> {
    fn drop(&mut self) {
        self.0.over.store(true, Ordering::SeqCst);
    }
}

/// Answers of some clients. A request belongs to the phase in which its answer arrived.
#[derive(Default)]
pub struct LatencyReport {
    took: Vec<(usize, &'static str, Duration)>,
    /// Acknowledged bookings.
    pub bookings: Vec<String>,
    /// Answers that should not occur.
    pub unexpected: Vec<String>,
    /// Stale prices: phase, and the time since the newer price was in force.
    pub late: Vec<(usize, Duration)>,
}

impl LatencyReport {
    /// Records an expected answer.
    pub fn note(&mut self, phase: usize, what: &'static str, took: Duration) {
        self.took.push((phase, what, took));
    }

    /// Merges two reports.
    pub fn with(mut self, other: Self) -> Self {
        self.took.extend(other.took);
        self.bookings.extend(other.bookings);
        self.unexpected.extend(other.unexpected);
        self.late.extend(other.late);
        self
    }

    /// Number of answers of a kind in a phase.
    pub fn count(&self, phase: usize, what: &str) -> usize {
        self.took
            .iter()
            .filter(|(of, kind, _)| *of == phase && *kind == what)
            .count()
    }

    /// Latency percentile of a phase, in thousandths.
    pub fn took(&self, phase: usize, of_thousand: usize) -> Duration {
        let mut all: Vec<_> = self
            .took
            .iter()
            .filter(|(of, ..)| *of == phase)
            .map(|it| it.2)
            .collect();
        all.sort();
        let last = (all.len() * of_thousand).div_ceil(1_000).max(1) - 1;
        all.get(last).copied().unwrap_or_default()
    }

    /// The slowest answer of a phase.
    pub fn slowest(&self, phase: usize) -> Duration {
        self.took(phase, 1_000)
    }

    /// Maximum staleness of a price in a phase.
    pub fn latest(&self, phase: usize) -> Duration {
        let of_phase = self.late.iter().filter(|(of, _)| *of == phase);
        of_phase.map(|(_, late)| *late).max().unwrap_or_default()
    }
}

impl fmt::Display for LatencyReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (phase, name) in PHASES.iter().enumerate() {
            let [median, most, slowest] = [500, 990, 1_000].map(|part| self.took(phase, part));
            let mut kinds = BTreeMap::<_, usize>::new();
            for (_, kind, _) in self.took.iter().filter(|(of, ..)| *of == phase) {
                *kinds.entry(*kind).or_default() += 1;
            }
            let late = self.latest(phase);
            writeln!(
                f,
                "{name:>10}: half within {median:.1?}, 99 % within {most:.1?}, all within {slowest:.1?}; \
                 prices late by {late:.1?}; {kinds:?}"
            )?;
        }
        Ok(())
    }
}
