//! Errors that stop an import. An invalid row does not: it is counted.

use std::path::PathBuf;

use sojourn_domain::shared::RepositoryError;

use super::file::wrong_file::WrongFile;

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
    /// A file that cannot be meant. Nothing has been stored.
    #[error("{} {problem}", path.display())]
    WrongFile {
        /// Path of the file.
        path: PathBuf,
        /// Description of the fault and its remedy.
        problem: WrongFile,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}
