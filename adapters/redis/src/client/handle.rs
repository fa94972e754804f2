//! The handle of a Redis server and its options.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::connection::Client;
use super::url;

/// A Redis server. Clones share one connection.
#[derive(Clone)]
pub struct Redis(Arc<Client>);

/// Options of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RedisOptions {
    /// Deadline of a command.
    pub timeout: Duration,
}

impl Default for RedisOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_millis(50),
        }
    }
}

/// Failure to connect to Redis. It does not contain the URL, which may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// The URL is invalid, for this reason.
    #[error("not of the form redis://[user:password@]host[:port][/database]: {0}")]
    InvalidUrl(&'static str),
    /// The server does not answer or rejects the client, with the error of the server or the network.
    #[error("Redis does not answer: {0}")]
    Unavailable(String),
}

impl Redis {
    /// Parses `redis://[user:password@]host[:port][/database]` and starts connecting in the background. The server may
    /// start later, or stop and restart. All cached values in it are invalidated after each connect, because changes
    /// in the meantime are unknown.
    ///
    /// # Errors
    /// [`ConnectError::InvalidUrl`].
    ///
    /// # Panics
    /// Outside of a tokio runtime. The connection is driven by this runtime.
    pub fn connect(url: &str, options: RedisOptions) -> Result<Self, ConnectError> {
        let client = url::parse(url).map_err(ConnectError::InvalidUrl)?;
        Ok(Self(Client::start(client, options.timeout)))
    }

    /// Waits until the server answers, at most for `timeout`.
    ///
    /// # Errors
    /// [`ConnectError::Unavailable`].
    pub async fn ping(&self, timeout: Duration) -> Result<(), ConnectError> {
        match tokio::time::timeout(timeout, self.0.wait_until_up()).await {
            Ok(()) => Ok(()),
            Err(_) => Err(ConnectError::Unavailable(self.0.down_reason())),
        }
    }

    pub(crate) fn into_client(self) -> Arc<Client> {
        self.0
    }
}

impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
