//! What is said of past stays.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use sojourn_domain::booking::Booking;
use sojourn_domain::review::{Review, ReviewText, Scores};
use sojourn_domain::shared::{Party, ReviewId};

use super::booking::Desk;
use super::random::Random;
use super::run::SeedError;

const GOOD: &[&str] = &[
    "Lovely place, just as described. We would come back any time.",
    "Spotless and quiet, and the host answered at once.",
    "Great location, comfortable beds, everything we needed.",
    "Nice stay. The kitchen could be better equipped.",
];

impl Desk<'_> {
    /// Of ten stays, six are reviewed by both sides, and two by the guest alone.
    pub(super) fn reviews(
        &self,
        number: u32,
        booking: &Booking,
        random: &mut Random,
    ) -> Result<Vec<Review>, SeedError> {
        let over = booking.updated_at;
        let (kind, first_at, second_at) = (
            random.within(0, 9),
            over + TimeDelta::hours(20),
            over + TimeDelta::hours(40),
        );
        if kind > 7 || first_at > self.now {
            return Ok(Vec::new());
        }
        let text = |random: &mut Random| ReviewText {
            scores: Scores {
                overall: random.pick(&[5, 5, 5, 4, 4, 3]),
                categories: BTreeMap::new(),
            },
            public_comment: random.pick(GOOD).to_owned(),
            private_note: None,
        };
        let id = ReviewId::new(self.id("review", number));
        let blind = Review::write(id, booking, Party::Guest, text(random), None, first_at)?.reviews;
        if kind > 5 || second_at > self.now {
            let response_days = booking.terms.response_days;
            let shown = |review: &Review| {
                let end = review.window_ends_at + TimeDelta::seconds(1);
                review
                    .clone()
                    .window_over(response_days, end)
                    .filter(|_| end <= self.now)
            };
            return Ok(blind
                .iter()
                .flat_map(|review| shown(review).map_or(vec![review.clone()], |it| it.reviews))
                .collect());
        }
        let id = ReviewId::new(self.id("review-of-guest", number));
        let mut answer = text(random);
        answer.public_comment = "Friendly guests who left everything in order.".into();
        Ok(Review::write(
            id,
            booking,
            Party::Host,
            answer,
            blind.into_iter().next(),
            second_at,
        )?
        .reviews)
    }
}
