//! The lists of a request that are being read.

use std::sync::Arc;

use tokio::sync::{oneshot, watch};

/// Counts the lists that a request is reading, so that what belongs to their items is read for all of them together.
#[derive(Debug, Clone)]
pub(crate) struct ListReads(Arc<watch::Sender<usize>>);

impl Default for ListReads {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }
}

/// A list that is being read, until this is dropped. It must not be held while a batch is awaited, which waits for it.
#[derive(Debug)]
pub(crate) struct ListRead(ListReads);

impl Drop for ListRead {
    fn drop(&mut self) {
        self.0.0.send_modify(|count| *count -= 1);
    }
}

impl ListReads {
    /// Begins to read a list.
    pub(crate) fn begin(&self) -> ListRead {
        self.0.send_modify(|count| *count += 1);
        ListRead(self.clone())
    }

    /// Waits until no list is being read, and one turn more, in which the items ask for what belongs to them; true if
    /// no list is being read then.
    pub(super) async fn have_ended_a_turn_ago(&self) -> bool {
        // The sender lives as long as `self`, so that waiting cannot fail.
        let mut count = self.0.subscribe();
        let ended = count.wait_for(|count| *count == 0).await.is_ok();
        debug_assert!(ended, "the sender lives");
        turn().await;
        *self.0.borrow() == 0
    }
}

/// Waits until a task that is queued behind the request's has had its turn. Yielding in the batch itself would not do,
/// as every field polls it.
async fn turn() {
    let (end, ended) = oneshot::channel::<()>();
    tokio::spawn(async move {
        tokio::task::yield_now().await;
        drop(end);
    });
    let _dropped = ended.await;
}
