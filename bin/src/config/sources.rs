//! Where settings come from.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// Read from the working directory when no other file is named.
const DEFAULT_FILE: &str = "sojourn.toml";

/// Why the program does not start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A value is wrong. The value itself is not repeated where it may be secret.
    #[error("{key}: {detail}")]
    Wrong {
        /// The variable, or the key and its file.
        key: String,
        /// What would be right.
        detail: String,
    },
    /// The file cannot be read.
    #[error("{file}: {detail}")]
    File {
        /// Its path.
        file: String,
        /// Why.
        detail: String,
    },
}

/// A value, and the name under which it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) key: String,
    pub(crate) value: String,
}

impl Found {
    /// The error that names this value's key.
    pub(crate) fn wrong(&self, detail: impl Into<String>) -> ConfigError {
        ConfigError::Wrong {
            key: self.key.clone(),
            detail: detail.into(),
        }
    }
}

/// A setting: its variable, and its key in the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    pub(crate) variable: &'static str,
    pub(crate) field: &'static str,
}

/// The environment and the file.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    variables: BTreeMap<String, OsString>,
    file: Table,
    path: PathBuf,
}

impl Sources {
    /// The environment of this process, and the named file or else `sojourn.toml` of the working directory, if it
    /// is there.
    ///
    /// # Errors
    /// [`ConfigError::File`] when the file cannot be read, or a named one is not there.
    pub fn read(file: Option<&Path>) -> Result<Self, ConfigError> {
        let path = file.unwrap_or_else(|| Path::new(DEFAULT_FILE)).to_owned();
        let wrong = |detail: String| ConfigError::File {
            file: path.display().to_string(),
            detail,
        };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if file.is_none() && error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(wrong(error.to_string())),
        };
        let table = text
            .parse::<Table>()
            .map_err(|error| wrong(error.to_string()))?;
        let named =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
        Ok(Self {
            variables: named.collect(),
            file: table,
            path,
        })
    }

    /// These variables and no file, for tests.
    pub fn of_variables<K: Into<String>, V: Into<OsString>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let variables = pairs
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        Self {
            variables,
            ..Self::default()
        }
    }

    #[cfg(test)]
    pub(crate) fn with_file(mut self, text: &str) -> Self {
        self.file = text.parse().unwrap();
        self.path = PathBuf::from(DEFAULT_FILE);
        self
    }

    /// A setting, unless it is absent or empty everywhere.
    pub(crate) fn find(&self, key: Key) -> Result<Option<Found>, ConfigError> {
        match self.variable(key.variable)? {
            Some(found) => Ok(Some(found)),
            None => self
                .file
                .get(key.field)
                .map_or(Ok(None), |value| self.of_file(key.field, value)),
        }
    }

    /// A variable, unless it is absent or empty.
    pub(crate) fn variable(&self, name: &str) -> Result<Option<Found>, ConfigError> {
        let Some(value) = self.variables.get(name).filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        let key = name.to_owned();
        match value.to_str() {
            Some(value) => Ok(Some(Found {
                key,
                value: value.trim().to_owned(),
            })),
            None => Err(ConfigError::Wrong {
                key,
                detail: "not UTF-8".to_owned(),
            }),
        }
    }

    /// A plain value of the file; of a list, its items with commas between.
    pub(crate) fn of_file(&self, field: &str, value: &Value) -> Result<Option<Found>, ConfigError> {
        let key = format!("{field} in {}", self.path.display());
        let value = plain(value).ok_or_else(|| ConfigError::Wrong {
            key: key.clone(),
            detail: "a text, a number, true or false, or a list of texts".to_owned(),
        })?;
        Ok(Some(Found { key, value }).filter(|found| !found.value.is_empty()))
    }

    /// The names of all variables that begin so.
    pub(crate) fn variables_with(&self, prefix: &str) -> impl Iterator<Item = &str> {
        self.variables
            .keys()
            .map(String::as_str)
            .filter(move |name| name.starts_with(prefix))
    }

    /// What the file is called.
    pub(crate) fn file_name(&self) -> impl std::fmt::Display {
        self.path.display()
    }

    /// The file.
    pub(crate) const fn file(&self) -> &Table {
        &self.file
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(yes) => Some(yes.to_string()),
        Value::Array(items) => {
            let items: Option<Vec<_>> = items
                .iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect();
            items.map(|items| items.join(","))
        }
        Value::Float(_) | Value::Datetime(_) | Value::Table(_) => None,
    }
}
