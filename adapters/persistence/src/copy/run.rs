//! Copying the tables in two transactions: one that reads, and one that writes everything or nothing.

use diesel::result::Error;
use sojourn_domain::shared::RepositoryError;

use super::order::TABLES;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::engine::transaction::{read_tx, try_write_tx};
use crate::schema::copied_table::CopiedTable;

/// Is told of the progress.
pub trait CopyProgress {
    /// A table is being copied.
    fn copying(&self, table: &'static str);

    /// The rows of a table are being compared.
    fn comparing(&self, table: &'static str);

    /// That many more rows were copied or compared.
    fn advance(&self, rows: u64);
}

/// Errors of copying. Nothing was copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The target has data.
    #[error("{0} of the target has rows; copy into a new database")]
    NotEmpty(&'static str),
    /// The target stores other rows than those that were read.
    #[error(
        "the rows of {table} differ: {read} were read, {stored} are stored, or their checksums differ"
    )]
    Differs {
        /// The table.
        table: &'static str,
        /// Number of rows of the source.
        read: u64,
        /// Number of rows of the target.
        stored: u64,
    },
    /// A database failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl From<TxError> for CopyError {
    fn from(error: TxError) -> Self {
        Self::Store(error.into())
    }
}

/// The number of rows of each table.
pub type CopiedRows = Vec<(&'static str, u64)>;

impl Database {
    /// Copies all data of another database, as it is at the start, into this one, which has the same schema and no
    /// data. Every table is compared by a checksum before the copy is committed. Blocks; the heartbeats of workers are
    /// left out.
    ///
    /// # Errors
    /// [`CopyError`].
    pub fn copy_from(
        &self,
        source: &Self,
        progress: &dyn CopyProgress,
    ) -> Result<CopiedRows, CopyError> {
        let mut from = source.connection()?;
        let mut to = self.connection()?;
        let mut refusal = None;
        let copied: Result<_, TxError> = read_tx(&mut from, |from| {
            try_write_tx(&mut to, |to| {
                copy_all(from, to, progress).map_err(|error| {
                    refusal = Some(error);
                    TxError::Db(Error::RollbackTransaction)
                })
            })
        });
        match refusal {
            Some(error) => Err(error),
            None => Ok(copied?),
        }
    }
}

fn copy_all(
    from: &mut AnyConnection,
    to: &mut AnyConnection,
    progress: &dyn CopyProgress,
) -> Result<CopiedRows, CopyError> {
    let copy = |table: &&dyn CopiedTable| Ok((table.name(), copy(*table, from, to, progress)?));
    TABLES.iter().map(copy).collect()
}

fn copy(
    table: &dyn CopiedTable,
    from: &mut AnyConnection,
    to: &mut AnyConnection,
    progress: &dyn CopyProgress,
) -> Result<u64, CopyError> {
    if !table.is_empty(to).map_err(TxError::from)? {
        return Err(CopyError::NotEmpty(table.name()));
    }
    let mut advance = |rows| progress.advance(rows);
    progress.copying(table.name());
    let read = table.copy(from, to, &mut advance).map_err(TxError::from)?;
    progress.comparing(table.name());
    let stored = table.checksum(to, &mut advance).map_err(TxError::from)?;
    if read == stored {
        return Ok(read.rows);
    }
    Err(CopyError::Differs {
        table: table.name(),
        read: read.rows,
        stored: stored.rows,
    })
}
