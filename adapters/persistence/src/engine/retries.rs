//! Transactions that are repeated when the database ended them in favour of another.

use std::time::{Duration, Instant};

use super::connection::AnyConnection;
use super::errors::{TxError, is_read_only, is_transient};
use super::transaction::try_write_tx;

/// The most times that a transaction is tried.
const MAX_ATTEMPTS: u32 = 8;

/// The time after which a transaction is not tried again. SQLite's own time limit is part of each attempt.
const MAX_DURATION: Duration = Duration::from_secs(8);

/// The result of a transaction. A connection to a database that takes no writes is given up: after a failover, the next
/// one may find the new primary.
fn finish<T, E: From<TxError>>(
    connection: &mut AnyConnection,
    done: Result<T, TxError>,
) -> Result<T, E> {
    if let Err(TxError::Db(error)) = &done
        && is_read_only(error)
    {
        tracing::warn!(%error, "the database is read-only; reconnecting");
        connection.give_up();
    }
    done.map_err(E::from)
}

/// Runs a transaction that writes. It is repeated with backoff when the database ended it in favour of another, so
/// the closure must do nothing but query the database. It reads what is committed (READ COMMITTED); on SQLite it
/// holds the write lock from its beginning.
pub(crate) fn write_tx<T, E: From<TxError>>(
    connection: &mut AnyConnection,
    mut work: impl FnMut(&mut AnyConnection) -> Result<T, TxError>,
) -> Result<T, E> {
    let started = Instant::now();
    let mut pause = Duration::from_millis(1);
    for _ in 1..MAX_ATTEMPTS {
        match try_write_tx(connection, &mut work) {
            Err(TxError::Db(error)) if is_transient(&error) && started.elapsed() < MAX_DURATION => {
                tracing::debug!(%error, "repeating a transaction");
                std::thread::sleep(pause);
                pause *= 2;
            }
            done => return finish(connection, done),
        }
    }
    let done = try_write_tx(connection, &mut work);
    finish(connection, done)
}
