//! Validation errors, collected together.

use std::fmt;

use crate::shared::text::{is_invisible, is_lines, is_one_line, is_visible};

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

/// Maximum number of violations that are listed; an input with more is wrong as a whole.
const MAX_VIOLATIONS: usize = 100;

/// Maximum length of a pointer, in characters: it may repeat names that the input contains.
const MAX_POINTER: usize = 100;

/// Maximum length of a detail, in characters.
const MAX_DETAIL: usize = 600;

/// Length of all violations as JSON, in bytes, above which no more are listed.
const MAX_LENGTH: usize = 32 * 1024;

/// Validation errors of an input: the first 100 of them, of a bounded length.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Violations {
    list: Vec<Violation>,
    /// Length of the texts as JSON, in bytes.
    length: usize,
}

impl Violations {
    /// An empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            list: Vec::new(),
            length: 0,
        }
    }

    /// Adds a violation, unless the list is full.
    pub fn add(
        &mut self,
        pointer: impl Into<String>,
        code: &'static str,
        detail: impl Into<String>,
    ) {
        if self.is_full() {
            return;
        }
        let pointer = truncated(pointer.into(), MAX_POINTER);
        let detail = truncated(detail.into(), MAX_DETAIL);
        self.length += json_length(&pointer) + json_length(&detail);
        self.list.push(Violation {
            pointer,
            code,
            detail,
        });
    }

    /// Returns `true` if no more violations are listed.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.list.len() >= MAX_VIOLATIONS || self.length >= MAX_LENGTH
    }

    /// Adds a violation if there are more than `max` items; returns `true` otherwise, so that only lists of a bounded
    /// length are walked.
    pub fn count(&mut self, pointer: &str, count: usize, max: usize) -> bool {
        let few = count <= max;
        if !few {
            self.add(pointer, "too_many", format!("at most {max}"));
        }
        few
    }

    /// Adds a violation unless the condition holds.
    pub fn require(&mut self, holds: bool, pointer: &str, code: &'static str, detail: &str) {
        if !holds {
            self.add(pointer, code, detail);
        }
    }

    /// Adds a violation if a text of several lines has no visible character, is longer than `max` characters, or
    /// contains control characters other than line breaks.
    pub fn text(&mut self, pointer: &str, text: &str, max: usize) {
        if self.visible(pointer, text, max) {
            let detail = "control characters other than line breaks are not allowed";
            self.require(is_lines(text), pointer, "invalid", detail);
        }
    }

    /// Adds a violation if a text of one line has no visible character, is longer than `max` characters, or contains
    /// line breaks, other control characters, or characters that set the direction of the text after them.
    pub fn line(&mut self, pointer: &str, text: &str, max: usize) {
        if self.visible(pointer, text, max) {
            let detail = "must be one line without control and bidirectional formatting characters";
            self.require(is_one_line(text), pointer, "invalid", detail);
        }
    }

    /// Adds a violation unless the text can stand as a name in the line of a mail: 1 to `max`
    /// characters with a visible one, on one line, without control or format characters, `/`, `@`
    /// or `://`.
    pub fn name(&mut self, pointer: &str, text: &str, max: usize) {
        let unfit = |c: char| c.is_control() || is_invisible(c) || matches!(c, '/' | '@');
        if self.visible(pointer, text, max) && text.contains(unfit) {
            let detail = "must be one line without control or format characters, / and @";
            self.add(pointer, "invalid", detail);
        }
    }

    /// Adds a violation if the text has more than `max` characters, or none that a reader sees; returns `true`
    /// otherwise.
    fn visible(&mut self, pointer: &str, text: &str, max: usize) -> bool {
        if !self.length(pointer, text, max) {
            return false;
        }
        let seen = is_visible(text);
        self.require(seen, pointer, "required", "must have a visible character");
        seen
    }

    /// Adds a violation if the text has more than `max` characters; returns `true` otherwise, so that only texts of a
    /// bounded length are read.
    pub fn length(&mut self, pointer: &str, text: &str, max: usize) -> bool {
        let fits = text.len() <= max || text.chars().nth(max).is_none();
        if !fits {
            self.add(pointer, "too_long", format!("at most {max} characters"));
        }
        fits
    }

    /// Returns `true` if there are no violations.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
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
        self.list
    }

    /// The violations, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Violation> {
        self.list.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.list.iter().enumerate() {
            let gap = if index == 0 { "" } else { "; " };
            write!(f, "{gap}{}: {}", violation.pointer, violation.detail)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// The text, cut to a number of characters.
fn truncated(mut text: String, max: usize) -> String {
    if text.len() > max
        && let Some((end, _)) = text.char_indices().nth(max)
    {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// The length of a text in JSON, in bytes, without its quotation marks.
fn json_length(text: &str) -> usize {
    let length = |c: char| match c {
        '"' | '\\' => 2,
        c if c.is_ascii_control() => 6,
        c => c.len_utf8(),
    };
    text.chars().map(length).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_a_hundred_violations_are_listed() {
        let mut found = Violations::new();
        for index in 0..100_000 {
            found.add(format!("/{index}"), "invalid", "wrong");
        }
        assert_eq!(found.iter().count(), 100);
        assert!(found.is_full() && !found.is_empty());
    }

    #[test]
    fn echoed_texts_are_cut() {
        let mut found = Violations::new();
        found.add("/é".repeat(1_000), "invalid", "\u{1}".repeat(1_000_000));
        let violation = found.iter().next().unwrap();
        assert_eq!(violation.pointer.chars().count(), 101);
        assert_eq!(violation.detail.chars().count(), 601);
        let mut found = Violations::new();
        for _ in 0..100 {
            found.add("\u{1}".repeat(1_000), "invalid", "\u{1}".repeat(1_000));
        }
        let length = |it: &Violation| json_length(&it.pointer) + json_length(&it.detail);
        assert!(found.iter().map(length).sum::<usize>() < 48 * 1024);
    }

    #[test]
    fn long_lists_are_not_walked() {
        let mut found = Violations::new();
        assert!(found.count("/amenities", 150, 150) && found.is_empty());
        assert!(!found.count("/amenities", 151, 150));
        assert_eq!(found.to_string(), "/amenities: at most 150");
    }

    #[test]
    fn texts_of_any_length_are_refused_at_once() {
        let mut found = Violations::new();
        found.text("/title", &"é".repeat(201), 200);
        found.text("/title", &"\u{200b}".repeat(1_000_000), 200);
        let codes: Vec<_> = found.iter().map(|it| it.code).collect();
        assert_eq!(codes, ["too_long", "too_long"]);
    }

    #[test]
    fn lines_texts_and_names_refuse_different_characters() {
        let judged = |text: &str| {
            let mut found = Violations::new();
            found.name("/name", text, 60);
            found.line("/line", text, 60);
            found.text("/text", text, 60);
            let pointers: Vec<_> = found.iter().map(|it| it.pointer.clone()).collect();
            pointers.join(" ")
        };
        for (text, refused) in [
            ("Ana", ""),
            ("a/b", "/name"),
            ("a\nb", "/name /line"),
            ("a\u{202e}b", "/name /line"),
            ("a\tb", "/name /line /text"),
            ("a\u{1b}b", "/name /line /text"),
            ("\n\u{1b}", "/name /line /text"),
        ] {
            assert_eq!(judged(text), refused, "{text:?}");
        }
    }
}
