//! Where the two databases differ: transactions, row locks, batches.

use std::cell::OnceCell;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::connection::{AnsiTransactionManager, Connection, TransactionManager};
use diesel::result::{Error, QueryResult};

use crate::connection::AnyConnection;
use crate::errors::{TxError, is_transient};

/// How often a transaction is tried that was ended for the sake of another.
const ATTEMPTS: u32 = 8;

/// After so long it is not tried again: SQLite's own time limit is part of each attempt.
const PATIENCE: Duration = Duration::from_secs(8);

thread_local! {
    static WRITERS: OnceCell<Arc<Mutex<()>>> = const { OnceCell::new() };
}

/// Lets this thread's writers of SQLite queue in memory: SQLite has one writer at a time, and its own waiting is a
/// sleep in which others overtake.
pub(crate) fn share_writers(writers: Arc<Mutex<()>>) {
    WRITERS.with(|cell| {
        let _kept = cell.set(writers);
    });
}

/// Runs statements with the underlying connection, whichever it is: `each!(conn, c => statement.execute(c))`.
macro_rules! each {
    ($connection:expr, $inner:ident => $body:expr) => {
        match $connection {
            $crate::connection::AnyConnection::Postgres($inner) => $body,
            $crate::connection::AnyConnection::Sqlite($inner) => $body,
        }
    };
}
pub(crate) use each;

/// Runs a transaction that writes. It is run again, at most eight times, when the database ended it for another's
/// sake, so the closure must do nothing but ask the database. On SQLite it holds the write lock from its beginning,
/// so that nothing it reads can change under it; on PostgreSQL it reads what is committed (READ COMMITTED).
pub(crate) fn write_tx<T, E: From<TxError>>(
    connection: &mut AnyConnection,
    mut work: impl FnMut(&mut AnyConnection) -> Result<T, TxError>,
) -> Result<T, E> {
    let started = Instant::now();
    let mut pause = Duration::from_millis(1);
    for _ in 1..ATTEMPTS {
        match attempt(connection, Kind::Write, &mut work) {
            Err(TxError::Db(error)) if is_transient(&error) && started.elapsed() < PATIENCE => {
                tracing::debug!(%error, "a transaction is run again");
                std::thread::sleep(pause);
                pause *= 2;
            }
            done => return done.map_err(E::from),
        }
    }
    attempt(connection, Kind::Write, &mut work).map_err(E::from)
}

/// Runs statements that only read, over one unchanging state of the database.
pub(crate) fn read_tx<T, E: From<TxError>>(
    connection: &mut AnyConnection,
    mut work: impl FnMut(&mut AnyConnection) -> Result<T, TxError>,
) -> Result<T, E> {
    attempt(connection, Kind::Read, &mut work).map_err(E::from)
}

#[derive(Clone, Copy)]
enum Kind {
    Read,
    Write,
}

fn attempt<T>(
    connection: &mut AnyConnection,
    kind: Kind,
    work: &mut impl FnMut(&mut AnyConnection) -> Result<T, TxError>,
) -> Result<T, TxError> {
    let writers = match (kind, &*connection) {
        (Kind::Write, AnyConnection::Sqlite(_)) => WRITERS.with(|cell| cell.get().cloned()),
        _ => None,
    };
    let _turn = writers
        .as_ref()
        .map(|lock| lock.lock().unwrap_or_else(PoisonError::into_inner));
    begin(connection, kind)?;
    match work(connection) {
        Ok(value) => Manager::commit_transaction(connection)
            .map(|()| value)
            .map_err(TxError::from),
        Err(error) => match Manager::rollback_transaction(connection) {
            Ok(()) | Err(Error::BrokenTransactionManager) => Err(error),
            Err(rollback) => {
                tracing::warn!(error = %rollback, "a transaction could not be rolled back");
                Err(error)
            }
        },
    }
}

type Manager = <AnyConnection as Connection>::TransactionManager;

fn begin(connection: &mut AnyConnection, kind: Kind) -> QueryResult<()> {
    match (connection, kind) {
        (AnyConnection::Postgres(inner), Kind::Write) => {
            AnsiTransactionManager::begin_transaction(inner)
        }
        (AnyConnection::Postgres(inner), Kind::Read) => {
            AnsiTransactionManager::begin_transaction_sql(
                inner,
                "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
            )
        }
        (AnyConnection::Sqlite(inner), Kind::Write) => {
            AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN IMMEDIATE")
        }
        (AnyConnection::Sqlite(inner), Kind::Read) => {
            AnsiTransactionManager::begin_transaction(inner)
        }
    }
}
