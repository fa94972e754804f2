//! Database URLs.

use std::fs::{DirBuilder, OpenOptions};
use std::io::ErrorKind;
use std::path::Path;

#[cfg(feature = "mysql")]
use super::mysql_url::MysqlUrl;

/// The address of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Location {
    /// A connection string of libpq.
    Postgres(String),
    /// A file, a `file:` URI or `:memory:`.
    Sqlite(String),
    /// A server of MySQL or MariaDB.
    #[cfg(feature = "mysql")]
    Mysql(MysqlUrl),
}

/// The URL names no supported database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// Its scheme is unknown.
    #[error(
        "must be postgres://user:password@host/database, mysql://user:password@host/database or sqlite://path"
    )]
    Scheme,
    /// The program was built without the client of MySQL and MariaDB.
    #[error(
        "this build has no support for MySQL and MariaDB: build it with --features mysql, which needs libmariadb-dev \
         or libmysqlclient-dev"
    )]
    NoMysql,
    /// The URL of MySQL or MariaDB is not valid; the text says why.
    #[error("{0}")]
    Mysql(String),
}

impl Location {
    /// Reads a URL. Text without a scheme is the path of an SQLite file.
    pub(crate) fn parse(url: &str) -> Result<Self, UrlError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        if url.starts_with("mysql://") || url.starts_with("mariadb://") {
            return Self::mysql(url);
        }
        let path = url
            .strip_prefix("sqlite://")
            .or_else(|| url.strip_prefix("sqlite:"))
            .unwrap_or(url);
        if path.is_empty() || (path.contains("://") && !path.starts_with("file:")) {
            return Err(UrlError::Scheme);
        }
        Ok(Self::Sqlite(path.to_owned()))
    }

    #[cfg(feature = "mysql")]
    fn mysql(url: &str) -> Result<Self, UrlError> {
        MysqlUrl::parse(url).map(Self::Mysql)
    }

    #[cfg(not(feature = "mysql"))]
    const fn mysql(_: &str) -> Result<Self, UrlError> {
        Err(UrlError::NoMysql)
    }

    /// True if every connection would see a database of its own.
    pub(crate) fn is_private(&self) -> bool {
        matches!(self, Self::Sqlite(path) if path.contains(":memory:") || path.contains("mode=memory"))
    }

    /// Creates an SQLite file and its directories, accessible to their owner only: it contains personal data. SQLite
    /// gives the permissions of the file to the files beside it.
    pub(crate) fn prepare(&self) -> std::io::Result<()> {
        let Self::Sqlite(path) = self else {
            return Ok(());
        };
        if self.is_private() {
            return Ok(()); // in memory
        }
        let path = path.strip_prefix("file:").unwrap_or(path);
        let path = Path::new(path.split('?').next().unwrap_or(path));
        if let Some(parent) = path.parent().filter(|path| !path.as_os_str().is_empty()) {
            private_directories().create(parent)?;
        }
        match private_file().open(path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            created => created.map(drop),
        }
    }
}

#[cfg(unix)]
fn private_directories() -> DirBuilder {
    use std::os::unix::fs::DirBuilderExt as _;
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder
}

#[cfg(not(unix))]
fn private_directories() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    builder
}

/// Options that create a file which only its owner can read.
#[cfg(unix)]
fn private_file() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.create_new(true).write(true).mode(0o600);
    options
}

#[cfg(not(unix))]
fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_new_sqlite_file_is_accessible_to_its_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = std::env::temp_dir().join(format!("sojourn-private-{}", std::process::id()));
        let file = folder.join("data.db");
        let location = Location::Sqlite(file.display().to_string());
        location.prepare().unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
        // An existing file is left as it is.
        std::fs::write(&file, "data").unwrap();
        location.prepare().unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "data");
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_scheme_selects_the_database() {
        let sqlite = |path: &str| Ok(Location::Sqlite(path.to_owned()));
        for (url, path) in [
            ("sqlite://a/b.db", "a/b.db"),
            ("sqlite:///a.db", "/a.db"),
            ("sqlite:a.db", "a.db"),
            ("a.db", "a.db"),
        ] {
            assert_eq!(Location::parse(url), sqlite(path), "{url}");
        }
        assert!(matches!(
            Location::parse("postgres://localhost/x"),
            Ok(Location::Postgres(_))
        ));
        for bad in ["", "sqlite:", "oracle://localhost/x"] {
            assert_eq!(Location::parse(bad), Err(UrlError::Scheme), "{bad}");
        }
        let mysql = Location::parse("mysql://localhost/x");
        let without = Err(UrlError::NoMysql);
        assert_eq!(mysql == without, cfg!(not(feature = "mysql")));
    }
}
