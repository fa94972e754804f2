//! Screens of a booking site in few calls.

mod calendars;
pub mod expand;
mod flexible_dates;
mod listing;
mod lists;
mod page;
mod similar;
mod summary;
mod views;

use std::collections::BTreeMap;

use sojourn_domain::booking::Booking;
use sojourn_domain::review::{Review, ReviewChange, ReviewText, Scores, Subject};
use sojourn_domain::shared::{BookingRole, ReviewId};
use sojourn_tests::{new_id, now};

/// A review of a stay that no side has reviewed yet.
fn review_of(booking: &Booking, subject: Subject, overall: u8) -> ReviewChange {
    let by = match subject {
        Subject::Property => BookingRole::Guest,
        Subject::Guest => BookingRole::Host,
    };
    let text = ReviewText {
        scores: Scores {
            overall,
            categories: BTreeMap::default(),
        },
        public_comment: "Quiet.".to_owned(),
        private_note: None,
    };
    Review::write(ReviewId::new(new_id()), booking, by, text, None, now()).unwrap()
}
