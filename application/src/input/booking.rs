//! Criteria of lists of bookings.

use sojourn_domain::shared::Violations;

/// Number of characters of a confirmation code.
const CODE_LENGTH: usize = 10;

/// A confirmation code, in any case.
#[must_use]
pub fn confirmation_code(text: &str, pointer: &str, found: &mut Violations) -> Option<String> {
    let is_code = text.len() == CODE_LENGTH && text.bytes().all(|it| it.is_ascii_alphanumeric());
    let detail = "must be a confirmation code: ten letters and digits";
    found.require(is_code, pointer, "invalid", detail);
    is_code.then(|| text.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_any_case() {
        let mut found = Violations::new();
        let code = confirmation_code("abcdefgh23", "/confirmation_code", &mut found);
        assert_eq!(code.as_deref(), Some("ABCDEFGH23"));
        assert!(found.is_empty());
        for text in ["", "ABCDEFGH2", "ABCDEFGH234", "ABCDEFGH-2", "ABCDEFGHÄ"] {
            assert_eq!(confirmation_code(text, "/code", &mut found), None);
        }
        assert_eq!(found.iter().count(), 5);
    }
}
