//! Advisory locks.

use diesel::RunQueryDsl;
use diesel::result::QueryResult;

use super::connection::AnyConnection;

/// The key of the lock that processes hold while they migrate: any number, the same in every process.
pub(crate) const MIGRATION_LOCK: i64 = 7_205_759_403_792_793_600;

/// The key of the lock that transactions hold while they append to the audit log.
pub(crate) const AUDIT_LOG_LOCK: i64 = 7_205_759_403_792_793_601;

/// The key of the lock that transactions hold while they take the role from an operator.
pub(crate) const OPERATORS_LOCK: i64 = 7_205_759_403_792_793_602;

/// The key of the lock that transactions hold while they number events of accounts.
pub(crate) const ACCOUNT_EVENTS_LOCK: i64 = 7_205_759_403_792_793_603;

/// Waits for a lock and holds it until the transaction ends.
pub(crate) fn lock_until_commit(conn: &mut AnyConnection, key: i64) -> QueryResult<()> {
    if let Some(statement) = conn.dialect().transaction_lock(key) {
        diesel::sql_query(statement).execute(conn)?;
    }
    Ok(())
}
