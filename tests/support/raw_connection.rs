//! Connections to a test database without the program.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use crate::database::TestDatabase;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Nullable<Text>)]
    line: Option<String>,
}

/// A connection that waits while the database is locked.
fn sqlite(path: &str) -> SqliteConnection {
    let mut connection = SqliteConnection::establish(path).unwrap();
    connection
        .batch_execute("PRAGMA busy_timeout = 10000")
        .unwrap();
    connection
}

/// A connection that takes the SQL of the other databases.
#[cfg(feature = "mysql")]
fn mysql(url: &str) -> MysqlConnection {
    let mut connection = MysqlConnection::establish(url).unwrap();
    connection
        .batch_execute(
            "SET NAMES utf8mb4 COLLATE utf8mb4_bin; \
             SET SESSION sql_mode = 'STRICT_ALL_TABLES,ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES'",
        )
        .unwrap();
    connection
}

impl TestDatabase {
    /// Runs statements.
    pub fn execute(&self, sql: &str) -> QueryResult<()> {
        match self.url.split_once("://") {
            Some(("sqlite", path)) => sqlite(path).batch_execute(sql),
            #[cfg(feature = "mysql")]
            Some(("mysql", _)) => mysql(&self.url).batch_execute(sql),
            _ => PgConnection::establish(&self.url)
                .unwrap()
                .batch_execute(sql),
        }
    }

    /// Rows of a query with one text column named `line`.
    pub fn lines(&self, query: &str) -> Vec<String> {
        let rows: Vec<Line> = match self.url.split_once("://") {
            Some(("sqlite", path)) => diesel::sql_query(query).load(&mut sqlite(path)).unwrap(),
            #[cfg(feature = "mysql")]
            Some(("mysql", _)) => diesel::sql_query(query.replace(" AS TEXT)", " AS CHAR)"))
                .load(&mut mysql(&self.url))
                .unwrap(),
            _ => diesel::sql_query(query)
                .load(&mut PgConnection::establish(&self.url).unwrap())
                .unwrap(),
        };
        rows.into_iter().filter_map(|row| row.line).collect()
    }
}
