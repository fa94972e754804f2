//! Bookings with their payments and reviews, made by the moves of the domain at instants of the past.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use sojourn_application::ports::ImportBatch;
use sojourn_domain::booking::{Booking, NewBooking, Rate, RefundPolicy, price};
use sojourn_domain::payment::{Call, CallKind, GatewayOutcome, Payment};
use sojourn_domain::property::{Calendar, ClaimKind, NightClaim, Property};
use sojourn_domain::review::{Review, ReviewText, Scores};
use sojourn_domain::shared::{
    BookingId, Guests, MarketplaceTerms, Party, PaymentEntryId, PaymentId, ReviewId, Stay, instant_of,
    local_date,
};

use super::people::user_id;
use super::random::Random;
use super::run::SeedError;
use crate::import::derived;

const GOOD: &[&str] = &[
    "Lovely place, just as described. We would come back any time.",
    "Spotless and quiet, and the host answered at once.",
    "Great location, comfortable beds, everything we needed.",
    "Nice stay. The kitchen could be better equipped.",
];
const LONGEST_STAY: u32 = 10;
const LONGEST_GAP: u32 = 6;

/// How many days back a property with so many past bookings may reach, with time to be booked before.
pub(super) fn days_back(past: u32) -> i64 {
    i64::from(past) * i64::from(LONGEST_STAY + LONGEST_GAP) + 130
}

/// Makes the bookings of one property.
pub(super) struct Desk<'a> {
    pub seed: u64,
    pub property: &'a Property,
    pub index: u32,
    pub guests: u32,
    pub terms: &'a MarketplaceTerms,
    pub now: DateTime<Utc>,
}

impl Desk<'_> {
    /// So many bookings that share no night: the first half, going back from yesterday, over; the rest to come.
    pub fn fill(&self, count: u32, batch: &mut ImportBatch) -> Result<(), SeedError> {
        let mut random = Random::new(self.seed, &format!("bookings/{}", self.index));
        let zone = self.property.details.time_zone.ok_or(SeedError::Rule)?;
        let preparation = self.property.details.stay_rules.preparation_nights;
        let today = local_date(zone, self.now);
        let past = count.div_ceil(2);
        let mut edge = back(today, 2)?;
        for number in 0..past {
            let check_out = back(edge, random.within(0, LONGEST_GAP - 2) + preparation)?;
            let check_in = back(check_out, random.within(1, LONGEST_STAY))?;
            edge = check_in;
            let arrival = instant_of(zone, check_in, self.property.details.stay_rules.check_in_from);
            let booked_at = arrival - TimeDelta::minutes(random.within(2_000, 100_000).into());
            self.book(number, stay(check_in, check_out)?, booked_at, &mut random, batch)?;
        }
        let mut edge = ahead(today, 1)?;
        for number in past..count {
            let check_in = ahead(edge, random.within(0, LONGEST_GAP))?;
            let check_out = ahead(check_in, random.within(1, LONGEST_STAY))?;
            edge = ahead(check_out, preparation)?;
            let booked_at = self.now - TimeDelta::minutes(random.within(30, 80_000).into());
            self.book(number, stay(check_in, check_out)?, booked_at, &mut random, batch)?;
        }
        Ok(())
    }

    fn id(&self, what: &str, number: u32) -> uuid::Uuid {
        derived(&format!("seed/{}/property/{}/{what}/{number}", self.seed, self.index))
    }

    fn book(
        &self,
        number: u32,
        stay: Stay,
        booked_at: DateTime<Utc>,
        random: &mut Random,
        batch: &mut ImportBatch,
    ) -> Result<(), SeedError> {
        let most = self.property.details.max_guests.unwrap_or(1);
        let guests = Guests::try_new(random.within(1, most), 0, 0, 0).map_err(|_| SeedError::Rule)?;
        let calendar = Calendar::default();
        let priced = price(self.property, &calendar, stay, guests, Rate::Standard, self.terms, booked_at)?;
        let total = priced.total;
        let new = NewBooking {
            id: BookingId::new(self.id("booking", number)),
            guest_id: user_id(self.seed, "guest", random.within(0, self.guests.saturating_sub(1))),
            stay,
            guests,
            price: priced,
            policy: RefundPolicy::in_force(&self.property.details, stay, Rate::Standard),
            message: None,
        };
        let held = Booking::hold(self.property, new, self.terms, booked_at)?.booking;
        let claims = held.claims().into_iter().map(booked).collect();
        let call = Call {
            id: PaymentEntryId::new(self.id("charge", number)),
            kind: CallKind::Capture,
            amount: total,
            method: Some("pm_card_visa".into()),
            reason: None,
            at: booked_at + TimeDelta::minutes(2),
        };
        let (charge, paid_at) = (call.id, booked_at + TimeDelta::minutes(3));
        let payment =
            Payment::begin(PaymentId::new(self.id("payment", number)), held.id, self.property.id, call);
        let begun = held.begin_payment(payment.clone(), booked_at + TimeDelta::minutes(2))?.booking;
        let done = GatewayOutcome::Done { reference: format!("seed_{}", random.code(12)) };
        batch.payments.push(payment.answered(charge, done, paid_at).map_err(|_| SeedError::Rule)?);
        let mut booking = begun.captured(random.code(10), paid_at)?.booking;
        if let Some(over) = booking.due_at().filter(|&over| over <= self.now) {
            booking = booking.time_out(over)?.booking;
            batch.reviews.extend(self.reviews(number, &booking, over, random)?);
        }
        batch.bookings.push((booking, claims));
        Ok(())
    }

    /// Of ten stays, six are reviewed by both sides, and two by the guest alone.
    fn reviews(
        &self,
        number: u32,
        booking: &Booking,
        over: DateTime<Utc>,
        random: &mut Random,
    ) -> Result<Vec<Review>, SeedError> {
        let (kind, first_at, second_at) =
            (random.within(0, 9), over + TimeDelta::hours(20), over + TimeDelta::hours(40));
        if kind > 7 || first_at > self.now {
            return Ok(Vec::new());
        }
        let text = |random: &mut Random| ReviewText {
            scores: Scores { overall: random.pick(&[5, 5, 5, 4, 4, 3]), categories: BTreeMap::new() },
            public_comment: random.pick(GOOD).to_owned(),
            private_note: None,
        };
        let id = ReviewId::new(self.id("review", number));
        let blind = Review::write(id, booking, Party::Guest, text(random), None, first_at)?.reviews;
        if kind > 5 || second_at > self.now {
            let response_days = booking.terms.response_days;
            let shown = |review: &Review| {
                let end = review.window_ends_at + TimeDelta::seconds(1);
                review.clone().window_over(response_days, end).filter(|_| end <= self.now)
            };
            return Ok(blind
                .iter()
                .flat_map(|review| shown(review).map_or(vec![review.clone()], |it| it.reviews))
                .collect());
        }
        let id = ReviewId::new(self.id("review-of-guest", number));
        let mut answer = text(random);
        answer.public_comment = "Friendly guests who left everything in order.".into();
        Ok(Review::write(id, booking, Party::Host, answer, blind.into_iter().next(), second_at)?.reviews)
    }
}

/// The claim as it stands once the booking is paid.
fn booked(claim: NightClaim) -> NightClaim {
    let kind = if claim.kind == ClaimKind::Held { ClaimKind::Booked } else { claim.kind };
    NightClaim { kind, ..claim }
}

fn stay(check_in: NaiveDate, check_out: NaiveDate) -> Result<Stay, SeedError> {
    Stay::try_new(check_in, check_out).map_err(|_| SeedError::TooManyBookings)
}

fn back(date: NaiveDate, days: u32) -> Result<NaiveDate, SeedError> {
    date.checked_sub_days(Days::new(days.into())).ok_or(SeedError::TooManyBookings)
}

fn ahead(date: NaiveDate, days: u32) -> Result<NaiveDate, SeedError> {
    date.checked_add_days(Days::new(days.into())).ok_or(SeedError::TooManyBookings)
}
