//! Verification of the chain of hashes and of its seals.

use diesel::prelude::*;
use sojourn_application::ports::{AuditChain, AuditHead, AuditSeal};
use sojourn_domain::shared::RepositoryError;

use super::row::{AuditRow, ORIGIN};
use super::seal;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::audit::audit_log;

/// Number of lines that are checked at a time.
const BATCH_SIZE: i64 = 1000;

/// A line with the state of its seal.
pub(crate) type CheckedRow = (AuditRow, AuditSeal);

/// The next lines after a number.
pub(crate) fn load_after(
    conn: &mut AnyConnection,
    number: i64,
) -> Result<Vec<CheckedRow>, TxError> {
    let next = audit_log::table
        .filter(audit_log::number.gt(number))
        .order(audit_log::number)
        .limit(BATCH_SIZE);
    let rows: Vec<AuditRow> = next.select(AuditRow::as_select()).load(conn)?;
    let checked = rows.into_iter().map(|row| {
        let state = seal::state(&row.hash, row.seal.as_deref())?;
        Ok((row, state))
    });
    checked.collect()
}

/// The last line.
pub(crate) fn load_head(conn: &mut AnyConnection) -> Result<Option<AuditHead>, TxError> {
    let last = audit_log::table.order(audit_log::number.desc()).select((
        audit_log::number,
        audit_log::hash,
        audit_log::seal,
    ));
    let last: Option<(i64, String, Option<String>)> = last.first(conn).optional()?;
    let head = last.map(|(number, hash, seal)| {
        Ok(AuditHead {
            number,
            seal: seal::state(&hash, seal.as_deref())?,
            hash,
        })
    });
    head.transpose()
}

/// The part of the chain that was checked.
#[derive(Debug, Default)]
pub(crate) struct ChainCheck {
    lines: u64,
    /// The number of the last line.
    pub(crate) number: i64,
    hash: Option<String>,
    broken_at: Option<i64>,
    unsealed: u64,
    /// The number of the first line that no seal authenticates, up to the last line.
    unauthenticated_from: Option<i64>,
}

impl ChainCheck {
    /// Checks the next line.
    pub(crate) fn check(&mut self, (row, seal): CheckedRow) -> Result<(), RepositoryError> {
        let expected = self.number + 1;
        let intact = row.number == expected
            && row.previous_hash == self.hash.as_deref().unwrap_or(ORIGIN)
            && row.hash == row.digest()?;
        // After the first line with a seal, each line has one.
        let unsealed_late = seal == AuditSeal::Missing && self.unsealed < self.lines;
        if !intact || unsealed_late {
            self.broken_at = self.broken_at.or(Some(expected));
        }
        match seal {
            AuditSeal::Current | AuditSeal::Earlier => self.unauthenticated_from = None,
            AuditSeal::Missing | AuditSeal::Invalid => {
                self.unauthenticated_from = self.unauthenticated_from.or(Some(row.number));
            }
        }
        if seal == AuditSeal::Missing && self.unsealed == self.lines {
            self.unsealed += 1;
        }
        self.lines += 1;
        self.number = row.number;
        self.hash = Some(row.hash);
        Ok(())
    }

    /// The result.
    pub(crate) fn finish(self) -> AuditChain {
        let broken_at = [self.broken_at, self.unauthenticated_from];
        AuditChain {
            lines: self.lines,
            head: self.hash,
            unsealed: self.unsealed,
            broken_at: broken_at.into_iter().flatten().min(),
        }
    }
}
