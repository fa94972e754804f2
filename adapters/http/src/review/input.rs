//! Reviews in requests.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sojourn_domain::review::{Category, ReviewText, Scores};
use sojourn_domain::shared::Violations;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::wire::merge_patch::patched;
use crate::wire::patch_schema;

/// Text and ratings of a review.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewTextInput {
    /// Overall rating, 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    pub rating: u8,
    /// Ratings by category.
    #[serde(default)]
    pub categories: CategoriesInput,
    /// Public comment.
    #[schema(min_length = 1, max_length = 5000)]
    pub public_comment: String,
    /// Private note for the reviewed party.
    #[schema(min_length = 1, max_length = 5000)]
    pub private_note: Option<String>,
}

/// Ratings by category, 1 to 5 each. Guests rate all but `house_rules`; hosts rate `cleanliness`,
/// `communication` and `house_rules`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewCategoriesInput)]
pub struct CategoriesInput {
    /// Cleanliness of the property or the guest.
    #[schema(minimum = 1, maximum = 5)]
    pub cleanliness: Option<u8>,
    /// Accuracy of the description.
    #[schema(minimum = 1, maximum = 5)]
    pub accuracy: Option<u8>,
    /// Check-in.
    #[schema(minimum = 1, maximum = 5)]
    pub check_in: Option<u8>,
    /// Communication.
    #[schema(minimum = 1, maximum = 5)]
    pub communication: Option<u8>,
    /// Location.
    #[schema(minimum = 1, maximum = 5)]
    pub location: Option<u8>,
    /// Value for money.
    #[schema(minimum = 1, maximum = 5)]
    pub value: Option<u8>,
    /// Observance of the house rules.
    #[schema(minimum = 1, maximum = 5)]
    pub house_rules: Option<u8>,
}

/// Merge patch of a review: absent fields stay unchanged, `null` clears a field.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct ReviewPatch(pub Map<String, Value>);

impl PartialSchema for ReviewPatch {
    fn schema() -> RefOr<Schema> {
        patch_schema::of::<ReviewTextInput>()
    }
}

impl ToSchema for ReviewPatch {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        patch_schema::parts_of::<ReviewTextInput>(schemas);
    }
}

impl ReviewPatch {
    /// The text with the patch applied, or the violations of unreadable fields.
    pub fn apply(&self, text: &ReviewText) -> Result<ReviewText, Violations> {
        patched(&ReviewTextInput::from(text), &self.0, |input| {
            Ok(input.into())
        })
    }
}

impl From<&ReviewText> for ReviewTextInput {
    fn from(text: &ReviewText) -> Self {
        Self {
            rating: text.scores.overall,
            categories: CategoriesInput::from(&text.scores.categories),
            public_comment: text.public_comment.clone(),
            private_note: text.private_note.clone(),
        }
    }
}

impl From<ReviewTextInput> for ReviewText {
    fn from(input: ReviewTextInput) -> Self {
        Self {
            scores: Scores {
                overall: input.rating,
                categories: input.categories.into(),
            },
            public_comment: input.public_comment,
            private_note: input.private_note,
        }
    }
}

impl From<&BTreeMap<Category, u8>> for CategoriesInput {
    fn from(scores: &BTreeMap<Category, u8>) -> Self {
        let score = |category| scores.get(&category).copied();
        Self {
            cleanliness: score(Category::Cleanliness),
            accuracy: score(Category::Accuracy),
            check_in: score(Category::CheckIn),
            communication: score(Category::Communication),
            location: score(Category::Location),
            value: score(Category::Value),
            house_rules: score(Category::HouseRules),
        }
    }
}

impl From<CategoriesInput> for BTreeMap<Category, u8> {
    fn from(input: CategoriesInput) -> Self {
        let scores = [
            (Category::Cleanliness, input.cleanliness),
            (Category::Accuracy, input.accuracy),
            (Category::CheckIn, input.check_in),
            (Category::Communication, input.communication),
            (Category::Location, input.location),
            (Category::Value, input.value),
            (Category::HouseRules, input.house_rules),
        ];
        scores
            .into_iter()
            .filter_map(|(category, score)| Some((category, score?)))
            .collect()
    }
}
