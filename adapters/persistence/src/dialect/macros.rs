//! Statements of Diesel's query builder that cannot be written over both databases at once.

/// Runs a statement with the underlying connection: `with_connection!(conn, c => statement.execute(c))`.
macro_rules! with_connection {
    ($connection:expr, $inner:ident => $body:expr) => {
        match $connection {
            $crate::engine::connection::AnyConnection::Postgres($inner) => $body,
            $crate::engine::connection::AnyConnection::Sqlite($inner) => $body,
        }
    };
}

/// Inserts a slice of rows in one statement and returns their number: `insert_rows!(conn, table, rows)`.
macro_rules! insert_rows {
    ($connection:expr, $table:expr, $rows:expr) => {
        $crate::dialect::macros::with_connection!($connection, c =>
            diesel::RunQueryDsl::execute(diesel::insert_into($table).values($rows), c))
    };
}

/// Inserts rows in one statement, passes over those whose key exists, and returns the number of new ones:
/// `insert_new_rows!(conn, table, rows)`.
macro_rules! insert_new_rows {
    ($connection:expr, $table:expr, $rows:expr) => {{
        let statement = diesel::insert_into($table)
            .values($rows)
            .on_conflict_do_nothing();
        $crate::dialect::macros::with_connection!($connection, c =>
            diesel::RunQueryDsl::execute(statement, c))
    }};
}

/// Loads rows and locks them until the transaction ends, passing over rows that another transaction has locked:
/// `load_skip_locked!(conn, query)`. A transaction of SQLite that writes is alone and needs no locks.
macro_rules! load_skip_locked {
    ($connection:expr, $query:expr) => {
        match $connection {
            $crate::engine::connection::AnyConnection::Postgres(inner) => {
                $query.for_update().skip_locked().load(inner)
            }
            $crate::engine::connection::AnyConnection::Sqlite(inner) => $query.load(inner),
        }
    };
}

pub(crate) use {insert_new_rows, insert_rows, load_skip_locked, with_connection};
