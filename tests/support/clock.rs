//! A clock that is ahead of the system clock or faster, and can be moved.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};
use sojourn_application::ports::Clock;

/// Offset from the system clock, and speed factor. Clones move together.
#[derive(Debug, Clone)]
pub struct TestClock {
    began: Instant,
    then: DateTime<Utc>,
    pace: i32,
    /// Microseconds by which the clock was moved since.
    moved: Arc<AtomicI64>,
}

impl TestClock {
    pub fn new(ahead: TimeDelta, pace: i32) -> Self {
        Self::from(Utc::now() + ahead, pace)
    }

    /// A clock that stands at an instant.
    pub fn standing(at: DateTime<Utc>) -> Self {
        Self::from(at, 0)
    }

    /// A clock that runs from an instant on.
    pub fn running(from: DateTime<Utc>) -> Self {
        Self::from(from, 1)
    }

    /// A clock that runs from some minutes before the next midnight (UTC) on.
    pub fn before_midnight() -> Self {
        let today = Utc::now().date_naive();
        Self::running(today.and_hms_opt(23, 54, 0).unwrap().and_utc())
    }

    /// Moves a clock from before midnight to a minute after it, while access tokens are still valid.
    pub fn pass_midnight(&self) {
        self.move_to(self.now() + TimeDelta::minutes(7));
    }

    fn from(then: DateTime<Utc>, pace: i32) -> Self {
        Self {
            began: Instant::now(),
            then,
            pace,
            moved: Arc::new(AtomicI64::new(0)),
        }
    }

    /// Moves the clock to an instant; it runs on from there.
    pub fn move_to(&self, instant: DateTime<Utc>) {
        let by = (instant - self.now()).num_microseconds().unwrap();
        self.moved.fetch_add(by, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        let passed = TimeDelta::from_std(self.began.elapsed()).unwrap() * self.pace;
        let moved = TimeDelta::microseconds(self.moved.load(Ordering::SeqCst));
        (self.then + passed + moved).trunc_subsecs(6)
    }
}
