//! The clock of the demo, which can be moved.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use sojourn_application::ports::Clock;
use sojourn_security::SystemClock;

/// A clock that runs like that of the system, at a distance from it.
#[derive(Debug, Default)]
pub(super) struct DemoClock {
    /// Distance in microseconds.
    offset: AtomicI64,
}

impl DemoClock {
    /// Sets the current instant.
    pub(super) fn set(&self, instant: DateTime<Utc>) {
        let offset = instant - SystemClock.now();
        let micros = offset.num_microseconds().unwrap_or_default();
        self.offset.store(micros, Ordering::Relaxed);
    }

    /// Returns to the clock of the system.
    pub(super) fn reset(&self) {
        self.offset.store(0, Ordering::Relaxed);
    }
}

impl Clock for DemoClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + TimeDelta::microseconds(self.offset.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_set_runs_on_until_it_is_reset() {
        let clock = DemoClock::default();
        let then = SystemClock.now() + TimeDelta::days(400);
        clock.set(then);
        let now = clock.now();
        assert!(now >= then && now < then + TimeDelta::minutes(1), "{now}");
        clock.reset();
        assert!(clock.now() < then - TimeDelta::days(399));
    }
}
