//! Review rows: a guest and the text of a review.

use std::collections::BTreeMap;

use sojourn_domain::review::{Review, ReviewRecord, ReviewText, Scores, Subject};
use sojourn_domain::shared::ReviewId;
use sojourn_domain::user::User;

use super::csv_file::Row;
use super::ids::derived_uuid_v7;
use super::listing::{Listing, imported_user, parse_date};
use super::plain_text::{from_html, truncate};
use super::report::FileReport;

/// Converts a review row to a review and its author. The error is the reason for rejecting the row.
/// The source has no score for a single review: it gets the rounded mean of its listing, so that it
/// counts towards the rating.
pub(super) fn read(
    row: &Row<'_>,
    listing: &Listing,
    report: &mut FileReport,
) -> Result<(User, Review), &'static str> {
    let id = row
        .id("id")
        .ok_or("the id of the review is missing or not a number")?;
    let reviewer = row
        .id("reviewer_id")
        .ok_or("the id of the reviewer is missing or not a number")?;
    let at = parse_date(row.get("date")).ok_or("the date is missing or invalid")?;
    let overall = listing
        .score
        .ok_or("the listing has no rating to use as the score")?;
    let (public_comment, cut) = truncate(from_html(row.get("comments")), 5_000);
    if public_comment.is_empty() {
        return Err("the review has no text");
    }
    let reviewer = imported_user(reviewer, row.get("reviewer_name"), at)?;
    if reviewer.id == listing.host_id {
        return Err("the reviewer is the host of the listing");
    }
    let text = ReviewText {
        scores: Scores {
            overall,
            categories: BTreeMap::new(),
        },
        public_comment,
        private_note: None,
    };
    if !text.validate(Subject::Property).is_empty() {
        return Err("the review violates a rule of the marketplace");
    }
    if cut {
        report.adjust("text longer than 5000 characters: truncated", row.line);
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
    });
    Ok((reviewer, review))
}
