//! Checks of a stored review.

use crate::review::review::ReviewRecord;
use crate::review::scores::SCORES;
use crate::shared::invalid_record::{InvalidRecord, check_version};

/// Checks everything that a review guarantees.
pub(super) fn check_review(record: &ReviewRecord) -> Result<(), InvalidRecord> {
    check_version(record.version)?;
    if record.reviewer_id == record.addressee_id {
        let rule = "author and addressee differ";
        return Err(InvalidRecord::new("reviewer_id", record.reviewer_id, rule));
    }
    let parts = [
        ("respond_by", record.respond_by.is_some()),
        ("response", record.response.is_some()),
    ];
    for (field, present) in parts {
        if present && record.published_at.is_none() {
            let rule = "only a published review is answered";
            return Err(InvalidRecord::new(field, "present", rule));
        }
    }
    check_scores(record)
}

fn check_scores(record: &ReviewRecord) -> Result<(), InvalidRecord> {
    let scores = &record.text.scores;
    let categories = scores.categories.values();
    let mut all = categories.copied().chain([scores.overall]);
    if let Some(score) = all.find(|score| !SCORES.contains(score)) {
        let rule = format!("each score is {} to {}", SCORES.start(), SCORES.end());
        return Err(InvalidRecord::new("text.scores", score, rule));
    }
    let mut categories = scores.categories.keys();
    match categories.find(|category| !category.applies_to(record.subject)) {
        None => Ok(()),
        Some(category) => {
            let rule = format!("it does not apply to reviews of a {}", record.subject);
            Err(InvalidRecord::new("text.scores", category, rule))
        }
    }
}
