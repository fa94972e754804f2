//! Why a command fails.

use std::io;

use sojourn_application::user::CreateAdminError;
use sojourn_domain::shared::{CommitError, StoreError};
use sojourn_persistence::OpenError;

use crate::app::StartError;
use crate::config::ConfigError;
use crate::import::ImportError;
use crate::seed::SeedError;

/// What the program says before it ends with a failure.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// A setting is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// It does not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The database cannot be opened or migrated.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database did not take a change.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// Files could not be loaded.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The synthetic marketplace could not be stored.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// No operator was made.
    #[error(transparent)]
    Admin(#[from] CreateAdminError),
    /// The passwords of the demo could not be hashed.
    #[error(transparent)]
    Hash(#[from] sojourn_application::ports::HashError),
    /// Nothing was given where a password was expected.
    #[error(
        "a password is expected on standard input, for example: sojourn admin create --email … < password.txt"
    )]
    NoPassword,
    /// There is no such database.
    #[error(
        "there is no database at {0}: name it with DATABASE_URL, or its folder with SOJOURN_DATA_DIR"
    )]
    NothingToExamine(String),
    /// The system refused something.
    #[error("{what}: {error}")]
    Io {
        /// What was tried.
        what: String,
        /// What the system says.
        error: io::Error,
    },
}

impl CommandError {
    /// For `map_err`: names what was tried.
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |error| Self::Io { what, error }
    }
}
