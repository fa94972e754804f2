//! Patterns of `LIKE`.

/// The character that escapes the wildcards of a pattern.
pub(crate) const ESCAPE: char = '!';

/// The pattern of texts that begin with this one.
pub(crate) fn starts_with(text: &str) -> String {
    format!("{}%", escape(text))
}

/// The pattern of texts that contain this one.
pub(crate) fn contains(text: &str) -> String {
    format!("%{}%", escape(text))
}

fn escape(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '%' | '_' | ESCAPE) {
            pattern.push(ESCAPE);
        }
        pattern.push(c);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_in_the_text_are_escaped() {
        assert_eq!(starts_with("100%_!"), "100!%!_!!%");
        assert_eq!(contains("lake"), "%lake%");
    }
}
