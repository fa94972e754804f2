//! Servers of MySQL and MariaDB that would lose data, or that compare texts in another way.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::connection::AnyConnection;

/// The settings and tables of a server that matter.
#[derive(Debug, Clone, QueryableByName)]
struct Facts {
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = BigInt)]
    flush: i64,
    #[diesel(sql_type = BigInt)]
    logs_statements: i64,
    #[diesel(sql_type = Nullable<Text>)]
    charset: Option<String>,
    /// A table that is not of InnoDB.
    #[diesel(sql_type = Nullable<Text>)]
    other_engine: Option<String>,
    /// A column whose texts do not compare by their bytes.
    #[diesel(sql_type = Nullable<Text>)]
    other_collation: Option<String>,
}

const FACTS: &str = "SELECT VERSION() AS version, CAST(@@GLOBAL.innodb_flush_log_at_trx_commit AS SIGNED) AS flush, \
     CAST(@@GLOBAL.log_bin = 1 AND @@GLOBAL.binlog_format = 'STATEMENT' AS SIGNED) AS logs_statements, \
     (SELECT default_character_set_name FROM information_schema.schemata WHERE schema_name = DATABASE()) AS charset, \
     (SELECT MIN(table_name) FROM information_schema.tables WHERE table_schema = DATABASE() \
      AND table_type = 'BASE TABLE' AND engine <> 'InnoDB') AS other_engine, \
     (SELECT MIN(CONCAT(table_name, '.', column_name)) FROM information_schema.columns \
      WHERE table_schema = DATABASE() AND collation_name <> 'utf8mb4_bin' \
      AND table_name <> '__diesel_schema_migrations') AS other_collation";

/// Reasons against using the server; each says what to change.
pub(crate) fn find_unsafe_settings(connection: &mut AnyConnection) -> QueryResult<Vec<String>> {
    if !matches!(connection, AnyConnection::Mysql(_)) {
        return Ok(Vec::new());
    }
    let facts: Facts = diesel::sql_query(FACTS).get_result(connection)?;
    Ok(facts.problems())
}

impl Facts {
    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if !is_supported(&self.version) {
            problems.push(format!(
                "version {} ignores constraints or cannot skip locked rows: use MySQL 8.0.16 or MariaDB 10.6, or newer",
                self.version
            ));
        }
        if self.flush == 0 {
            problems.push(
                "innodb_flush_log_at_trx_commit=0 loses confirmed bookings in a crash: set it to 1"
                    .to_owned(),
            );
        }
        if self.logs_statements != 0 {
            problems.push(
                "binlog_format=STATEMENT refuses transactions at READ COMMITTED: set it to ROW or MIXED".to_owned(),
            );
        }
        if let Some(charset) = self.charset.as_deref().filter(|it| *it != "utf8mb4") {
            problems.push(format!(
                "the character set of the database is {charset}: ALTER DATABASE … CHARACTER SET utf8mb4"
            ));
        }
        if let Some(table) = &self.other_engine {
            problems.push(format!(
                "table {table} is not stored by InnoDB and has no transactions: ALTER TABLE {table} ENGINE = InnoDB"
            ));
        }
        if let Some(column) = &self.other_collation {
            let table = column.split('.').next().unwrap_or(column);
            problems.push(format!(
                "column {column} does not compare texts by their bytes: \
                 ALTER TABLE {table} CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
            ));
        }
        problems
    }
}

fn is_supported(version: &str) -> bool {
    let mut numbers = version
        .split(|c: char| !c.is_ascii_digit())
        .map_while(|part| part.parse::<u32>().ok());
    let mut next = || numbers.next().unwrap_or(0);
    let found = (next(), next(), next());
    let least = if version.contains("MariaDB") {
        (10, 6, 0)
    } else {
        (8, 0, 16)
    };
    found >= least
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::errors::TxError;
    use crate::test_support::databases::{FreshDatabase, fresh_databases};

    #[test]
    fn each_setting_that_loses_data_is_refused() {
        let good = Facts {
            version: "10.11.19-MariaDB-0+deb12u1".to_owned(),
            flush: 1,
            logs_statements: 0,
            charset: Some("utf8mb4".to_owned()),
            other_engine: None,
            other_collation: None,
        };
        assert_eq!(good.problems(), Vec::<String>::new());
        let bad = Facts {
            version: "5.7.44-log".to_owned(),
            flush: 0,
            logs_statements: 1,
            charset: Some("latin1".to_owned()),
            other_engine: Some("jobs".to_owned()),
            other_collation: Some("users.email_key".to_owned()),
        };
        assert_eq!(bad.problems().len(), 6);
        for (version, supported) in [
            ("8.0.16", true),
            ("8.4.3-0ubuntu", true),
            ("8.0.15", false),
            ("10.6.0-MariaDB", true),
            ("10.5.29-MariaDB", false),
        ] {
            assert_eq!(is_supported(version), supported, "{version}");
        }
    }

    async fn problems_after(fresh: &FreshDatabase, statement: &'static str) -> Vec<String> {
        let change = move |connection: &mut AnyConnection| -> Result<(), TxError> {
            diesel::sql_query(statement).execute(connection)?;
            Ok(())
        };
        fresh.database.read(change).await.unwrap();
        fresh.database.unsafe_settings().await.unwrap()
    }

    #[derive(QueryableByName)]
    struct Mode {
        #[diesel(sql_type = Text)]
        mode: String,
    }

    #[tokio::test]
    async fn tables_of_another_engine_or_collation_are_found() {
        for fresh in fresh_databases() {
            assert_eq!(
                fresh.database.unsafe_settings().await.unwrap(),
                Vec::<String>::new()
            );
            if !fresh.url.starts_with("mysql") {
                continue;
            }
            let mode = |connection: &mut AnyConnection| {
                let mode: Mode = diesel::sql_query("SELECT @@SESSION.sql_mode AS mode")
                    .get_result(connection)?;
                Ok(mode.mode)
            };
            let mode = fresh.database.read(mode).await.unwrap();
            assert!(mode.contains("STRICT_ALL_TABLES"), "{mode}");
            for (statement, part) in [
                ("ALTER TABLE jobs ENGINE = MyISAM", "table jobs"),
                (
                    "ALTER TABLE terms_versions CONVERT TO CHARACTER SET latin1",
                    "column terms_versions.terms",
                ),
            ] {
                let problems = problems_after(&fresh, statement).await;
                assert!(
                    problems.iter().any(|it| it.starts_with(part)),
                    "{problems:?}"
                );
            }
            assert!(fresh.database.migrate().is_err());
        }
    }
}
