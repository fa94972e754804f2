//! The current try of a request with an idempotency key.
//!
//! The interface runs the request [`within`] its [`Attempt`]. Every repository stores, in the transaction of a commit,
//! the [`Outcome`] of the [`current`] attempt, and refuses the commit if a later attempt of the same key has taken
//! over. A use case that finds a [`prior`] outcome answers with the resource as its first try would have, and does not
//! decide again.

use std::sync::Arc;

use crate::ports::{Attempt, Outcome};

tokio::task_local! {
    static CURRENT: Option<Arc<Attempt>>;
}

/// Runs work as an attempt.
pub async fn within<T>(attempt: Arc<Attempt>, work: impl Future<Output = T>) -> T {
    CURRENT.scope(Some(attempt), work).await
}

/// Runs work that belongs to no attempt: its commits are no outcome, and it may run any number of times.
pub(crate) async fn outside<T>(work: impl Future<Output = T>) -> T {
    CURRENT.scope(None, work).await
}

/// Work to run in another task, as the attempt of this one.
pub(crate) fn in_other_task<F: Future>(work: F) -> impl Future<Output = F::Output> + use<F> {
    CURRENT.scope(current(), work)
}

/// The attempt as which the current task runs; `None` without an idempotency key.
#[must_use]
pub fn current() -> Option<Arc<Attempt>> {
    CURRENT.try_with(Clone::clone).ok().flatten()
}

/// The outcome that an earlier try of the current request committed.
pub(crate) fn prior() -> Option<Outcome> {
    current().and_then(|attempt| attempt.prior.clone())
}

/// True if an earlier try of the current request committed its work.
pub(crate) fn is_done() -> bool {
    current().is_some_and(|attempt| attempt.prior.is_some())
}

/// The version that the caller expects; none if an earlier try of the request has changed it.
pub(crate) fn expected_version(expected: Option<i64>) -> Option<i64> {
    expected.filter(|_| !is_done())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ports::OutcomeKind;

    fn attempt(prior: Option<Outcome>) -> Arc<Attempt> {
        Arc::new(Attempt {
            scope: "anna".into(),
            key: "k".into(),
            id: Uuid::nil(),
            prior,
        })
    }

    #[tokio::test]
    async fn an_attempt_is_current_within_its_work_only() {
        let done = Outcome::new(OutcomeKind::Booking, Uuid::nil());
        assert_eq!(current(), None);
        within(attempt(Some(done.clone())), async {
            assert_eq!(prior(), Some(done));
            assert_eq!(expected_version(Some(1)), None);
            outside(async { assert_eq!(current(), None) }).await;
            assert!(is_done());
            let other = in_other_task(async { is_done() });
            assert!(tokio::spawn(other).await.unwrap());
            assert!(!tokio::spawn(async { is_done() }).await.unwrap());
        })
        .await;
        within(attempt(None), async {
            assert!(current().is_some() && !is_done());
            assert_eq!(expected_version(Some(1)), Some(1));
        })
        .await;
        assert_eq!(current(), None);
    }
}
