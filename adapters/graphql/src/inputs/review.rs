//! Reviews.

use std::collections::BTreeMap;

use async_graphql::{InputObject, MaybeUndefined};
use sojourn_application::review::WriteReview;
use sojourn_domain::review::{Category, ReviewText, Scores};

use super::patch;
use crate::scalars::Id;

/// A review of a stay.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct WriteReviewInput {
    /// Id of the booking.
    booking_id: Id,
    /// Overall rating, 1 to 5.
    rating: u8,
    /// Ratings by category.
    #[graphql(default)]
    categories: ReviewCategoriesInput,
    /// Public comment, 1 to 5000 characters.
    public_comment: String,
    /// Private note for the reviewed party, up to 5000 characters.
    private_note: Option<String>,
}

/// Ratings by category, 1 to 5 each. Guests rate all but `houseRules`; hosts rate `cleanliness`, `communication` and
/// `houseRules`.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct ReviewCategoriesInput {
    /// Cleanliness of the property or the guest.
    cleanliness: Option<u8>,
    /// Accuracy of the description.
    accuracy: Option<u8>,
    /// Check-in.
    check_in: Option<u8>,
    /// Communication.
    communication: Option<u8>,
    /// Location.
    location: Option<u8>,
    /// Value for money.
    value: Option<u8>,
    /// Observance of the house rules.
    house_rules: Option<u8>,
}

/// Changes of a review: absent fields and categories stay unchanged, and null clears one.
#[derive(Debug, Clone, InputObject)]
#[graphql(name = "ReviewChangesInput")]
pub(crate) struct ReviewChanges {
    /// Overall rating, 1 to 5.
    rating: Option<u8>,
    /// Ratings by category.
    categories: MaybeUndefined<ReviewCategoriesChanges>,
    /// Public comment, 1 to 5000 characters.
    public_comment: Option<String>,
    /// Private note for the reviewed party, up to 5000 characters.
    private_note: MaybeUndefined<String>,
}

/// Changes of the ratings by category: absent categories stay unchanged, and null clears one.
#[derive(Debug, Clone, InputObject)]
#[graphql(name = "ReviewCategoriesChangesInput")]
pub(crate) struct ReviewCategoriesChanges {
    /// Cleanliness of the property or the guest.
    cleanliness: MaybeUndefined<u8>,
    /// Accuracy of the description.
    accuracy: MaybeUndefined<u8>,
    /// Check-in.
    check_in: MaybeUndefined<u8>,
    /// Communication.
    communication: MaybeUndefined<u8>,
    /// Location.
    location: MaybeUndefined<u8>,
    /// Value for money.
    value: MaybeUndefined<u8>,
    /// Observance of the house rules.
    house_rules: MaybeUndefined<u8>,
}

impl ReviewCategoriesChanges {
    fn apply(self, mut stored: BTreeMap<Category, u8>) -> BTreeMap<Category, u8> {
        let changes = [
            (Category::Cleanliness, self.cleanliness),
            (Category::Accuracy, self.accuracy),
            (Category::CheckIn, self.check_in),
            (Category::Communication, self.communication),
            (Category::Location, self.location),
            (Category::Value, self.value),
            (Category::HouseRules, self.house_rules),
        ];
        for (category, change) in changes {
            match change {
                MaybeUndefined::Undefined => {}
                MaybeUndefined::Null => drop(stored.remove(&category)),
                MaybeUndefined::Value(score) => drop(stored.insert(category, score)),
            }
        }
        stored
    }
}

impl From<ReviewCategoriesInput> for BTreeMap<Category, u8> {
    fn from(input: ReviewCategoriesInput) -> Self {
        let scores = [
            (Category::Cleanliness, input.cleanliness),
            (Category::Accuracy, input.accuracy),
            (Category::CheckIn, input.check_in),
            (Category::Communication, input.communication),
            (Category::Location, input.location),
            (Category::Value, input.value),
            (Category::HouseRules, input.house_rules),
        ];
        let given = scores.into_iter();
        given
            .filter_map(|(category, score)| Some((category, score?)))
            .collect()
    }
}

impl From<WriteReviewInput> for WriteReview {
    fn from(input: WriteReviewInput) -> Self {
        Self {
            booking_id: input.booking_id.into(),
            text: ReviewText {
                scores: Scores {
                    overall: input.rating,
                    categories: input.categories.into(),
                },
                public_comment: input.public_comment,
                private_note: input.private_note,
            },
        }
    }
}

impl ReviewChanges {
    /// The text with the changes applied.
    pub(crate) fn apply(&self, stored: &ReviewText) -> ReviewText {
        let (change, stored) = (self.clone(), stored.clone());
        ReviewText {
            scores: Scores {
                overall: change.rating.unwrap_or(stored.scores.overall),
                categories: match change.categories {
                    MaybeUndefined::Undefined => stored.scores.categories,
                    MaybeUndefined::Null => BTreeMap::new(),
                    MaybeUndefined::Value(changes) => changes.apply(stored.scores.categories),
                },
            },
            public_comment: change.public_comment.unwrap_or(stored.public_comment),
            private_note: patch(change.private_note, Some).apply_to(stored.private_note),
        }
    }
}
