//! Validation errors, collected together.

use std::fmt;

use crate::shared::text::{is_invisible, is_visible};

/// A validation error of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// JSON pointer to the field, such as `/pricing/nightly`.
    pub pointer: String,
    /// Stable code, such as `out_of_range`, `required` or `too_long`.
    pub code: &'static str,
    /// Human-readable text with the accepted values.
    pub detail: String,
}

/// All validation errors of an input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// An empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a violation.
    pub fn add(
        &mut self,
        pointer: impl Into<String>,
        code: &'static str,
        detail: impl Into<String>,
    ) {
        self.0.push(Violation {
            pointer: pointer.into(),
            code,
            detail: detail.into(),
        });
    }

    /// Adds a violation unless the condition holds.
    pub fn require(&mut self, holds: bool, pointer: &str, code: &'static str, detail: &str) {
        if !holds {
            self.add(pointer, code, detail);
        }
    }

    /// Adds a violation if the text has no visible character, is longer than `max` characters, or
    /// contains control characters.
    pub fn text(&mut self, pointer: &str, text: &str, max: usize) {
        let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        self.require(
            is_visible(text),
            pointer,
            "required",
            "must have a visible character",
        );
        self.require(
            text.chars().count() <= max,
            pointer,
            "too_long",
            &format!("at most {max} characters"),
        );
        self.require(
            !text.contains(control),
            pointer,
            "invalid",
            "control characters are not allowed",
        );
    }

    /// Adds a violation unless the text can stand as a name in the line of a mail: 1 to `max`
    /// characters with a visible one, on one line, without control or format characters, `/`, `@`
    /// or `://`.
    pub fn name(&mut self, pointer: &str, text: &str, max: usize) {
        let unfit = |c: char| c.is_control() || is_invisible(c) || matches!(c, '/' | '@');
        if !is_visible(text) {
            self.add(pointer, "required", "must have a visible character");
        } else if text.contains(unfit) {
            let detail = "must be one line without control or format characters, / and @";
            self.add(pointer, "invalid", detail);
        }
        self.require(
            text.chars().count() <= max,
            pointer,
            "too_long",
            &format!("at most {max} characters"),
        );
    }

    /// Returns `true` if there are no violations.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the value if there are no violations.
    ///
    /// # Errors
    /// The violations, if any.
    pub fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }

    /// The violations, in order.
    #[must_use]
    pub fn into_vec(self) -> Vec<Violation> {
        self.0
    }

    /// The violations, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Violation> {
        self.0.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            let gap = if index == 0 { "" } else { "; " };
            write!(f, "{gap}{}: {}", violation.pointer, violation.detail)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}
