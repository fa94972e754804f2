//! Posting to the journal: entries are only ever added.

use sojourn_domain::ledger::JournalEntry;

use super::row::JournalRow;
use crate::dialect::macros::{insert_new_rows, insert_rows};
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::money::journal;

/// The most rows of a statement.
const MAX_ROWS: usize = 1000;

/// Posts entries within the transaction of the change that causes them.
pub(crate) fn insert_entries(
    conn: &mut AnyConnection,
    entries: &[JournalEntry],
) -> Result<(), TxError> {
    let rows: Vec<JournalRow> = entries.iter().map(JournalRow::from_entry).collect();
    for rows in rows.chunks(MAX_ROWS) {
        insert_rows!(conn, journal::table, rows)?;
    }
    Ok(())
}

/// Posts entries of which some may exist already, and returns the number of new ones.
pub(crate) fn insert_new_entries(
    conn: &mut AnyConnection,
    entries: &[JournalEntry],
) -> Result<usize, TxError> {
    let rows: Vec<JournalRow> = entries.iter().map(JournalRow::from_entry).collect();
    let mut inserted = 0;
    for rows in rows.chunks(MAX_ROWS) {
        inserted += insert_new_rows!(conn, journal::table, rows)?;
    }
    Ok(inserted)
}
