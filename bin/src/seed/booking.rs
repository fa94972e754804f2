//! Generated bookings of a property.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use sojourn_application::ports::ImportBatch;
use sojourn_domain::booking::{BookingStatus, NewBooking, Offer, StayRequest};
use sojourn_domain::property::{Calendar, Property};
use sojourn_domain::shared::{BookingId, Guests, MarketplaceTerms, Stay, instant_of, local_date};

use super::rng::Rng;
use super::run::SeedError;
use super::users::user_id;
use crate::import::derived_uuid;

const MAX_STAY_NIGHTS: u32 = 10;
const MAX_GAP_NIGHTS: u32 = 6;

/// Days that a property with `past` past bookings may reach back, including the time for booking
/// ahead.
pub(super) fn history_days(past: u32) -> i64 {
    i64::from(past) * i64::from(MAX_STAY_NIGHTS + MAX_GAP_NIGHTS) + 130
}

/// Generates the bookings of one property.
pub(super) struct BookingSeeder<'a> {
    pub seed: u64,
    pub property: &'a Property,
    pub index: u32,
    pub guests: u32,
    pub terms: &'a MarketplaceTerms,
    pub now: DateTime<Utc>,
}

impl BookingSeeder<'_> {
    /// Generates `count` bookings that share no night: the first half completed, going back from
    /// yesterday, the rest upcoming.
    pub fn fill(&self, count: u32, batch: &mut ImportBatch) -> Result<(), SeedError> {
        let mut rng = Rng::new(self.seed, &format!("bookings/{}", self.index));
        let zone = self.property.details.time_zone.ok_or(SeedError::Rule)?;
        let preparation = self.property.details.stay_rules.preparation_nights;
        let today = local_date(zone, self.now);
        let past = count.div_ceil(2);
        let mut edge = days_before(today, 2)?;
        for number in 0..past {
            let check_out = days_before(edge, rng.within(0, MAX_GAP_NIGHTS - 2) + preparation)?;
            let check_in = days_before(check_out, rng.within(1, MAX_STAY_NIGHTS))?;
            edge = check_in;
            let arrival = instant_of(
                zone,
                check_in,
                self.property.details.stay_rules.check_in_from,
            );
            let booked_at = arrival - TimeDelta::minutes(rng.within(2_000, 100_000).into());
            self.seed_booking(
                number,
                stay(check_in, check_out)?,
                booked_at,
                &mut rng,
                batch,
            )?;
        }
        let mut edge = days_after(today, 1)?;
        for number in past..count {
            let check_in = days_after(edge, rng.within(0, MAX_GAP_NIGHTS))?;
            let check_out = days_after(check_in, rng.within(1, MAX_STAY_NIGHTS))?;
            edge = days_after(check_out, preparation)?;
            let booked_at = self.now - TimeDelta::minutes(rng.within(30, 80_000).into());
            self.seed_booking(
                number,
                stay(check_in, check_out)?,
                booked_at,
                &mut rng,
                batch,
            )?;
        }
        Ok(())
    }

    pub(super) fn id(&self, what: &str, number: u32) -> uuid::Uuid {
        derived_uuid(&format!(
            "seed/{}/property/{}/{what}/{number}",
            self.seed, self.index
        ))
    }

    fn seed_booking(
        &self,
        number: u32,
        stay: Stay,
        booked_at: DateTime<Utc>,
        rng: &mut Rng,
        batch: &mut ImportBatch,
    ) -> Result<(), SeedError> {
        let max_guests = self.property.details.max_guests.unwrap_or(1);
        let guests =
            Guests::try_new(rng.within(1, max_guests), 0, 0, 0).map_err(|_| SeedError::Rule)?;
        let calendar = Calendar::free_for(self.property, stay);
        let quote = Offer::new(self.property, &calendar, self.terms)
            .quote(StayRequest::new(stay, guests), booked_at)?;
        let new = NewBooking {
            id: BookingId::new(self.id("booking", number)),
            guest_id: user_id(
                self.seed,
                "guest",
                rng.within(0, self.guests.saturating_sub(1)),
            ),
            quote,
            message: None,
        };
        let code = rng.code(10);
        let history = self.simulate(number, new, code, booked_at)?;
        if history.booking.status == BookingStatus::Completed {
            batch
                .reviews
                .extend(self.reviews(number, &history.booking, rng)?);
        }
        batch.journal.extend(history.journal);
        batch.payments.push(history.payment);
        batch
            .bookings
            .push((history.booking.clone(), history.booking.claims()));
        Ok(())
    }
}

fn stay(check_in: NaiveDate, check_out: NaiveDate) -> Result<Stay, SeedError> {
    Stay::try_new(check_in, check_out).map_err(|_| SeedError::TooManyBookings)
}

fn days_before(date: NaiveDate, days: u32) -> Result<NaiveDate, SeedError> {
    date.checked_sub_days(Days::new(days.into()))
        .ok_or(SeedError::TooManyBookings)
}

fn days_after(date: NaiveDate, days: u32) -> Result<NaiveDate, SeedError> {
    date.checked_add_days(Days::new(days.into()))
        .ok_or(SeedError::TooManyBookings)
}
