//! Clocks that run ahead of the machine's, or faster.

use std::time::Instant;

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};
use sojourn_application::ports::Clock;

/// So far ahead of the machine's clock, and so many times as fast.
#[derive(Debug, Clone)]
pub struct OtherClock {
    began: Instant,
    then: DateTime<Utc>,
    pace: i32,
}

impl OtherClock {
    pub fn new(ahead: TimeDelta, pace: i32) -> Self {
        Self {
            began: Instant::now(),
            then: Utc::now() + ahead,
            pace,
        }
    }
}

impl Clock for OtherClock {
    fn now(&self) -> DateTime<Utc> {
        let passed = TimeDelta::from_std(self.began.elapsed()).unwrap() * self.pace;
        (self.then + passed).trunc_subsecs(6)
    }
}
