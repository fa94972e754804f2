//! What clients were told while Redis came and went, and how long it took.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// What happens to Redis, in this order.
pub const PHASES: [&str; 5] = ["there", "frozen", "thawed", "killed", "restarted"];

/// In which phase it is now, and whether all is over.
#[derive(Default)]
pub struct Stage {
    phase: AtomicUsize,
    over: AtomicBool,
}

impl Stage {
    /// The next phase begins.
    pub fn next(&self) {
        self.phase.fetch_add(1, Ordering::SeqCst);
    }

    pub fn phase(&self) -> usize {
        self.phase.load(Ordering::SeqCst)
    }

    /// All is over when this is dropped, whatever went wrong.
    pub fn end_of_all(&self) -> impl Drop {
        EndOfAll(self)
    }

    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }
}

struct EndOfAll<'a>(&'a Stage);

impl Drop for EndOfAll<'_> {
    fn drop(&mut self) {
        self.0.over.store(true, Ordering::SeqCst);
    }
}

/// All answers to some clients. A request belongs to the phase in which its answer came.
#[derive(Default)]
pub struct Tally {
    took: Vec<(usize, &'static str, Duration)>,
    /// Bookings that were acknowledged.
    pub booked: Vec<String>,
    /// What nobody should be told.
    pub surprises: Vec<String>,
    /// Prices that were shown after another was said to be in force: in which phase, and for how long that one was.
    pub late: Vec<(usize, Duration)>,
}

impl Tally {
    /// Notes an answer that is as it should be.
    pub fn note(&mut self, phase: usize, what: &'static str, took: Duration) {
        self.took.push((phase, what, took));
    }

    /// Both together.
    pub fn with(mut self, other: Self) -> Self {
        self.took.extend(other.took);
        self.booked.extend(other.booked);
        self.surprises.extend(other.surprises);
        self.late.extend(other.late);
        self
    }

    /// How many answers of a kind came in a phase.
    pub fn count(&self, phase: usize, what: &str) -> usize {
        self.took
            .iter()
            .filter(|(of, kind, _)| *of == phase && *kind == what)
            .count()
    }

    /// What so many of a thousand answers of a phase took at most.
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

    /// For how long at most another price was in force when one was shown.
    pub fn latest(&self, phase: usize) -> Duration {
        let of_phase = self.late.iter().filter(|(of, _)| *of == phase);
        of_phase.map(|(_, late)| *late).max().unwrap_or_default()
    }
}

impl fmt::Display for Tally {
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
