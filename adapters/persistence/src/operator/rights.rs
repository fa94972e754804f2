//! Rights of acting accounts and of operators, checked in the transaction of the change.

use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use sojourn_domain::shared::{AuditEntry, RepositoryError};
use sojourn_domain::user::{EndedSessions, UserChange};

use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::engine::locks::{OPERATORS_LOCK, lock_until_commit};
use crate::query::row_lock::lock_account;
use crate::schema::accounts::users;

/// The condition of an active operator; a literal, for the sake of the partial index.
const ACTIVE_OPERATOR: &str = "role = 'admin' AND suspended_at IS NULL AND erased_at IS NULL";

/// Refuses what an operator does whose role was taken since the request was authenticated. The role cannot be taken
/// before the transaction ends.
pub(crate) fn require_operator(
    conn: &mut AnyConnection,
    entry: Option<&AuditEntry>,
) -> Result<(), TxError> {
    let operator = entry
        .filter(|entry| entry.by_operator)
        .and_then(|entry| entry.actor);
    let Some(id) = operator.map(UuidColumn::from) else {
        return Ok(());
    };
    lock_account(conn, id)?;
    let active = users::table.find(id).filter(sql::<Bool>(ACTIVE_OPERATOR));
    if diesel::select(exists(active)).get_result(conn)? {
        Ok(())
    } else {
        Err(RepositoryError::OperatorRightsLost.into())
    }
}

/// Refuses what an account does that was suspended or erased since the request was authenticated. It is locked.
pub(crate) fn require_active(conn: &mut AnyConnection, id: UuidColumn) -> Result<(), TxError> {
    let active = users::table
        .find(id)
        .filter(users::suspended_at.is_null())
        .filter(users::erased_at.is_null());
    if diesel::select(exists(active)).get_result(conn)? {
        Ok(())
    } else {
        Err(RepositoryError::AccountClosed.into())
    }
}

/// Refuses a change after which no account is an active operator. Two such changes wait for one another.
pub(crate) fn require_another_operator(
    conn: &mut AnyConnection,
    change: &UserChange,
) -> Result<(), TxError> {
    // Whatever takes rights from an account ends its sessions.
    if change.ends_sessions != EndedSessions::All || change.user.is_active_operator() {
        return Ok(());
    }
    let id = UuidColumn::from(change.user.id);
    let active = || users::table.filter(sql::<Bool>(ACTIVE_OPERATOR));
    let was_operator = active().filter(users::id.eq(id));
    if !diesel::select(exists(was_operator)).get_result(conn)? {
        return Ok(());
    }
    lock_until_commit(conn, OPERATORS_LOCK)?;
    let another = active().filter(users::id.ne(id));
    if diesel::select(exists(another)).get_result(conn)? {
        Ok(())
    } else {
        Err(RepositoryError::LastOperator.into())
    }
}
