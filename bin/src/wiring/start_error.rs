//! Errors of starting the server or a command.

use std::io;
use std::net::SocketAddr;

use sojourn_domain::shared::RepositoryError;
use sojourn_metrics::MetricsError;
use sojourn_persistence::OpenError;

use crate::config::{ConfigError, DatabaseUrl};

/// Reasons for which the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting is invalid.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database cannot be opened.
    #[error(transparent)]
    Database(#[from] OpenError),
    /// The database schema is older than this version needs.
    #[error("{database}: pending migrations: {missing} (run: sojourn migrate)")]
    PendingMigrations {
        /// The database, without its password.
        database: DatabaseUrl,
        /// Number of pending migrations.
        missing: usize,
    },
    /// The database schema is newer than this version knows.
    #[error(
        "{database}: a newer version has migrated it ({unknown} migrations are unknown to this one): start that version, \
         or restore a backup from before the upgrade"
    )]
    NewerSchema {
        /// The database, without its password.
        database: DatabaseUrl,
        /// Number of unknown migrations.
        unknown: usize,
    },
    /// The database server does not answer.
    #[error("{database}: {reason} ({advice})")]
    Unreachable {
        /// The database, without its password.
        database: DatabaseUrl,
        /// The error of the client.
        reason: String,
        /// The remedy.
        advice: &'static str,
    },
    /// The database server would lose data.
    #[error("{database}: {}", problems.join("; "))]
    UnsafeServer {
        /// The database, without its password.
        database: DatabaseUrl,
        /// Problems of its settings, each with the change that is needed.
        problems: Vec<String>,
    },
    /// The metrics cannot be registered.
    #[error(transparent)]
    Metrics(#[from] MetricsError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
    /// The listening socket cannot be opened.
    #[error(
        "cannot listen on {address}: {error} (choose another address with SOJOURN_LISTEN; port 0 picks a free one)"
    )]
    Listen {
        /// The configured address.
        address: SocketAddr,
        /// The error of the operating system.
        error: io::Error,
    },
    /// The listening socket of the metrics cannot be opened.
    #[error(
        "cannot listen on {address} for metrics: {error} (choose another address with SOJOURN_METRICS_LISTEN)"
    )]
    ListenMetrics {
        /// The configured address.
        address: SocketAddr,
        /// The error of the operating system.
        error: io::Error,
    },
    /// A thread or the async runtime cannot be started.
    #[error("cannot start: {0}")]
    Runtime(String),
}
