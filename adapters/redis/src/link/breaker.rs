//! Passes Redis over while it does not answer.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many commands in a row without an answer, and no more are sent.
const TOO_MANY: u32 = 3;

/// The connection, as long as it can be trusted.
///
/// What could not be announced (something changed, forget it) weighs more than what could not be read: after it nothing
/// from Redis counts until everything in it was forgotten. So a connection that comes is first used for announcing
/// alone, then everything is forgotten, then it is used for reading: what failed to be announced before is covered by
/// the forgetting, and what is announced after it gets through.
#[derive(Debug)]
pub(crate) struct Breaker<C>(Mutex<Inner<C>>);

#[derive(Debug)]
struct Inner<C> {
    state: State<C>,
    /// Of the newest connection. What befalls an older one says nothing of it.
    turn: Turn,
}

/// Which connection it was.
pub(crate) type Turn = u64;

#[derive(Debug)]
enum State<C> {
    /// In use. So many commands in a row got no answer.
    Closed { connection: C, failures: u32 },
    /// There, and used for announcing alone.
    HalfOpen { connection: C },
    /// Not there.
    Open { why: String },
}

impl<C: Clone> Breaker<C> {
    /// Without a connection yet.
    pub(crate) fn open(why: &str) -> Self {
        Self(Mutex::new(Inner {
            state: State::Open {
                why: why.to_owned(),
            },
            turn: 0,
        }))
    }

    /// The connection for reading.
    pub(crate) fn for_reading(&self) -> Option<(C, Turn)> {
        let inner = self.inner();
        match &inner.state {
            State::Closed { connection, .. } => Some((connection.clone(), inner.turn)),
            State::HalfOpen { .. } | State::Open { .. } => None,
        }
    }

    /// The connection for announcing.
    pub(crate) fn for_announcing(&self) -> Option<(C, Turn)> {
        let inner = self.inner();
        match &inner.state {
            State::Closed { connection, .. } | State::HalfOpen { connection } => {
                Some((connection.clone(), inner.turn))
            }
            State::Open { .. } => None,
        }
    }

    /// Whether it is used for reading.
    pub(crate) fn is_closed(&self) -> bool {
        matches!(self.inner().state, State::Closed { .. })
    }

    /// Why there is no connection.
    pub(crate) fn why(&self) -> Option<String> {
        match &self.inner().state {
            State::Open { why } => Some(why.clone()),
            State::Closed { .. } | State::HalfOpen { .. } => None,
        }
    }

    /// A command was answered.
    pub(crate) fn answered(&self, of: Turn) {
        let mut inner = self.inner();
        if of == inner.turn
            && let State::Closed { failures, .. } = &mut inner.state
        {
            *failures = 0;
        }
    }

    /// A command was not answered in time. True when this is why the connection is given up.
    pub(crate) fn failed(&self, of: Turn, why: &str) -> bool {
        let mut inner = self.inner();
        if of != inner.turn {
            return false;
        }
        if let State::Closed { failures, .. } = &mut inner.state
            && *failures + 1 < TOO_MANY
        {
            *failures += 1;
            return false;
        }
        inner.give_up(why)
    }

    /// The connection broke. True when this is why it is given up.
    pub(crate) fn broke(&self, of: Turn, why: &str) -> bool {
        let mut inner = self.inner();
        of == inner.turn && inner.give_up(why)
    }

    /// Something could not be announced, whichever connection it was. True when this is why it is given up.
    pub(crate) fn distrust(&self, why: &str) -> bool {
        self.inner().give_up(why)
    }

    /// There is still none, and this is why.
    pub(crate) fn stay_open(&self, why: &str) {
        self.inner().state = State::Open {
            why: why.to_owned(),
        };
    }

    /// There is a connection again. It is not used for reading yet.
    pub(crate) fn half_close(&self, connection: C) -> Turn {
        let mut inner = self.inner();
        inner.state = State::HalfOpen { connection };
        inner.turn += 1;
        inner.turn
    }

    /// Everything was forgotten: the connection may be used for reading. False when it was given up meanwhile.
    pub(crate) fn close(&self, of: Turn) -> bool {
        let mut inner = self.inner();
        match &inner.state {
            State::HalfOpen { connection } if of == inner.turn => {
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
    /// True when it was in use: then somebody has to look for a new one.
    fn give_up(&mut self, why: &str) -> bool {
        let (gone, used) = match self.state {
            State::Closed { .. } => (true, true),
            State::HalfOpen { .. } => (true, false),
            State::Open { .. } => (false, false),
        };
        if gone {
            self.state = State::Open {
                why: why.to_owned(),
            };
        }
        used
    }
}

#[cfg(test)]
#[path = "breaker_tests.rs"]
mod tests;
