//! The time limit of statements that read.
//!
//! The interface runs a request [`within`] its limit, which is the shorter the less is known about the caller. Queries
//! apply the [`current`] limit to each statement; work without one, such as that of the worker, has the limit of the
//! database's connections.

use std::time::Duration;

/// Limit of requests without a token.
pub const ANONYMOUS: Duration = Duration::from_secs(2);

/// Limit of requests with a token.
pub const AUTHENTICATED: Duration = Duration::from_secs(8);

tokio::task_local! {
    static CURRENT: Duration;
}

/// Runs work whose statements that read end after the limit.
pub async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> T {
    CURRENT.scope(limit, work).await
}

/// The limit of the current task, if it has one.
#[must_use]
pub fn current() -> Option<Duration> {
    CURRENT.try_with(Clone::clone).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_limit_applies_to_its_work_only() {
        assert_eq!(current(), None);
        let limit = within(ANONYMOUS, async { current() }).await;
        assert_eq!(limit, Some(ANONYMOUS));
        assert_eq!(current(), None);
    }
}
