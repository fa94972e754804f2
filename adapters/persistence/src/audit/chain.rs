//! Verification of the chain of hashes.

use diesel::prelude::*;
use sojourn_application::ports::AuditChain;
use sojourn_domain::shared::RepositoryError;

use super::row::{AuditRow, ORIGIN};
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::audit::audit_log;

/// Number of lines that are checked at a time.
const BATCH_SIZE: i64 = 1000;

/// The next lines after a number.
pub(crate) fn load_after(conn: &mut AnyConnection, number: i64) -> Result<Vec<AuditRow>, TxError> {
    let next = audit_log::table
        .filter(audit_log::number.gt(number))
        .order(audit_log::number)
        .limit(BATCH_SIZE);
    Ok(next.select(AuditRow::as_select()).load(conn)?)
}

/// The part of the chain that was checked.
#[derive(Debug, Default)]
pub(crate) struct ChainCheck {
    lines: u64,
    /// The number of the last line.
    pub(crate) number: i64,
    hash: Option<String>,
    broken_at: Option<i64>,
}

impl ChainCheck {
    /// Checks the next line.
    pub(crate) fn check(&mut self, row: AuditRow) -> Result<(), RepositoryError> {
        let expected = self.number + 1;
        let intact = row.number == expected
            && row.previous_hash == self.hash.as_deref().unwrap_or(ORIGIN)
            && row.hash == row.digest()?;
        if !intact {
            self.broken_at = self.broken_at.or(Some(expected));
        }
        self.lines += 1;
        self.number = row.number;
        self.hash = Some(row.hash);
        Ok(())
    }

    /// The result.
    pub(crate) fn finish(self) -> AuditChain {
        AuditChain {
            lines: self.lines,
            head: self.hash,
            broken_at: self.broken_at,
        }
    }
}
