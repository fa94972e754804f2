//! The profile of a user.

use crate::shared::currency::Currency;
use crate::shared::violations::Violations;

/// Maximum length of a name, in characters.
pub const NAME_LENGTH: usize = 60;

/// The part of an account that its owner edits.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Profile {
    /// Given name, 1–60 characters on one line; public.
    pub first_name: String,
    /// Family name, 1–60 characters on one line; only visible to the other side of a confirmed booking.
    pub last_name: String,
    /// Telephone number in international form (`+` and 6–15 digits).
    pub phone: Option<String>,
    /// BCP 47 tag of the preferred language, such as `fr-CA`.
    pub locale: Option<String>,
    /// Preferred currency.
    pub currency: Option<Currency>,
}

impl Profile {
    /// Returns all violations.
    #[must_use]
    pub fn validate(&self) -> Violations {
        let mut found = Violations::new();
        found.name("/first_name", &self.first_name, NAME_LENGTH);
        found.name("/last_name", &self.last_name, NAME_LENGTH);
        self.check_details(&mut found);
        found
    }

    /// Returns all violations of the details and of the names that differ from the stored ones: an
    /// older account may have names that are no longer accepted.
    #[must_use]
    pub fn validate_change(&self, stored: &Self) -> Violations {
        let mut found = Violations::new();
        if self.first_name != stored.first_name {
            found.name("/first_name", &self.first_name, NAME_LENGTH);
        }
        if self.last_name != stored.last_name {
            found.name("/last_name", &self.last_name, NAME_LENGTH);
        }
        self.check_details(&mut found);
        found
    }

    /// First name for the greeting of a mail; `None` if it is one that is no longer accepted, which
    /// may carry a text of its own to a stranger.
    #[must_use]
    pub fn greeting_name(&self) -> Option<&str> {
        let mut found = Violations::new();
        found.name("/first_name", &self.first_name, NAME_LENGTH);
        found.is_empty().then_some(self.first_name.as_str())
    }

    fn check_details(&self, found: &mut Violations) {
        if let Some(phone) = &self.phone {
            let digits = phone.strip_prefix('+').unwrap_or("");
            let ok = (6..=15).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
            found.require(
                ok,
                "/phone",
                "invalid",
                "must be a + followed by 6 to 15 digits",
            );
        }
        if let Some(locale) = &self.locale {
            let part_ok = |part: &str| {
                (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
            };
            let ok = locale.len() <= 35 && locale.split('-').all(part_ok);
            found.require(
                ok,
                "/locale",
                "invalid",
                "must be a BCP 47 language tag such as en or fr-CA",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(first_name: &str) -> Profile {
        Profile {
            first_name: first_name.to_owned(),
            last_name: "Ruiz".to_owned(),
            phone: None,
            locale: None,
            currency: None,
        }
    }

    #[test]
    fn names_stand_on_one_line_and_carry_no_link() {
        let long = "x".repeat(NAME_LENGTH);
        for name in [
            "Ana",
            "Ana María",
            "O'Neil-Łuk",
            "家",
            "Dr. X",
            long.as_str(),
        ] {
            assert!(named(name).validate().is_empty(), "{name}");
        }
        let longer = "x".repeat(NAME_LENGTH + 1);
        let refused = [
            "",
            " ",
            "\u{200b}",
            "Ana\nclaim",
            "Ana\r",
            "Ana\tB",
            "Ana\u{2028}B",
            "Ana\u{85}B",
            "Ana\u{202e}B",
            "Ana\u{0}",
            "a/b",
            "ana@mail.example",
            "https://evil.example",
            longer.as_str(),
        ];
        for name in refused {
            let profile = named(name);
            assert!(!profile.validate().is_empty(), "{name:?}");
            assert_eq!(profile.greeting_name(), None, "{name:?}");
        }
    }

    #[test]
    fn an_older_name_stays_while_other_fields_change() {
        let stored = named("a/b");
        let same = Profile {
            phone: Some("+15551234567".to_owned()),
            ..stored.clone()
        };
        assert!(same.validate_change(&stored).is_empty());
        assert!(!named("c/d").validate_change(&stored).is_empty());
    }
}
