//! Requests for other dates or guests.

use chrono::NaiveDate;
use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Guests, GuestsError, Money, Stay, StayError, Violations};

/// Requested changes. Absent fields stay unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlterRequest {
    /// New check-in date.
    pub check_in: Option<NaiveDate>,
    /// New check-out date.
    pub check_out: Option<NaiveDate>,
    /// New guest counts.
    pub guests: GuestsPatch,
    /// The new total that the caller saw; any other total is rejected.
    pub expected_total: Option<Money>,
    /// The gateway's card token for a higher price; the booking's card when absent. Only the guest
    /// can name one.
    pub payment_method: Option<String>,
}

/// Guest counts per kind. Absent fields stay unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GuestsPatch {
    /// Number of adults.
    pub adults: Option<u32>,
    /// Number of children.
    pub children: Option<u32>,
    /// Number of infants.
    pub infants: Option<u32>,
    /// Number of pets.
    pub pets: Option<u32>,
}

impl AlterRequest {
    /// The resulting dates and guests, or all violations.
    pub(super) fn resulting_stay(&self, booking: &Booking) -> Result<(Stay, Guests), Violations> {
        let mut found = Violations::new();
        let check_in = self.check_in.unwrap_or(booking.stay.check_in());
        let check_out = self.check_out.unwrap_or(booking.stay.check_out());
        let stay = Stay::try_new(check_in, check_out)
            .map_err(|error| {
                let (pointer, code) = match error {
                    StayError::Empty => ("/check_out", "contradiction"),
                    StayError::TooLong => ("/check_out", "out_of_range"),
                    StayError::BadDate => ("/check_in", "out_of_range"),
                };
                found.add(pointer, code, error.to_string());
            })
            .ok();
        let guests = self
            .guests
            .applied_to(booking.guests)
            .map_err(|error| {
                let pointer = match error {
                    GuestsError::NoAdult => "/guests/adults",
                    GuestsError::TooMany => "/guests",
                };
                found.add(pointer, "out_of_range", error.to_string());
            })
            .ok();
        match stay.zip(guests) {
            Some(resulting) => found.into_result(resulting),
            None => Err(found),
        }
    }
}

impl GuestsPatch {
    fn applied_to(self, before: Guests) -> Result<Guests, GuestsError> {
        Guests::try_new(
            self.adults.unwrap_or(before.adults()),
            self.children.unwrap_or(before.children()),
            self.infants.unwrap_or(before.infants()),
            self.pets.unwrap_or(before.pets()),
        )
    }
}
