//! Collection of all wrong settings.

use super::sources::ConfigError;

/// The wrong settings found so far.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<ConfigError>);

impl Problems {
    /// The value of a setting, or nothing if it is wrong.
    pub(super) fn note<T>(&mut self, setting: Result<T, ConfigError>) -> Option<T> {
        match setting {
            Ok(value) => return Some(value),
            Err(ConfigError::Several(errors)) => self.0.extend(errors),
            Err(error) => self.0.push(error),
        }
        None
    }

    /// The same for a setting that may be absent.
    pub(super) fn note_optional<T>(
        &mut self,
        setting: Result<Option<T>, ConfigError>,
    ) -> Option<T> {
        self.note(setting).flatten()
    }

    /// Adds wrong settings.
    pub(super) fn extend(&mut self, errors: impl IntoIterator<Item = ConfigError>) {
        self.0.extend(errors);
    }

    /// Succeeds if no setting is wrong.
    pub(super) fn check(self) -> Result<(), ConfigError> {
        self.finish(Some(()))
    }

    /// The value, if no setting is wrong.
    pub(super) fn finish<T>(mut self, value: Option<T>) -> Result<T, ConfigError> {
        match value.filter(|_| self.0.is_empty()) {
            Some(value) => Ok(value),
            None if self.0.len() == 1 => Err(self.0.remove(0)),
            None => Err(ConfigError::Several(self.0)),
        }
    }
}
