//! A clock that is ahead of the system clock or faster.

use std::time::Instant;

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};
use sojourn_application::ports::Clock;

/// Offset from the system clock, and speed factor.
#[derive(Debug, Clone)]
pub struct TestClock {
    began: Instant,
    then: DateTime<Utc>,
    pace: i32,
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

    fn from(then: DateTime<Utc>, pace: i32) -> Self {
        Self {
            began: Instant::now(),
            then,
            pace,
        }
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        let passed = TimeDelta::from_std(self.began.elapsed()).unwrap() * self.pace;
        (self.then + passed).trunc_subsecs(6)
    }
}
