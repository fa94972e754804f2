//! A row of reviews: a guest and what they wrote.

use std::collections::BTreeMap;

use sojourn_domain::review::{Review, ReviewRecord, ReviewText, Scores, Subject};
use sojourn_domain::shared::ReviewId;
use sojourn_domain::user::User;

use super::ids::derived_at;
use super::listing::{Listing, account, midnight};
use super::report::FileReport;
use super::source::Row;
use super::text::{plain, shortened};

/// Reads a review of a listing and its author, or tells why the row is refused. The source gives a review no
/// score: it gets the listing's mean, rounded, so that it counts in the rating.
pub(super) fn read(
    row: &Row<'_>,
    listing: &Listing,
    report: &mut FileReport,
) -> Result<(User, Review), &'static str> {
    let id = row
        .id("id")
        .ok_or("the id of the review is missing or no number")?;
    let reviewer = row
        .id("reviewer_id")
        .ok_or("the id of the reviewer is missing or no number")?;
    let at = midnight(row.get("date")).ok_or("the date is missing or none")?;
    let overall = listing
        .score
        .ok_or("the listing has no rating that the review could have")?;
    let (public_comment, cut) = shortened(plain(row.get("comments")), 5_000);
    if public_comment.is_empty() {
        return Err("the review has no text");
    }
    let reviewer = account(reviewer, row.get("reviewer_name"), at)?;
    if reviewer.id == listing.host_id {
        return Err("the host reviews the own listing");
    }
    let text = ReviewText {
        scores: Scores {
            overall,
            categories: BTreeMap::new(),
        },
        public_comment,
        private_note: None,
    };
    if !text.violations(Subject::Property).is_empty() {
        return Err("the review breaks a rule of the marketplace");
    }
    if cut {
        report.adjust("text above 5000 characters: shortened", row.line);
    }
    let review = Review::restore(ReviewRecord {
        id: ReviewId::new(derived_at(&format!("inside-airbnb/review/{id}"), at)),
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
