//! Statements of Diesel's query builder that cannot be written over all databases at once.

/// Runs a statement with the underlying connection: `with_connection!(conn, c => statement.execute(c))`.
macro_rules! with_connection {
    ($connection:expr, $inner:ident => $body:expr) => {
        match $connection {
            $crate::engine::connection::AnyConnection::Postgres($inner) => $body,
            $crate::engine::connection::AnyConnection::Sqlite($inner) => $body,
            #[cfg(feature = "mysql")]
            $crate::engine::connection::AnyConnection::Mysql($inner) => $body,
        }
    };
}

/// Inserts a row or a slice of rows in one statement and returns their number: `insert_rows!(conn, table, rows)`.
macro_rules! insert_rows {
    ($connection:expr, $table:expr, $rows:expr) => {
        match $connection {
            $crate::engine::connection::AnyConnection::Postgres(c) => {
                diesel::RunQueryDsl::execute(diesel::insert_into($table).values($rows), c)
            }
            $crate::engine::connection::AnyConnection::Sqlite(c) => {
                diesel::RunQueryDsl::execute(diesel::insert_into($table).values($rows), c)
            }
            #[cfg(feature = "mysql")]
            $crate::engine::connection::AnyConnection::Mysql(c) => {
                diesel::RunQueryDsl::execute(diesel::insert_into($table).values($rows), c).map_err(
                    |error| $crate::dialect::mysql::name_primary_key(error, stringify!($table)),
                )
            }
        }
    };
}

/// Inserts one row, unless its key exists, and returns the number of new ones: `insert_new_row!(conn, table, row)`.
/// A statement that fails on MySQL leaves its transaction as it was.
macro_rules! insert_new_row {
    ($connection:expr, $table:expr, $row:expr) => {
        match $connection {
            $crate::engine::connection::AnyConnection::Postgres(c) => {
                let statement = diesel::insert_into($table).values($row);
                diesel::RunQueryDsl::execute(statement.on_conflict_do_nothing(), c)
            }
            $crate::engine::connection::AnyConnection::Sqlite(c) => {
                let statement = diesel::insert_into($table).values($row);
                diesel::RunQueryDsl::execute(statement.on_conflict_do_nothing(), c)
            }
            #[cfg(feature = "mysql")]
            $crate::engine::connection::AnyConnection::Mysql(c) => {
                let statement = diesel::insert_into($table).values($row);
                $crate::dialect::mysql::none_if_exists(diesel::RunQueryDsl::execute(statement, c))
            }
        }
    };
}

/// Inserts a slice of rows, passes over those whose key exists, and returns the number of new ones:
/// `insert_new_rows!(conn, table, rows)`. MySQL has no such statement that ignores nothing else: there the rows are
/// inserted one by one when the key of one exists.
macro_rules! insert_new_rows {
    ($connection:expr, $table:expr, $rows:expr) => {
        match $connection {
            $crate::engine::connection::AnyConnection::Postgres(c) => {
                let statement = diesel::insert_into($table).values($rows);
                diesel::RunQueryDsl::execute(statement.on_conflict_do_nothing(), c)
            }
            $crate::engine::connection::AnyConnection::Sqlite(c) => {
                let statement = diesel::insert_into($table).values($rows);
                diesel::RunQueryDsl::execute(statement.on_conflict_do_nothing(), c)
            }
            #[cfg(feature = "mysql")]
            $crate::engine::connection::AnyConnection::Mysql(c) => {
                match diesel::RunQueryDsl::execute(diesel::insert_into($table).values($rows), c) {
                    Err(diesel::result::Error::DatabaseError(
                        diesel::result::DatabaseErrorKind::UniqueViolation,
                        _,
                    )) => $rows.iter().try_fold(0, |inserted, row| {
                        let statement = diesel::insert_into($table).values(row);
                        let done = diesel::RunQueryDsl::execute(statement, c);
                        Ok::<usize, diesel::result::Error>(
                            inserted + $crate::dialect::mysql::none_if_exists(done)?,
                        )
                    }),
                    done => done,
                }
            }
        }
    };
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
            #[cfg(feature = "mysql")]
            $crate::engine::connection::AnyConnection::Mysql(inner) => {
                $query.for_update().skip_locked().load(inner)
            }
        }
    };
}

/// Reads the rows of a statement one after another, whatever their number:
/// `visit_rows!(conn, statement, Row, |row| …)`. PostgreSQL hands them over as they come only if it is asked to.
macro_rules! visit_rows {
    ($connection:expr, $statement:expr, $row:ty, $each:expr) => {
        match $connection {
            $crate::engine::connection::AnyConnection::Postgres(c) => {
                diesel::RunQueryDsl::load_iter::<$row, diesel::pg::PgRowByRowLoadingMode>(
                    $statement, c,
                )?
                .try_for_each($each)
            }
            $crate::engine::connection::AnyConnection::Sqlite(c) => {
                diesel::RunQueryDsl::load_iter::<$row, diesel::connection::DefaultLoadingMode>(
                    $statement, c,
                )?
                .try_for_each($each)
            }
            #[cfg(feature = "mysql")]
            $crate::engine::connection::AnyConnection::Mysql(c) => {
                diesel::RunQueryDsl::load_iter::<$row, diesel::connection::DefaultLoadingMode>(
                    $statement, c,
                )?
                .try_for_each($each)
            }
        }
    };
}

pub(crate) use {
    insert_new_row, insert_new_rows, insert_rows, load_skip_locked, visit_rows, with_connection,
};
