//! Delays between attempts.

use chrono::{DateTime, TimeDelta, Utc};

/// Exponential backoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// Delay after the first failure; doubled after each further one.
    pub first: TimeDelta,
    /// Upper limit of the delay.
    pub longest: TimeDelta,
    /// Number of attempts after which the work is set aside; `None` if it is retried for ever.
    pub attempts: Option<u32>,
}

impl Backoff {
    /// The same delay after every failure, without a last attempt.
    #[must_use]
    pub const fn constant(delay: TimeDelta) -> Self {
        Self {
            first: delay,
            longest: delay,
            attempts: None,
        }
    }

    /// Timestamp of the next attempt after this number of failures, at least one; `None` after the
    /// last attempt.
    #[must_use]
    pub fn retry_at(&self, failures: u32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.attempts.is_some_and(|attempts| failures >= attempts) {
            return None;
        }
        let doublings = failures.saturating_sub(1).min(20);
        let delay = self.first * 2_i32.saturating_pow(doublings);
        Some(now + delay.min(self.longest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::now;

    #[test]
    fn delays_double_up_to_a_limit_and_end() {
        let backoff = Backoff {
            first: TimeDelta::seconds(15),
            longest: TimeDelta::seconds(50),
            attempts: Some(5),
        };
        let delays =
            [1, 2, 3, 4].map(|failures| backoff.retry_at(failures, now()).unwrap() - now());
        assert_eq!(delays.map(|delay| delay.num_seconds()), [15, 30, 50, 50]);
        assert_eq!(backoff.retry_at(5, now()), None);
        let constant = Backoff::constant(TimeDelta::seconds(5));
        let far = constant.retry_at(u32::MAX, now()).unwrap();
        assert_eq!(far - now(), TimeDelta::seconds(5));
    }
}
