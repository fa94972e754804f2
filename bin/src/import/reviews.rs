//! Review rows: a guest and the text of a review.

use std::collections::BTreeMap;

use sojourn_domain::review::{Review, ReviewRecord, ReviewText, Scores, Subject};
use sojourn_domain::shared::ReviewId;
use sojourn_domain::user::User;

use super::file::csv_file::Row;
use super::ids::derived_uuid_v7;
use super::listing::{Listing, contradiction, imported_user, parse_date, rule_violation};
use super::plain_text::{from_html, truncate};
use super::rating::score;
use super::report::FileReport;
use super::row_error::RowError;

/// Converts a review row to a review and its author. The source has no score for a single review:
/// the scores of a listing are chosen such that their mean is its rating. `nth` is 1 for the first
/// review of the listing.
pub(super) fn read(
    row: &Row<'_>,
    listing: &Listing,
    nth: u64,
    report: &mut FileReport,
) -> Result<(User, Review), RowError> {
    let id = row.id("id")?;
    let reviewer = row.id("reviewer_id")?;
    let at = parse_date(row, "date")?;
    let rating = listing.rating.ok_or_else(|| {
        let expected = "a listing with a rating (review_scores_rating), which its reviews need";
        row.error("listing_id", expected)
    })?;
    let (public_comment, cut) = truncate(from_html(row.get("comments")), 5_000);
    if public_comment.is_empty() {
        return Err(row.error("comments", "a text"));
    }
    let reviewer = imported_user(row, ("reviewer_id", reviewer), "reviewer_name", at)?;
    if reviewer.id == listing.host_id {
        return Err(row.error("reviewer_id", "a guest: it is the host of the listing"));
    }
    let text = ReviewText {
        scores: Scores {
            overall: score(rating, nth),
            categories: BTreeMap::new(),
        },
        public_comment,
        private_note: None,
    };
    if let Some(violation) = text.validate(Subject::Property).iter().next() {
        return Err(rule_violation(violation));
    }
    if cut {
        report.adjust("text longer than 5000 characters: truncated", row.line, "");
    }
    let review = Review::restore(ReviewRecord {
        id: ReviewId::new(derived_uuid_v7(&format!("inside-airbnb/review/{id}"), at)),
        booking_id: None,
        property_id: listing.property_id,
        reviewer_id: reviewer.id,
        addressee_id: listing.host_id,
        subject: Subject::Property,
        text,
        response: None,
        window_ends_at: at,
        published_at: Some(at),
        respond_by: None,
        created_at: at,
        updated_at: at,
        version: 1,
    })
    .map_err(|error| contradiction(&error))?;
    Ok((reviewer, review))
}
