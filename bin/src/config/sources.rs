//! Sources of settings: environment variables and file.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// End of the variable that names the file of a secret.
pub(super) const FILE_SUFFIX: &str = "_FILE";
/// File read from the working directory when no other is given.
const DEFAULT_FILE: &str = "sojourn.toml";

/// An invalid setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A value is invalid. The value is not repeated, since it may be secret.
    #[error("{key}: {detail}")]
    Invalid {
        /// The variable, or the key and its file.
        key: String,
        /// The expected value.
        detail: String,
    },
    /// Several settings are wrong.
    #[error("{} settings are wrong:{}", .0.len(), .0.iter().map(|error| format!("\n  {error}")).collect::<String>())]
    Several(Vec<ConfigError>),
    /// The file cannot be read.
    #[error("{file}: {detail}")]
    File {
        /// Path of the file.
        file: String,
        /// The error of the operating system or of the TOML parser.
        detail: String,
    },
}

/// A value with the name under which it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawSetting {
    pub(crate) key: String,
    pub(crate) value: String,
}

impl RawSetting {
    /// The setting without surrounding white space; `None` when it is empty. White space alone is an
    /// error: it is probably a mistake, which must not select the default.
    fn trimmed(self) -> Result<Option<Self>, ConfigError> {
        let value = self.value.trim();
        match (self.value.is_empty(), value.is_empty()) {
            (true, _) => Ok(None),
            (false, true) => {
                Err(self.invalid("must not be blank; leave it empty or unset to use the default"))
            }
            (false, false) => Ok(Some(Self {
                value: value.to_owned(),
                ..self
            })),
        }
    }

    /// An error that names the key of this value.
    pub(crate) fn invalid(&self, detail: impl Into<String>) -> ConfigError {
        ConfigError::Invalid {
            key: self.key.clone(),
            detail: detail.into(),
        }
    }
}

/// The names of a setting: its variable, and its key in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) variable: &'static str,
    pub(crate) field: &'static str,
    /// True if the value may hold a secret: it is never shown, and may be in a file that `<variable>_FILE` names.
    pub(crate) secret: bool,
}

/// Environment variables and the settings file.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    variables: BTreeMap<String, OsString>,
    file: Table,
    path: PathBuf,
}

impl Sources {
    /// Reads the environment of this process, and the given file or else `sojourn.toml` in the
    /// working directory if it exists.
    ///
    /// # Errors
    /// [`ConfigError::File`] when the file cannot be read, or a given one does not exist.
    pub fn read(file: Option<&Path>) -> Result<Self, ConfigError> {
        let path = file.unwrap_or_else(|| Path::new(DEFAULT_FILE)).to_owned();
        let file_error = |detail: String| ConfigError::File {
            file: path.display().to_string(),
            detail,
        };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if file.is_none() && error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(file_error(error.to_string())),
        };
        let table = text
            .parse::<Table>()
            .map_err(|error| file_error(error.to_string()))?;
        let named =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
        Ok(Self {
            variables: named.collect(),
            file: table,
            path,
        })
    }

    /// The given variables and no file, for tests.
    pub fn from_variables<K: Into<String>, V: Into<OsString>>(
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

    /// The value of a setting; `None` when it is absent or empty.
    pub(crate) fn find(&self, key: Key) -> Result<Option<RawSetting>, ConfigError> {
        let found = match self.secret_file(key)? {
            Some(found) => Some(found),
            None => self.variable(key.variable)?,
        };
        match found {
            Some(found) => Ok(Some(found)),
            None => self
                .file
                .get(key.field)
                .map_or(Ok(None), |value| self.file_value(key.field, value)),
        }
    }

    /// The content of the file that the variable of a secret with `_FILE` names.
    fn secret_file(&self, key: Key) -> Result<Option<RawSetting>, ConfigError> {
        if !key.secret {
            return Ok(None);
        }
        let Some(path) = self.variable(&format!("{}{FILE_SUFFIX}", key.variable))? else {
            return Ok(None);
        };
        if self.variable(key.variable)?.is_some() {
            return Err(path.invalid(format!(
                "{} is set as well: unset one of them",
                key.variable
            )));
        }
        let text = fs::read_to_string(&path.value)
            .map_err(|error| path.invalid(format!("{}: {error}", path.value)))?;
        let content = RawSetting {
            key: path.key.clone(),
            value: text,
        };
        match content.trimmed()? {
            Some(content) => Ok(Some(content)),
            None => Err(path.invalid(format!("{} is empty", path.value))),
        }
    }

    /// The value of a variable; `None` when it is absent or empty.
    pub(crate) fn variable(&self, name: &str) -> Result<Option<RawSetting>, ConfigError> {
        let Some(value) = self.variables.get(name).filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        let key = name.to_owned();
        let Some(value) = value.to_str() else {
            return Err(ConfigError::Invalid {
                key,
                detail: "must be UTF-8".to_owned(),
            });
        };
        RawSetting {
            key,
            value: value.to_owned(),
        }
        .trimmed()
    }

    /// A scalar of the file as text; the items of a list are joined by commas.
    pub(crate) fn file_value(
        &self,
        field: &str,
        value: &Value,
    ) -> Result<Option<RawSetting>, ConfigError> {
        let key = format!("{field} in {}", self.path.display());
        let value = to_text(value).ok_or_else(|| ConfigError::Invalid {
            key: key.clone(),
            detail: "must be a string, an integer, a boolean, or a list of strings".to_owned(),
        })?;
        RawSetting { key, value }.trimmed()
    }

    /// The names of all variables with the given prefix.
    pub(crate) fn variables_with(&self, prefix: &str) -> impl Iterator<Item = &str> {
        self.variables
            .keys()
            .map(String::as_str)
            .filter(move |name| name.starts_with(prefix))
    }

    /// Path of the file.
    pub(crate) fn file_name(&self) -> impl std::fmt::Display {
        self.path.display()
    }

    /// Content of the file.
    pub(crate) const fn file(&self) -> &Table {
        &self.file
    }
}

fn to_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
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
