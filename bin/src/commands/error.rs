//! Errors of commands.

use std::io;
use std::process::ExitCode;

use sojourn_application::user::CreateAdminError;
use sojourn_domain::shared::RepositoryError;
use sojourn_domain::user::UserCommitError;
use sojourn_persistence::{CopyError, OpenError};

use crate::app::StartError;
use crate::backup::BackupError;
use crate::config::ConfigError;
use crate::import::ImportError;
use crate::seed::SeedError;

/// Errors that end a command.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// A setting is invalid.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The server cannot start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The database cannot be opened or migrated.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
    /// A change of an account could not be stored.
    #[error(transparent)]
    Commit(#[from] UserCommitError),
    /// A backup could not be made, verified or restored.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The data could not be copied.
    #[error("nothing was copied: {0}")]
    Copy(#[from] CopyError),
    /// The import failed.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The generated data could not be stored.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The administrator could not be created.
    #[error(transparent)]
    Admin(#[from] CreateAdminError),
    /// Background work could not be listed.
    #[error(transparent)]
    Jobs(#[from] sojourn_application::access::AdminError),
    /// Background work could not be retried or discarded.
    #[error(transparent)]
    JobDecision(#[from] sojourn_application::jobs::JobDecisionError),
    /// The password of the demo accounts could not be hashed.
    #[error(transparent)]
    Hash(#[from] sojourn_application::ports::HashError),
    /// A rule of the marketplace refused a step of the demo: a defect of the demo.
    #[error("the demo could not be prepared: {step}: {cause}")]
    Demo {
        /// The step.
        step: &'static str,
        /// The refusal.
        cause: String,
    },
    /// Standard input holds no password.
    #[error(
        "no password on standard input; example: sojourn admin create --email ana@example.org < password.txt"
    )]
    NoPassword,
    /// The SQLite file does not exist.
    #[error("no database at {0}; set DATABASE_URL, or SOJOURN_DATA_DIR for its folder")]
    DatabaseNotFound(String),
    /// An I/O error of the operating system.
    #[error("{what}: {error}")]
    Io {
        /// The operation or file.
        what: String,
        /// The error of the operating system.
        error: io::Error,
    },
}

impl CommandError {
    /// Exit code of a file that cannot be meant.
    const WRONG_FILE: u8 = 2;

    /// Exit code of the error, if it has one of its own.
    #[must_use]
    pub fn exit_code(&self) -> Option<ExitCode> {
        match self {
            Self::Import(ImportError::WrongFile { .. }) => Some(ExitCode::from(Self::WRONG_FILE)),
            _ => None,
        }
    }

    /// Adapter for `map_err` that names the operation.
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |error| Self::Io { what, error }
    }
}
