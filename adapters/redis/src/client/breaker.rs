//! The circuit breaker, which bypasses Redis while it does not answer.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Consecutive commands without an answer after which the breaker opens.
const FAILURE_THRESHOLD: u32 = 3;

/// The connection, as long as it is trusted.
///
/// A failed invalidation weighs more than a failed read: after it nothing from Redis may be used until everything in
/// it was invalidated. So a new connection is first used for invalidations only (half-open), then everything is
/// invalidated, then it is used for reads (closed): invalidations that failed earlier are covered by the full one, and
/// later ones are sent.
#[derive(Debug)]
pub(crate) struct Breaker<C>(Mutex<Inner<C>>);

#[derive(Debug)]
struct Inner<C> {
    state: State<C>,
    /// Generation of the newest connection. Events of older ones are ignored.
    generation: Generation,
}

/// Number of a connection, counted from the start of the process.
pub(crate) type Generation = u64;

#[derive(Debug)]
enum State<C> {
    /// In use.
    Closed {
        connection: C,
        /// Consecutive commands without an answer.
        failures: u32,
    },
    /// In use for invalidations only.
    HalfOpen { connection: C },
    /// No connection.
    Open { reason: String },
}

impl<C: Clone> Breaker<C> {
    /// A breaker without a connection yet.
    pub(crate) fn open(reason: &str) -> Self {
        Self(Mutex::new(Inner {
            state: State::Open {
                reason: reason.to_owned(),
            },
            generation: 0,
        }))
    }

    /// The connection for reads.
    pub(crate) fn for_reading(&self) -> Option<(C, Generation)> {
        let inner = self.inner();
        match &inner.state {
            State::Closed { connection, .. } => Some((connection.clone(), inner.generation)),
            State::HalfOpen { .. } | State::Open { .. } => None,
        }
    }

    /// The connection for invalidations.
    pub(crate) fn for_invalidation(&self) -> Option<(C, Generation)> {
        let inner = self.inner();
        match &inner.state {
            State::Closed { connection, .. } | State::HalfOpen { connection } => {
                Some((connection.clone(), inner.generation))
            }
            State::Open { .. } => None,
        }
    }

    /// True while the connection is used for reads.
    pub(crate) fn is_closed(&self) -> bool {
        matches!(self.inner().state, State::Closed { .. })
    }

    /// The reason why there is no connection.
    pub(crate) fn reason(&self) -> Option<String> {
        match &self.inner().state {
            State::Open { reason } => Some(reason.clone()),
            State::Closed { .. } | State::HalfOpen { .. } => None,
        }
    }

    /// Records that a command was answered.
    pub(crate) fn answered(&self, generation: Generation) {
        let mut inner = self.inner();
        if generation == inner.generation
            && let State::Closed { failures, .. } = &mut inner.state
        {
            *failures = 0;
        }
    }

    /// Records that a command was not answered in time. True when this opened a closed breaker.
    pub(crate) fn timed_out(&self, generation: Generation, reason: &str) -> bool {
        let mut inner = self.inner();
        if generation != inner.generation {
            return false;
        }
        if let State::Closed { failures, .. } = &mut inner.state
            && *failures + 1 < FAILURE_THRESHOLD
        {
            *failures += 1;
            return false;
        }
        inner.trip(reason)
    }

    /// Records that the connection broke. True when this opened a closed breaker.
    pub(crate) fn disconnected(&self, generation: Generation, reason: &str) -> bool {
        let mut inner = self.inner();
        generation == inner.generation && inner.trip(reason)
    }

    /// Opens the breaker after a failed invalidation, whichever connection it used. True when it was closed.
    pub(crate) fn trip(&self, reason: &str) -> bool {
        self.inner().trip(reason)
    }

    /// Opens the breaker after a failed attempt to connect.
    pub(crate) fn keep_open(&self, reason: &str) {
        self.inner().state = State::Open {
            reason: reason.to_owned(),
        };
    }

    /// Sets a new connection, which is not used for reads yet.
    pub(crate) fn half_open(&self, connection: C) -> Generation {
        let mut inner = self.inner();
        inner.state = State::HalfOpen { connection };
        inner.generation += 1;
        inner.generation
    }

    /// Closes the breaker after everything was invalidated: the connection may be used for reads. False when it failed
    /// concurrently.
    pub(crate) fn close(&self, generation: Generation) -> bool {
        let mut inner = self.inner();
        match &inner.state {
            State::HalfOpen { connection } if generation == inner.generation => {
                inner.state = State::Closed {
                    connection: connection.clone(),
                    failures: 0,
                };
                true
            }
            State::Closed { .. } | State::HalfOpen { .. } | State::Open { .. } => false,
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner<C>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C> Inner<C> {
    /// True when the breaker was closed: then the caller has to reconnect. Otherwise a task is doing so already.
    fn trip(&mut self, reason: &str) -> bool {
        let was_closed = matches!(self.state, State::Closed { .. });
        if !matches!(self.state, State::Open { .. }) {
            self.state = State::Open {
                reason: reason.to_owned(),
            };
        }
        was_closed
    }
}

#[cfg(test)]
#[path = "breaker_tests.rs"]
mod tests;
