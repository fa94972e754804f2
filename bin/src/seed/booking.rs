//! The bookings of a property.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use sojourn_application::ports::ImportBatch;
use sojourn_domain::booking::{NewBooking, Rate, RefundPolicy, Status, price};
use sojourn_domain::property::{Calendar, Property};
use sojourn_domain::shared::{BookingId, Guests, MarketplaceTerms, Stay, instant_of, local_date};

use super::people::user_id;
use super::random::Random;
use super::run::SeedError;
use crate::import::derived;

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
            let arrival = instant_of(
                zone,
                check_in,
                self.property.details.stay_rules.check_in_from,
            );
            let booked_at = arrival - TimeDelta::minutes(random.within(2_000, 100_000).into());
            self.book(
                number,
                stay(check_in, check_out)?,
                booked_at,
                &mut random,
                batch,
            )?;
        }
        let mut edge = ahead(today, 1)?;
        for number in past..count {
            let check_in = ahead(edge, random.within(0, LONGEST_GAP))?;
            let check_out = ahead(check_in, random.within(1, LONGEST_STAY))?;
            edge = ahead(check_out, preparation)?;
            let booked_at = self.now - TimeDelta::minutes(random.within(30, 80_000).into());
            self.book(
                number,
                stay(check_in, check_out)?,
                booked_at,
                &mut random,
                batch,
            )?;
        }
        Ok(())
    }

    pub(super) fn id(&self, what: &str, number: u32) -> uuid::Uuid {
        derived(&format!(
            "seed/{}/property/{}/{what}/{number}",
            self.seed, self.index
        ))
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
        let guests =
            Guests::try_new(random.within(1, most), 0, 0, 0).map_err(|_| SeedError::Rule)?;
        let calendar = Calendar::default();
        let priced = price(
            self.property,
            &calendar,
            stay,
            guests,
            Rate::Standard,
            self.terms,
            booked_at,
        )?;
        let new = NewBooking {
            id: BookingId::new(self.id("booking", number)),
            guest_id: user_id(
                self.seed,
                "guest",
                random.within(0, self.guests.saturating_sub(1)),
            ),
            stay,
            guests,
            price: priced,
            policy: RefundPolicy::in_force(&self.property.details, stay, Rate::Standard),
            terms: self.terms.clone(),
            message: None,
        };
        let code = random.code(10);
        let lived = self.live(number, new, code, booked_at)?;
        if lived.booking.status == Status::Completed {
            batch
                .reviews
                .extend(self.reviews(number, &lived.booking, random)?);
        }
        batch.journal.extend(lived.journal);
        batch.payments.push(lived.payment);
        batch
            .bookings
            .push((lived.booking.clone(), lived.booking.claims()));
        Ok(())
    }
}

fn stay(check_in: NaiveDate, check_out: NaiveDate) -> Result<Stay, SeedError> {
    Stay::try_new(check_in, check_out).map_err(|_| SeedError::TooManyBookings)
}

fn back(date: NaiveDate, days: u32) -> Result<NaiveDate, SeedError> {
    date.checked_sub_days(Days::new(days.into()))
        .ok_or(SeedError::TooManyBookings)
}

fn ahead(date: NaiveDate, days: u32) -> Result<NaiveDate, SeedError> {
    date.checked_add_days(Days::new(days.into()))
        .ok_or(SeedError::TooManyBookings)
}
