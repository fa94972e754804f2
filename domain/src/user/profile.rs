//! The profile of a user.

use crate::shared::currency::Currency;
use crate::shared::violations::Violations;

/// The part of an account that its owner edits.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Profile {
    /// Given name, 1–100 characters; public.
    pub first_name: String,
    /// Family name, 1–100 characters; only visible to the other side of a confirmed booking.
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
        found.text("/first_name", &self.first_name, 100);
        found.text("/last_name", &self.last_name, 100);
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
        found
    }
}
