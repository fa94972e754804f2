//! Why an import stops. A bad row does not stop it: it is counted.

use std::path::PathBuf;

use sojourn_domain::shared::StoreError;

/// Why an import stops. What was loaded before stays, and is passed over when it is run again.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be opened.
    #[error("{} cannot be opened: {cause}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// A file breaks off, or is no CSV.
    #[error("{} cannot be read on: {cause}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: csv::Error,
    },
    /// A file lacks a column that is needed.
    #[error("{} has no column `{column}`; is it the right file of Inside Airbnb, the detailed one?", path.display())]
    Column {
        /// The file.
        path: PathBuf,
        /// The column.
        column: &'static str,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
