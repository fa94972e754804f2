//! Rules by weekday.

use chrono::Weekday;

use crate::shared::stay::Stay;
use crate::shared::violations::Violations;

/// A host's rules for every date of one weekday. Absent values are inherited from the property; the
/// rules of a date take precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct WeekdayRules {
    /// Weekday; stored as its [`weekday_name`].
    #[cfg_attr(feature = "serde", serde(with = "weekday_serde"))]
    pub weekday: Weekday,
    /// Minimum nights of a stay that begins on this weekday.
    #[cfg_attr(feature = "serde", serde(default))]
    pub min_nights: Option<u32>,
    /// Maximum nights of a stay that begins on this weekday.
    #[cfg_attr(feature = "serde", serde(default))]
    pub max_nights: Option<u32>,
    /// True if no stay may begin on this weekday.
    #[cfg_attr(feature = "serde", serde(default))]
    pub closed_to_arrival: bool,
    /// True if no stay may end on this weekday.
    #[cfg_attr(feature = "serde", serde(default))]
    pub closed_to_departure: bool,
}

impl WeekdayRules {
    /// A weekday without rules.
    #[must_use]
    pub const fn of(weekday: Weekday) -> Self {
        Self {
            weekday,
            min_nights: None,
            max_nights: None,
            closed_to_arrival: false,
            closed_to_departure: false,
        }
    }

    /// Collects all violations, also in combination with the property's limits, under the pointer
    /// of this element. Together they must allow a stay that begins on this weekday.
    pub(super) fn collect_violations(
        &self,
        (min, max): (u32, u32),
        pointer: &str,
        found: &mut Violations,
    ) {
        let count_ok =
            |count: Option<u32>| count.is_none_or(|count| (1..=Stay::LONGEST).contains(&count));
        let range = format!("1 to {} nights", Stay::LONGEST);
        let (fewest, most) = (
            format!("{pointer}/min_nights"),
            format!("{pointer}/max_nights"),
        );
        found.require(count_ok(self.min_nights), &fewest, "out_of_range", &range);
        found.require(count_ok(self.max_nights), &most, "out_of_range", &range);
        match (self.min_nights, self.max_nights) {
            (Some(min), Some(max)) if min > max => {
                found.add(most, "contradiction", "must not be below min_nights");
            }
            (Some(own), None) if own > max => {
                found.add(
                    fewest,
                    "contradiction",
                    format!("must not be above the property's {max} nights"),
                );
            }
            (None, Some(own)) if own < min => {
                found.add(
                    most,
                    "contradiction",
                    format!("must not be below the property's {min} nights"),
                );
            }
            _ => {}
        }
    }
}

/// Identifier of a weekday: `monday` to `sunday`.
#[must_use]
pub const fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    }
}

/// Returns the weekday with this identifier, in lower case and unabbreviated.
#[must_use]
pub fn parse_weekday(word: &str) -> Option<Weekday> {
    let mut days = std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ())).take(7);
    days.find(|&day| weekday_name(day) == word)
}

#[cfg(feature = "serde")]
mod weekday_serde {
    use chrono::Weekday;
    use serde::{Deserialize, Deserializer, Serializer, de};

    use super::parse_weekday;
    use super::weekday_name;

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "signature required by serde"
    )]
    pub fn serialize<S: Serializer>(weekday: &Weekday, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(weekday_name(*weekday))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Weekday, D::Error> {
        let word = String::deserialize(deserializer)?;
        parse_weekday(&word).ok_or_else(|| de::Error::custom("not a weekday"))
    }
}
