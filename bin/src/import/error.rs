//! Errors that stop an import. An invalid row does not: it is counted.

use std::path::PathBuf;

use sojourn_domain::shared::RepositoryError;

/// Errors that stop an import. Rows stored before the error stay, and are skipped by the next run.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be opened.
    #[error("{} cannot be opened: {cause}", path.display())]
    Open {
        /// Path of the file.
        path: PathBuf,
        /// The error of the operating system.
        #[source]
        cause: std::io::Error,
    },
    /// A file is truncated or is not CSV.
    #[error("{} cannot be read: {cause}", path.display())]
    Read {
        /// Path of the file.
        path: PathBuf,
        /// The error of the CSV parser.
        #[source]
        cause: csv::Error,
    },
    /// A file lacks a required column.
    #[error("{} has no column `{column}`; use the detailed file of Inside Airbnb", path.display())]
    Column {
        /// Path of the file.
        path: PathBuf,
        /// The missing column.
        column: &'static str,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}
