//! The audit log: lines are only ever added, one after the other.

use async_trait::async_trait;
use diesel::prelude::*;
use sojourn_application::ports::{AuditChain, AuditFilter, AuditLine, AuditLog};
use sojourn_domain::shared::{AuditEntry, Page, PageRequest, StoreError};

use crate::audit_row::{AuditRow, ORIGIN};
use crate::connection::AnyConnection;
use crate::database::Database;
use crate::errors::TxError;
use crate::queries;
use crate::schema::audit::audit_log;

/// How many lines are examined at a time.
const LINES: i64 = 1000;

/// Any number that nothing else locks, the same for everybody who writes down.
const LOCK: &str = "7205759403792793601";

/// Writes something down within the transaction of the change that it is about, as its last statement: on
/// PostgreSQL who writes down waits for all who wrote down before, until they committed.
pub(crate) fn append_audit(conn: &mut AnyConnection, entry: &AuditEntry) -> Result<(), TxError> {
    wait_for_turn(conn)?;
    let last = audit_log::table
        .order(audit_log::number.desc())
        .select((audit_log::number, audit_log::hash));
    let row = AuditRow::after(last.first(conn).optional()?, entry)?;
    diesel::insert_into(audit_log::table)
        .values(&row)
        .execute(conn)?;
    Ok(())
}

/// Writes down what a change says, if it says anything; see [`append_audit`].
pub(crate) fn append_any(
    conn: &mut AnyConnection,
    entry: Option<&AuditEntry>,
) -> Result<(), TxError> {
    entry.map_or(Ok(()), |entry| append_audit(conn, entry))
}

/// On SQLite a transaction that writes is alone anyway.
fn wait_for_turn(conn: &mut AnyConnection) -> QueryResult<()> {
    match conn {
        AnyConnection::Postgres(inner) => {
            diesel::sql_query(format!("SELECT pg_advisory_xact_lock({LOCK})")).execute(inner)?;
        }
        AnyConnection::Sqlite(_) => {}
    }
    Ok(())
}

#[async_trait]
impl AuditLog for Database {
    async fn append(&self, entry: AuditEntry) -> Result<(), StoreError> {
        self.write(move |conn| append_audit(conn, &entry)).await
    }

    async fn page(
        &self,
        filter: AuditFilter,
        page: PageRequest,
    ) -> Result<Page<AuditLine>, StoreError> {
        self.read(move |conn| queries::audit_lines(conn, filter, &page))
            .await
    }

    async fn examine(&self) -> Result<AuditChain, StoreError> {
        let mut walk = Walk::default();
        loop {
            let last = walk.number;
            let rows = self.read(move |conn| after(conn, last)).await?;
            if rows.is_empty() {
                return Ok(walk.chain());
            }
            for row in rows {
                walk.step(row)?;
            }
        }
    }
}

/// The next lines after the one with this number.
fn after(conn: &mut AnyConnection, number: i64) -> Result<Vec<AuditRow>, TxError> {
    let next = audit_log::table
        .filter(audit_log::number.gt(number))
        .order(audit_log::number)
        .limit(LINES);
    Ok(next.select(AuditRow::as_select()).load(conn)?)
}

/// How far the chain was followed.
#[derive(Debug, Default)]
struct Walk {
    lines: u64,
    number: i64,
    hash: Option<String>,
    broken_at: Option<i64>,
}

impl Walk {
    fn step(&mut self, row: AuditRow) -> Result<(), StoreError> {
        let expected = self.number + 1;
        let whole = row.number == expected
            && row.previous_hash == self.hash.as_deref().unwrap_or(ORIGIN)
            && row.hash == row.digest()?;
        if !whole {
            self.broken_at = self.broken_at.or(Some(expected));
        }
        self.lines += 1;
        (self.number, self.hash) = (row.number, Some(row.hash));
        Ok(())
    }

    fn chain(self) -> AuditChain {
        AuditChain {
            lines: self.lines,
            head: self.hash,
            broken_at: self.broken_at,
        }
    }
}
