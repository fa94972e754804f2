//! Reading all rows of a table, and writing them to the same table of another database.

use diesel::QueryResult;

use super::checksum::TableChecksum;
use crate::engine::connection::AnyConnection;

/// Rows that are inserted by one statement. Each database takes the values of as many rows of 32 columns.
pub(crate) const BATCH: usize = 500;

/// A table that can be copied.
pub(crate) trait CopiedTable: Sync {
    /// The name of the table.
    fn name(&self) -> &'static str;

    /// True if the table has no rows.
    fn is_empty(&self, conn: &mut AnyConnection) -> QueryResult<bool>;

    /// Copies all rows. The callback is told of every batch.
    fn copy(
        &self,
        from: &mut AnyConnection,
        to: &mut AnyConnection,
        copied: &mut dyn FnMut(u64),
    ) -> QueryResult<TableChecksum>;

    /// Reads all rows again.
    fn checksum(
        &self,
        conn: &mut AnyConnection,
        read: &mut dyn FnMut(u64),
    ) -> QueryResult<TableChecksum>;
}

/// Implements [`CopiedTable`] for a table with a row that has all of its columns in their order.
macro_rules! copied_table {
    ($table:ident, $row:ident) => {
        use diesel::{QueryDsl as _, QueryResult, RunQueryDsl as _};
        use $crate::schema::copied_table::{BATCH, CopiedTable};
        use $crate::schema::checksum::TableChecksum;
        use $crate::engine::connection::AnyConnection;

        /// Reads the rows one after another, whatever their number.
        fn visit(
            conn: &mut AnyConnection,
            mut each: impl FnMut($row) -> QueryResult<()>,
        ) -> QueryResult<()> {
            $crate::dialect::macros::visit_rows!(conn, $table::table, $row, |row| each(row?))
        }

        fn insert(to: &mut AnyConnection, batch: &mut Vec<$row>) -> QueryResult<u64> {
            let rows = std::mem::take(batch);
            if !rows.is_empty() {
                $crate::dialect::macros::insert_rows!(to, $table::table, &rows)?;
            }
            Ok(rows.len() as u64)
        }

        impl CopiedTable for $table::table {
            fn name(&self) -> &'static str {
                stringify!($table)
            }

            fn is_empty(&self, conn: &mut AnyConnection) -> QueryResult<bool> {
                let first = $table::table.limit(1);
                let first: Vec<$row> = $crate::dialect::macros::with_connection!(conn, c => first.load(c))?;
                Ok(first.is_empty())
            }

            fn copy(
                &self,
                from: &mut AnyConnection,
                to: &mut AnyConnection,
                copied: &mut dyn FnMut(u64),
            ) -> QueryResult<TableChecksum> {
                let mut checksum = TableChecksum::default();
                let mut batch = Vec::with_capacity(BATCH);
                visit(from, |row| {
                    checksum.add(&row);
                    batch.push(row);
                    if batch.len() == BATCH {
                        copied(insert(to, &mut batch)?);
                    }
                    Ok(())
                })?;
                copied(insert(to, &mut batch)?);
                Ok(checksum)
            }

            fn checksum(
                &self,
                conn: &mut AnyConnection,
                read: &mut dyn FnMut(u64),
            ) -> QueryResult<TableChecksum> {
                let mut checksum = TableChecksum::default();
                visit(conn, |row| {
                    checksum.add(&row);
                    if checksum.rows % BATCH as u64 == 0 {
                        read(BATCH as u64);
                    }
                    Ok(())
                })?;
                Ok(checksum)
            }
        }
    };
}

pub(crate) use copied_table;
