//! The state of one connection.

use std::io;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::{Arc, Mutex};
use std::task::Context;
use std::time::{Duration, Instant};

use futures_util::task::AtomicWaker;

use super::lock;

/// Period in which the rest of an unread body is received and discarded, so that a client that is still
/// sending can read the response.
pub(super) const LINGER: Duration = Duration::from_secs(1);

/// Period in which a client has to take a part of a response that is ready for it.
pub(super) const UNREAD_PATIENCE: Duration = Duration::from_secs(10);

/// State of a connection. The HTTP library closes connections whose first request head does not arrive or that are idle
/// after a response, but not those that send a later head byte by byte, do not read their response, or keep sending an
/// unwanted chunked body.
pub(crate) struct Connection {
    /// Start of the wait for the client; `None` while a request is being handled.
    waiting_since: Mutex<Option<Instant>>,
    /// Start of the wait until the client takes more of a response.
    unread_since: Mutex<Option<Instant>>,
    /// True if the last response was sent before the whole request had arrived.
    abandoned: AtomicBool,
    is_ended: AtomicBool,
    /// The task that serves the connection.
    task: AtomicWaker,
}

/// Guard of a request that is being handled; while it exists, the connection does not count as waiting.
pub(crate) struct InFlight(Arc<Connection>);

impl Connection {
    /// A new connection, which waits for its first request.
    pub(super) fn new() -> Self {
        Self {
            waiting_since: Mutex::new(Some(Instant::now())),
            unread_since: Mutex::new(None),
            abandoned: AtomicBool::new(false),
            is_ended: AtomicBool::new(false),
            task: AtomicWaker::new(),
        }
    }

    /// Marks the start of a request.
    pub(crate) fn begin_request(self: &Arc<Self>) -> InFlight {
        *lock(&self.waiting_since) = None;
        InFlight(Arc::clone(self))
    }

    /// Sets the start of the wait until the client takes more of a response.
    pub(super) fn set_unread(&self, since: Option<Instant>) {
        *lock(&self.unread_since) = since;
    }

    /// True if the client keeps the server waiting for longer than `patience`, or does not read a response.
    pub(super) fn is_overdue(&self, patience: Duration) -> bool {
        let patience = if self.abandoned.load(Relaxed) {
            patience.min(LINGER)
        } else {
            patience
        };
        let longer_than = |since: &Mutex<Option<Instant>>, patience| {
            lock(since).is_some_and(|since| since.elapsed() >= patience)
        };
        longer_than(&self.waiting_since, patience)
            || longer_than(&self.unread_since, UNREAD_PATIENCE)
    }

    /// Ends the connection: its task fails with the next read or write.
    pub(super) fn end(&self) {
        self.is_ended.store(true, Release);
        self.task.wake();
    }

    /// Has the current task woken when the connection is ended.
    pub(super) fn wake_at_end(&self, context: &Context<'_>) {
        self.task.register(context.waker());
    }

    /// Fails once the connection is ended.
    pub(super) fn check(&self) -> io::Result<()> {
        if self.is_ended.load(Acquire) {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(())
    }
}

impl InFlight {
    /// Marks the connection to be closed soon after the response.
    pub(crate) fn abandon(&self) {
        self.0.abandoned.store(true, Relaxed);
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        *lock(&self.0.waiting_since) = Some(Instant::now());
    }
}
