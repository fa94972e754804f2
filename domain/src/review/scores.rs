//! Scores from 1 to 5.

use std::collections::BTreeMap;

use crate::property::words;
use crate::shared::Violations;

use super::Subject;

words! {
    /// What is scored apart from the whole.
    Category {
        /// How clean it, or they, were.
        Cleanliness = "cleanliness",
        /// Whether it was as described.
        Accuracy = "accuracy",
        /// How arriving went.
        CheckIn = "check_in",
        /// How one was answered.
        Communication = "communication",
        /// Where it is.
        Location = "location",
        /// Whether it was worth its price.
        Value = "value",
        /// Whether the house rules were kept.
        HouseRules = "house_rules",
    }
}

impl PartialOrd for Category {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Category {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (*self as u8).cmp(&(*other as u8))
    }
}

/// The overall score and those by category, each 1 to 5. The overall one is its own, no mean.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Scores {
    /// The whole.
    pub overall: u8,
    /// The parts that were scored.
    pub categories: BTreeMap<Category, u8>,
}

impl Scores {
    /// Notes all that is wrong with them.
    pub(super) fn check(&self, subject: Subject, found: &mut Violations) {
        let allowed = |category| match subject {
            Subject::Property => category != Category::HouseRules,
            Subject::Guest => {
                matches!(
                    category,
                    Category::Cleanliness | Category::Communication | Category::HouseRules
                )
            }
        };
        found.require(
            (1..=5).contains(&self.overall),
            "/rating",
            "out_of_range",
            "1 to 5",
        );
        for (&category, score) in &self.categories {
            let pointer = format!("/categories/{category}");
            found.require((1..=5).contains(score), &pointer, "out_of_range", "1 to 5");
            found.require(
                allowed(category),
                &pointer,
                "invalid",
                "not scored in this direction",
            );
        }
    }
}
