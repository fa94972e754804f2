//! Rows that an import leaves as they are.

/// The most rows of a statement: few enough for the values that SQLite takes.
pub(super) const MAX_ROWS: usize = 500;

/// The ids that a table does not have yet: `missing_ids!(conn, table, ids)`.
macro_rules! missing_ids {
    ($conn:expr, $table:ident, $ids:expr) => {{
        let ids: Vec<crate::columns::uuid::UuidColumn> = $ids;
        let mut missing: std::collections::HashSet<_> = ids.iter().copied().collect();
        for ids in ids.chunks($crate::import::existing::MAX_ROWS) {
            let query = $table::table
                .filter($table::id.eq_any(ids))
                .select($table::id);
            for existing in query.load::<crate::columns::uuid::UuidColumn>($conn)? {
                missing.remove(&existing);
            }
        }
        missing
    }};
}
pub(super) use missing_ids;

/// A number of rows, as the result of an import has it.
pub(super) fn total(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
