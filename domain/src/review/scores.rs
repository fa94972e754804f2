//! Scores from 1 to 5.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::shared::string_enum::string_enum;
use crate::shared::violations::Violations;

use crate::review::review::Subject;

string_enum! {
    /// Category of a score.
    Category {
        /// Cleanliness.
        Cleanliness = "cleanliness",
        /// Accuracy of the description.
        Accuracy = "accuracy",
        /// Check-in.
        CheckIn = "check_in",
        /// Communication.
        Communication = "communication",
        /// Location.
        Location = "location",
        /// Value for money.
        Value = "value",
        /// Respect of the house rules.
        HouseRules = "house_rules",
    }
}

/// Accepted scores.
pub(super) const SCORES: RangeInclusive<u8> = 1..=5;

impl Category {
    /// Returns `true` if reviews of this subject score the category.
    #[must_use]
    pub const fn applies_to(self, subject: Subject) -> bool {
        match subject {
            Subject::Property => !matches!(self, Self::HouseRules),
            Subject::Guest => {
                matches!(
                    self,
                    Self::Cleanliness | Self::Communication | Self::HouseRules
                )
            }
        }
    }
}

/// Overall score and scores by category, each 1 to 5. The overall score is given separately and is
/// not a mean.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Scores {
    /// Overall score.
    pub overall: u8,
    /// Scores by category; each is optional.
    pub categories: BTreeMap<Category, u8>,
}

impl Scores {
    /// Collects all violations.
    pub(super) fn collect_violations(&self, subject: Subject, found: &mut Violations) {
        found.require(
            SCORES.contains(&self.overall),
            "/rating",
            "out_of_range",
            "1 to 5",
        );
        for (&category, score) in &self.categories {
            let pointer = format!("/categories/{category}");
            found.require(SCORES.contains(score), &pointer, "out_of_range", "1 to 5");
            found.require(
                category.applies_to(subject),
                &pointer,
                "invalid",
                "this category does not apply to reviews of this kind",
            );
        }
    }
}
