//! Turns at work that takes a core: so many at a time, so many waiting, and the others sent away at once.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Gives turns.
#[derive(Clone)]
pub(crate) struct Turns {
    running: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
}

/// Given back when it is dropped: when the work ends, which may be after its caller went away.
pub(crate) struct Turn {
    _running: OwnedSemaphorePermit,
    _admitted: OwnedSemaphorePermit,
}

impl Turns {
    /// `parallel` at a time, and for each of these `waiting_each` more that wait.
    pub(crate) fn new(parallel: usize, waiting_each: usize) -> Self {
        let admitted = parallel
            .saturating_mul(waiting_each.saturating_add(1))
            .min(Semaphore::MAX_PERMITS);
        Self {
            running: Arc::new(Semaphore::new(parallel)),
            admitted: Arc::new(Semaphore::new(admitted)),
        }
    }

    /// A turn when it comes, or `None` at once when too many wait. Who goes away while it waits gives its place back.
    pub(crate) async fn take(&self) -> Option<Turn> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().ok()?;
        let running = Arc::clone(&self.running).acquire_owned().await.ok()?;
        Some(Turn {
            _running: running,
            _admitted: admitted,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::task::Poll;

    use super::*;

    #[tokio::test]
    async fn sends_away_who_would_wait_too_long() {
        let turns = Turns::new(1, 40);
        let first = turns.take().await.unwrap();
        let waiting: Vec<_> = (0..40)
            .map(|_| {
                let turns = turns.clone();
                tokio::spawn(async move { turns.take().await.is_some() })
            })
            .collect();
        tokio::task::yield_now().await;
        assert!(turns.take().await.is_none());
        drop(first);
        for turn in waiting {
            assert!(turn.await.unwrap());
        }
        assert!(turns.take().await.is_some());
    }

    #[tokio::test]
    async fn who_goes_away_gives_the_place_back() {
        let turns = Turns::new(1, 1);
        let first = turns.take().await.unwrap();
        let mut leaving = Box::pin(turns.take());
        poll_fn(|context| {
            assert!(leaving.as_mut().poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
        assert!(turns.take().await.is_none());
        drop(leaving);
        let (second, ()) = tokio::join!(turns.take(), async { drop(first) });
        assert!(second.is_some());
    }
}
