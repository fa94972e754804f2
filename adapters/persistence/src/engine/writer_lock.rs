//! The queue of the writers of a database that has one writer at a time.

use std::cell::OnceCell;
use std::sync::{Arc, Mutex, PoisonError};

thread_local! {
    static WRITERS: OnceCell<Arc<Mutex<()>>> = const { OnceCell::new() };
}

/// Makes this thread's writers wait for one another in memory: the waiting of SQLite is a sleep in which others
/// overtake.
pub(crate) fn serialize_writers(writers: Arc<Mutex<()>>) {
    WRITERS.with(|cell| {
        let _already_set = cell.set(writers);
    });
}

/// Runs work while no other writer of these threads runs.
pub(crate) fn alone<T>(work: impl FnOnce() -> T) -> T {
    let writers = WRITERS.with(|cell| cell.get().cloned());
    let _guard = writers
        .as_ref()
        .map(|lock| lock.lock().unwrap_or_else(PoisonError::into_inner));
    work()
}
