//! The tools of the database servers: their dumps, restores and scratch databases.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use super::error::BackupError;
use crate::config::DatabaseUrl;

/// A database on a server, and the words with which its tools connect to it.
#[derive(Debug, Clone)]
pub(super) enum Server {
    /// URL without the password, and the password.
    Postgres { url: String, password: String },
    /// Options of the connection, the password, and the name of the database.
    Mysql {
        options: Vec<String>,
        password: String,
        database: String,
    },
}

/// The parts of a URL.
struct Parts<'a> {
    user: &'a str,
    password: &'a str,
    place: &'a str,
    database: &'a str,
    query: &'a str,
}

fn parts(url: &str) -> Parts<'_> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (credentials, rest) = rest.rsplit_once('@').unwrap_or(("", rest));
    let (user, password) = credentials.split_once(':').unwrap_or((credentials, ""));
    let (place, database) = rest.split_once('/').unwrap_or((rest, ""));
    Parts {
        user,
        password,
        place,
        database,
        query,
    }
}

/// Text with its percent signs decoded.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = (first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = code {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Server {
    /// The server of a URL; `None` for SQLite.
    pub(super) fn of(url: &DatabaseUrl) -> Option<Self> {
        if url.is_embedded() {
            return None;
        }
        let found = parts(url.as_str());
        if url.as_str().starts_with("postgres") {
            return Some(Self::postgres(&found, found.database));
        }
        let (host, port) = found
            .place
            .rsplit_once(':')
            .unwrap_or((found.place, "3306"));
        let mut options = vec![
            format!("--host={host}"),
            format!("--port={port}"),
            format!("--user={}", decoded(found.user)),
        ];
        for (name, option) in [
            ("unix_socket", "socket"),
            ("ssl_ca", "ssl-ca"),
            ("ssl_cert", "ssl-cert"),
            ("ssl_key", "ssl-key"),
        ] {
            let value = found.query.split('&').find_map(|pair| {
                let (key, value) = pair.split_once('=')?;
                (key == name).then(|| decoded(value))
            });
            options.extend(value.map(|value| format!("--{option}={value}")));
        }
        Some(Self::Mysql {
            options,
            password: decoded(found.password),
            database: decoded(found.database),
        })
    }

    fn postgres(found: &Parts<'_>, database: &str) -> Self {
        let user = match found.user {
            "" => String::new(),
            user => format!("{user}@"),
        };
        let query = match found.query {
            "" => String::new(),
            query => format!("?{query}"),
        };
        Self::Postgres {
            url: format!("postgres://{user}{}/{database}{query}", found.place),
            password: decoded(found.password),
        }
    }

    /// Name of the kind of database.
    pub(super) const fn engine(&self) -> &'static str {
        match self {
            Self::Postgres { .. } => "postgres",
            Self::Mysql { .. } => "mysql",
        }
    }

    /// Writes a consistent dump while the database is in use.
    pub(super) fn dump(&self, to: &Path) -> Result<(), BackupError> {
        match self {
            Self::Postgres { url, .. } => self.run(
                "pg_dump",
                &[
                    "--format=custom",
                    "--no-privileges",
                    &format!("--file={}", to.display()),
                    &format!("--dbname={url}"),
                ],
                Stdio::null(),
            ),
            Self::Mysql { database, .. } => self.run(
                "mariadb-dump",
                &[
                    "--single-transaction",
                    "--hex-blob",
                    "--triggers",
                    &format!("--result-file={}", to.display()),
                    database,
                ],
                Stdio::null(),
            ),
        }
    }

    /// Reads a dump into an empty database: all of it, or an error.
    pub(super) fn load(&self, from: &Path) -> Result<(), BackupError> {
        match self {
            Self::Postgres { url, .. } => self.run(
                "pg_restore",
                &[
                    "--single-transaction",
                    "--exit-on-error",
                    "--no-owner",
                    "--no-privileges",
                    &format!("--dbname={url}"),
                    &from.display().to_string(),
                ],
                Stdio::null(),
            ),
            Self::Mysql { database, .. } => {
                let dump = File::open(from).map_err(BackupError::file(from))?;
                self.run("mariadb", &[database], dump.into())
            }
        }
    }

    /// Removes everything in the database.
    pub(super) fn clear(&self) -> Result<(), BackupError> {
        match self {
            Self::Postgres { .. } => self.execute(
                "DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner; \
                 GRANT USAGE ON SCHEMA public TO PUBLIC",
            ),
            Self::Mysql { database, .. } => self.execute(&format!(
                "DROP DATABASE `{database}`; CREATE DATABASE `{database}` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
            )),
        }
    }

    /// Creates another database on the server, and returns its URL.
    pub(super) fn create_scratch(
        &self,
        url: &DatabaseUrl,
        name: &str,
    ) -> Result<String, BackupError> {
        self.execute(&match self {
            Self::Postgres { .. } => format!("CREATE DATABASE {name}"),
            Self::Mysql { .. } => {
                format!("CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
            }
        })?;
        let found = parts(url.as_str());
        let whole = url.as_str();
        let tail = format!("{}/{}", found.place, found.database);
        Ok(whole.replacen(&tail, &format!("{}/{name}", found.place), 1))
    }

    /// Removes another database on the server.
    pub(super) fn drop_scratch(&self, name: &str) -> Result<(), BackupError> {
        self.execute(&format!("DROP DATABASE {name}"))
    }

    fn execute(&self, statements: &str) -> Result<(), BackupError> {
        match self {
            Self::Postgres { url, .. } => self.run(
                "psql",
                &[
                    "--quiet",
                    "--no-psqlrc",
                    "--set=ON_ERROR_STOP=1",
                    &format!("--command={statements}"),
                    &format!("--dbname={url}"),
                ],
                Stdio::null(),
            ),
            Self::Mysql { database, .. } => self.run(
                "mariadb",
                &[&format!("--execute={statements}"), database],
                Stdio::null(),
            ),
        }
    }

    /// Runs a tool. The password is in its environment, where other users do not see it.
    fn run(&self, tool: &'static str, arguments: &[&str], input: Stdio) -> Result<(), BackupError> {
        let mut command = Command::new(tool);
        match self {
            Self::Postgres { password, .. } if password.is_empty() => {}
            Self::Postgres { password, .. } => {
                command.env("PGPASSWORD", password);
            }
            Self::Mysql {
                options, password, ..
            } => {
                command.args(options);
                if !password.is_empty() {
                    command.env("MYSQL_PWD", password);
                }
            }
        }
        let output = command.args(arguments).stdin(input).output();
        let output = output.map_err(|error| BackupError::Tool {
            tool,
            reason: format!("{error} (install the client programs of the database)"),
        })?;
        if output.status.success() {
            return Ok(());
        }
        let complaint = String::from_utf8_lossy(&output.stderr);
        Err(BackupError::Tool {
            tool,
            reason: complaint.trim().to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_has_its_parts() {
        let found = parts("postgres://ana:p%40ss@db.example:5432/sojourn?sslmode=require");
        assert_eq!(
            (found.user, found.place, found.database),
            ("ana", "db.example:5432", "sojourn")
        );
        assert_eq!(decoded(found.password), "p@ss");
        let Server::Postgres { url, password } = Server::postgres(&found, found.database) else {
            panic!("not PostgreSQL");
        };
        assert_eq!(
            url,
            "postgres://ana@db.example:5432/sojourn?sslmode=require"
        );
        assert_eq!(password, "p@ss");
        assert_eq!(decoded("100%"), "100%");
    }
}
