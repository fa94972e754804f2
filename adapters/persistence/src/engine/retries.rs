//! Transactions that are repeated when the database ended them in favour of another.

use std::time::{Duration, Instant};

use super::connection::AnyConnection;
use super::errors::{TxError, is_transient};
use super::transaction::try_write_tx;

/// The most times that a transaction is tried.
const MAX_ATTEMPTS: u32 = 8;

/// The time after which a transaction is not tried again. SQLite's own time limit is part of each attempt.
const MAX_DURATION: Duration = Duration::from_secs(8);

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
            done => return done.map_err(E::from),
        }
    }
    try_write_tx(connection, &mut work).map_err(E::from)
}
