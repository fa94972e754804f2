//! The journal. Entries are only ever added.

use diesel::prelude::*;
use sojourn_domain::ledger::JournalEntry;

use crate::connection::AnyConnection;
use crate::dialect::each;
use crate::errors::TxError;
use crate::journal_row::JournalRow;
use crate::schema::money::journal;

/// How many rows go in one statement.
const ROWS: usize = 1000;

/// Posts entries within the transaction of the change that causes them.
pub(crate) fn insert(conn: &mut AnyConnection, entries: &[JournalEntry]) -> Result<(), TxError> {
    let rows: Vec<JournalRow> = entries.iter().map(JournalRow::of).collect();
    for rows in rows.chunks(ROWS) {
        each!(conn, c => diesel::insert_into(journal::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Posts entries of which some may be there already; returns how many were not.
pub(crate) fn insert_new(
    conn: &mut AnyConnection,
    entries: &[JournalEntry],
) -> Result<usize, TxError> {
    let rows: Vec<JournalRow> = entries.iter().map(JournalRow::of).collect();
    let mut new = 0;
    for rows in rows.chunks(ROWS) {
        let statement = diesel::insert_into(journal::table)
            .values(rows)
            .on_conflict_do_nothing();
        new += each!(conn, c => statement.execute(c))?;
    }
    Ok(new)
}
