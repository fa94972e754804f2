//! A change of an optional value.

/// A change of a value that is set or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// Leaves the value as it is.
    #[default]
    Keep,
    /// Removes the value, so that the default applies.
    Clear,
    /// Replaces the value.
    Set(T),
}

impl<T> Patch<T> {
    /// The stored value with the patch applied.
    pub fn apply_to(self, stored: Option<T>) -> Option<T> {
        match self {
            Self::Keep => stored,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }
}
