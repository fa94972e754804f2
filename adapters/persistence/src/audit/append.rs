//! Appending to the audit log: lines are only ever added, one after the other.

use diesel::prelude::*;
use sojourn_domain::shared::AuditEntry;

use super::row::AuditRow;
use super::seal::seal_after;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::engine::locks::{AUDIT_LOG_LOCK, lock_until_commit};
use crate::operator::rights::require_operator;
use crate::schema::audit::audit_log;

/// Records an entry within the transaction of its change, as the last statement: other transactions that record
/// something wait from here until this one ends. What an operator does is refused if the account has lost the role.
pub(crate) fn record(conn: &mut AnyConnection, entry: &AuditEntry) -> Result<(), TxError> {
    require_operator(conn, Some(entry))?;
    append(conn, entry)
}

/// Records an entry without checking the rights of its actor, which the change itself may take away.
pub(crate) fn append(conn: &mut AnyConnection, entry: &AuditEntry) -> Result<(), TxError> {
    lock_until_commit(conn, AUDIT_LOG_LOCK)?;
    let last = audit_log::table.order(audit_log::number.desc()).select((
        audit_log::number,
        audit_log::hash,
        audit_log::seal,
    ));
    let last: Option<(i64, String, Option<String>)> = last.first(conn).optional()?;
    let following = last
        .as_ref()
        .map(|(number, hash, _)| (*number, hash.clone()));
    let mut row = AuditRow::following(following, entry)?;
    let last = last.as_ref();
    let last = last.map(|(_, hash, seal)| (hash.as_str(), seal.as_deref()));
    row.seal = Some(seal_after(conn, last, &row.hash)?);
    diesel::insert_into(audit_log::table)
        .values(&row)
        .execute(conn)?;
    Ok(())
}

/// Records the entry of a change that has one; see [`record`].
pub(crate) fn record_optional(
    conn: &mut AnyConnection,
    entry: Option<&AuditEntry>,
) -> Result<(), TxError> {
    entry.map_or(Ok(()), |entry| record(conn, entry))
}
