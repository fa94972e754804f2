//! Errors of backups.

use std::io;

use sojourn_domain::shared::RepositoryError;
use sojourn_persistence::OpenError;

use crate::config::ConfigError;
use crate::wiring::StartError;

/// Reasons for which a backup cannot be made, verified or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file cannot be read or written.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: String,
        /// The error of the operating system.
        error: io::Error,
    },
    /// A tool of the database is missing or failed.
    #[error("{tool}: {reason}")]
    Tool {
        /// The tool.
        tool: &'static str,
        /// Its complaint.
        reason: String,
    },
    /// There is no backup, or none of this name.
    #[error("no backup {name} in {folder}; `sojourn backup list` shows all")]
    NotFound {
        /// The name.
        name: String,
        /// The folder of the backups.
        folder: String,
    },
    /// The backup is not complete or was changed.
    #[error("{name} is damaged: {reason}; nothing was changed, use another backup")]
    Damaged {
        /// The backup.
        name: String,
        /// The difference.
        reason: String,
    },
    /// The backup does not fit this database or version.
    #[error("{name} {reason}; nothing was changed")]
    Unsuitable {
        /// The backup.
        name: String,
        /// The difference and the remedy.
        reason: String,
    },
    /// The target holds data.
    #[error("{target} is not empty: --force replaces it")]
    NotEmpty {
        /// The database or file.
        target: String,
    },
    /// The restored database has inconsistencies.
    #[error(
        "{name} was restored to a scratch database and has {findings} inconsistencies: restore it elsewhere and run sojourn doctor"
    )]
    Inconsistent {
        /// The backup.
        name: String,
        /// Number of findings.
        findings: usize,
    },
    /// A setting is invalid.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database cannot be used.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl BackupError {
    /// Adapter for `map_err` that names the file.
    pub(super) fn file(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.display().to_string();
        move |error| Self::File { path, error }
    }
}
