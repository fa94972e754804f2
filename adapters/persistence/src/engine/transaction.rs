//! Transactions.

use diesel::connection::{AnsiTransactionManager, Connection, TransactionManager};
use diesel::result::{Error, QueryResult};

use super::connection::AnyConnection;
use super::errors::TxError;
use super::writer_lock;
use crate::dialect::macros::with_connection;

type Manager = <AnyConnection as Connection>::TransactionManager;

/// Runs statements that only read, over one unchanging state of the database.
pub(crate) fn read_tx<T, E: From<TxError>>(
    connection: &mut AnyConnection,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, TxError>,
) -> Result<T, E> {
    let begin = connection.dialect().begin_read();
    run(connection, begin, work).map_err(E::from)
}

/// Runs a transaction that writes, without repeating it.
pub(crate) fn try_write_tx<T>(
    connection: &mut AnyConnection,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, TxError>,
) -> Result<T, TxError> {
    let begin = connection.dialect().begin_write();
    if connection.dialect().has_single_writer() {
        writer_lock::alone(|| run(connection, begin, work))
    } else {
        run(connection, begin, work)
    }
}

fn run<T>(
    connection: &mut AnyConnection,
    begin: &str,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, TxError>,
) -> Result<T, TxError> {
    begin_transaction(connection, begin)?;
    match work(connection) {
        Ok(value) => {
            Manager::commit_transaction(connection)?;
            Ok(value)
        }
        Err(error) => {
            roll_back(connection);
            Err(error)
        }
    }
}

fn begin_transaction(connection: &mut AnyConnection, statement: &str) -> QueryResult<()> {
    with_connection!(connection, c => AnsiTransactionManager::begin_transaction_sql(c, statement))
}

fn roll_back(connection: &mut AnyConnection) {
    match Manager::rollback_transaction(connection) {
        Ok(()) | Err(Error::BrokenTransactionManager) => {}
        Err(error) => tracing::warn!(%error, "a transaction could not be rolled back"),
    }
}
