//! Locking an account against changes.

use diesel::prelude::*;

use super::statement::{Statement, Value};
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;

/// Prevents changes of an account until the transaction ends.
pub(crate) fn lock_account(conn: &mut AnyConnection, id: UuidColumn) -> QueryResult<()> {
    let Some(lock) = conn.dialect().share_lock() else {
        return Ok(());
    };
    let mut sql = Statement::for_connection(conn);
    let id = sql.value(Value::Id(id));
    sql.push(&format!("SELECT 1 FROM users WHERE id = {id} {lock}"));
    sql.into_query().execute(conn)?;
    Ok(())
}
