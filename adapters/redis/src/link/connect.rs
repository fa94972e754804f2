//! A Redis server, and how long to wait for it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::address;
use super::connection::Link;

/// A Redis server. Clones share one connection.
#[derive(Clone)]
pub struct Redis(Arc<Link>);

/// How Redis is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RedisOptions {
    /// For how long one waits for the answer to a command.
    pub timeout: Duration,
}

impl Default for RedisOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_millis(50),
        }
    }
}

/// Why there is no Redis. The URL is not repeated: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// The URL names no server; what is wrong with it.
    #[error("not of the form redis://[user:password@]host[:port][/number]: {0}")]
    Url(&'static str),
    /// The server does not answer, or refuses us; what it or the network says.
    #[error("Redis does not answer: {0}")]
    Away(String),
}

impl Redis {
    /// Reads `redis://[user:password@]host[:port][/number]` and begins to look for the server, which may come later, and
    /// go and come again. Everything in it that is kept for us is forgotten each time it comes: nobody knows what changed
    /// meanwhile.
    ///
    /// # Errors
    /// [`ConnectError::Url`].
    ///
    /// # Panics
    /// Outside of a tokio runtime. It is looked for, and its connection is served, on this one.
    pub fn connect(url: &str, options: RedisOptions) -> Result<Self, ConnectError> {
        let client = address::client(url).map_err(ConnectError::Url)?;
        Ok(Self(Link::start(client, options.timeout)))
    }

    /// Waits until the server answers, at most for so long.
    ///
    /// # Errors
    /// [`ConnectError::Away`].
    pub async fn ping(&self, patience: Duration) -> Result<(), ConnectError> {
        match tokio::time::timeout(patience, self.0.answers()).await {
            Ok(()) => Ok(()),
            Err(_) => Err(ConnectError::Away(self.0.why())),
        }
    }

    pub(crate) fn into_link(self) -> Arc<Link> {
        self.0
    }
}

impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
