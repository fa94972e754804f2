//! Generated reviews of completed stays.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use sojourn_domain::booking::Booking;
use sojourn_domain::review::{Review, ReviewText, Scores};
use sojourn_domain::shared::{BookingRole, ReviewId};

use super::booking::BookingSeeder;
use super::rng::Rng;
use super::run::SeedError;

const COMMENTS: &[&str] = &[
    "Lovely place, just as described. We would come back any time.",
    "Spotless and quiet, and the host answered at once.",
    "Great location, comfortable beds, everything we needed.",
    "Nice stay. The kitchen could be better equipped.",
];

impl BookingSeeder<'_> {
    /// Of ten stays, six are reviewed by both parties and two by the guest only.
    pub(super) fn reviews(
        &self,
        number: u32,
        booking: &Booking,
        rng: &mut Rng,
    ) -> Result<Vec<Review>, SeedError> {
        let completed_at = booking.updated_at;
        let first_at = completed_at + TimeDelta::hours(20);
        let second_at = completed_at + TimeDelta::hours(40);
        let kind = rng.within(0, 9);
        if kind > 7 || first_at > self.now {
            return Ok(Vec::new());
        }
        let text = |rng: &mut Rng| ReviewText {
            scores: Scores {
                overall: rng.pick(&[5, 5, 5, 4, 4, 3]),
                categories: BTreeMap::new(),
            },
            public_comment: rng.pick(COMMENTS).to_owned(),
            private_note: None,
        };
        let id = ReviewId::new(self.id("review", number));
        let blind =
            Review::write(id, booking, BookingRole::Guest, text(rng), None, first_at)?.reviews;
        if kind > 5 || second_at > self.now {
            let response_days = booking.terms.response_days;
            let shown = |review: &Review| {
                let end = review.window_ends_at + TimeDelta::seconds(1);
                review
                    .clone()
                    .publish_after_window(response_days, 0, end)
                    .filter(|_| end <= self.now)
            };
            return Ok(blind
                .iter()
                .flat_map(|review| shown(review).map_or(vec![review.clone()], |it| it.reviews))
                .collect());
        }
        let id = ReviewId::new(self.id("review-of-guest", number));
        let mut answer = text(rng);
        answer.public_comment = "Friendly guests who left everything in order.".into();
        Ok(Review::write(
            id,
            booking,
            BookingRole::Host,
            answer,
            blind.into_iter().next(),
            second_at,
        )?
        .reviews)
    }
}
