//! Fills the columns of the search in rows that an earlier version of the program wrote.

use diesel::prelude::*;

use crate::columns::search_form::SEARCH_VERSION;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::{Database, OpenError};
use crate::engine::errors::TxError;
use crate::engine::migrate::{MigrateError, migrate};
use crate::engine::retries::write_tx;
use crate::property::search_columns::refresh_property;
use crate::schema::accounts::users;
use crate::schema::marketplace::properties;
use crate::user::row::refresh_user;

/// Rows of one transaction.
const BATCH: i64 = 200;

impl Database {
    /// Runs the pending migrations, fills the columns that only the program can compute, and returns the versions of
    /// the migrations. Blocks.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn migrate(&self) -> Result<Vec<String>, OpenError> {
        self.with_connection(|connection| {
            let versions = migrate(connection)?;
            refresh_search_columns(connection)?;
            Ok(versions)
        })
    }
}

/// Writes the columns of the search again in every row whose version is not the present one. Rows that cannot be read
/// are passed over; a row that is changed meanwhile is left to that change.
fn refresh_search_columns(connection: &mut AnyConnection) -> Result<(), MigrateError> {
    refresh_all(connection, |conn, last| {
        let query = properties::table
            .filter(properties::search_version.lt(SEARCH_VERSION))
            .select(properties::id)
            .order(properties::id)
            .limit(BATCH)
            .into_boxed();
        let ids: Vec<UuidColumn> = match last {
            Some(last) => query.filter(properties::id.gt(last)).load(conn)?,
            None => query.load(conn)?,
        };
        Ok((ids, refresh_property))
    })?;
    refresh_all(connection, |conn, last| {
        let query = users::table
            .filter(users::search_version.lt(SEARCH_VERSION))
            .select(users::id)
            .order(users::id)
            .limit(BATCH)
            .into_boxed();
        let ids: Vec<UuidColumn> = match last {
            Some(last) => query.filter(users::id.gt(last)).load(conn)?,
            None => query.load(conn)?,
        };
        Ok((ids, refresh_user))
    })
}

type Refresh = fn(&mut AnyConnection, UuidColumn) -> Result<(), TxError>;

fn refresh_all(
    connection: &mut AnyConnection,
    next: impl Fn(&mut AnyConnection, Option<UuidColumn>) -> Result<(Vec<UuidColumn>, Refresh), TxError>,
) -> Result<(), MigrateError> {
    let failed =
        |error: TxError| MigrateError::from_message(format!("columns of the search: {error}"));
    let mut last = None;
    loop {
        let (ids, refresh) = next(connection, last).map_err(failed)?;
        let Some(&end) = ids.last() else {
            return Ok(());
        };
        let refresh_batch =
            |conn: &mut AnyConnection| ids.iter().try_for_each(|&id| refresh(conn, id));
        write_tx::<(), TxError>(connection, refresh_batch).map_err(failed)?;
        last = Some(end);
    }
}
