//! Locking a row against changes.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::statement::{Statement, Value};
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;

/// Prevents changes of an account until the transaction ends.
pub(crate) fn lock_account(conn: &mut AnyConnection, id: UuidColumn) -> QueryResult<()> {
    let lock = conn.dialect().share_lock();
    lock_row(conn, "users", id, lock)
}

/// The same, for one transaction at a time.
pub(crate) fn lock_account_exclusively(
    conn: &mut AnyConnection,
    id: UuidColumn,
) -> QueryResult<()> {
    let lock = conn.dialect().exclusive_lock();
    lock_row(conn, "users", id, lock)
}

/// A text of a locked row.
#[derive(QueryableByName)]
struct WordRow {
    #[diesel(sql_type = Text)]
    word: String,
}

/// Prevents changes of a property until the transaction ends, and returns the word of its status.
pub(crate) fn lock_property_status(
    conn: &mut AnyConnection,
    id: UuidColumn,
) -> QueryResult<Option<String>> {
    let lock = conn.dialect().share_lock().unwrap_or_default();
    let mut sql = Statement::for_connection(conn);
    let id = sql.value(Value::Id(id));
    sql.push(&format!(
        "SELECT status AS word FROM properties WHERE id = {id} {lock}"
    ));
    let row: Option<WordRow> = sql.into_query().get_result(conn).optional()?;
    Ok(row.map(|row| row.word))
}

/// The same, for one transaction at a time.
pub(crate) fn lock_property_exclusively(
    conn: &mut AnyConnection,
    id: UuidColumn,
) -> QueryResult<()> {
    let lock = conn.dialect().exclusive_lock();
    lock_row(conn, "properties", id, lock)
}

/// Locks a row; without a clause, a transaction that writes is alone anyway.
fn lock_row(
    conn: &mut AnyConnection,
    table: &str,
    id: UuidColumn,
    lock: Option<&str>,
) -> QueryResult<()> {
    let Some(lock) = lock else {
        return Ok(());
    };
    let mut sql = Statement::for_connection(conn);
    let id = sql.value(Value::Id(id));
    sql.push(&format!("SELECT 1 FROM {table} WHERE id = {id} {lock}"));
    sql.into_query().execute(conn)?;
    Ok(())
}
