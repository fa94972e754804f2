//! The reason for which a row is skipped.

use std::borrow::Cow;

/// Length of the text that a report repeats, in characters.
const SHOWN_CHARS: usize = 80;

/// The reason for which a row is skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// The column with the unexpected text; absent if the row as a whole is wrong.
    pub column: Option<Cow<'static, str>>,
    /// The text, truncated.
    pub found: String,
    /// Description of a valid value.
    pub expected: &'static str,
}

impl RowError {
    pub(super) fn of_column(
        column: impl Into<Cow<'static, str>>,
        found: &str,
        expected: &'static str,
    ) -> Self {
        Self {
            column: Some(column.into()),
            found: shorten(found),
            expected,
        }
    }

    pub(super) const fn of_row(found: String, expected: &'static str) -> Self {
        Self {
            column: None,
            found,
            expected,
        }
    }
}

/// The beginning of a text.
pub(super) fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
