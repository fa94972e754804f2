//! Everything that is wrong with an input, at once.

use std::fmt;

/// One thing that is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where: a JSON pointer into what was sent, such as `/pricing/nightly`.
    pub pointer: String,
    /// What: a stable word such as `out_of_range`, `required`, `too_long`.
    pub code: &'static str,
    /// The same in a sentence that says what would be right.
    pub detail: String,
}

/// All that is wrong with an input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// None so far.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Notes one more.
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

    /// Notes one more unless the condition holds.
    pub fn require(&mut self, holds: bool, pointer: &str, code: &'static str, detail: &str) {
        if !holds {
            self.add(pointer, code, detail);
        }
    }

    /// Notes a text that is empty or longer than `max` characters.
    pub fn text(&mut self, pointer: &str, text: &str, max: usize) {
        let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        self.require(
            !text.trim().is_empty(),
            pointer,
            "required",
            "must not be empty",
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

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value when nothing is wrong.
    ///
    /// # Errors
    /// Itself, when something is.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }

    /// What was noted, in order.
    #[must_use]
    pub fn into_vec(self) -> Vec<Violation> {
        self.0
    }

    /// What was noted, in order.
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
