//! Stays and guests.

use chrono::NaiveDate;
use sojourn_domain::shared::{Guests, GuestsError, Stay, StayError, Violations};

/// The number of adults, children, infants and pets; violations have pointers below `prefix`.
pub fn guests(counts: [u32; 4], prefix: &str, found: &mut Violations) -> Option<Guests> {
    let range = format!("must be at most {}", Guests::MAX_PER_KIND);
    let names = ["adults", "children", "infants", "pets"];
    for (name, count) in names.into_iter().zip(counts) {
        let pointer = format!("{prefix}/{name}");
        let in_range = count <= Guests::MAX_PER_KIND;
        found.require(in_range, &pointer, "out_of_range", &range);
    }
    let [adults, children, infants, pets] = counts;
    match Guests::try_new(adults, children, infants, pets) {
        Ok(guests) => Some(guests),
        Err(error @ GuestsError::NoAdult) => {
            found.add(
                format!("{prefix}/adults"),
                "out_of_range",
                error.to_string(),
            );
            None
        }
        Err(GuestsError::TooMany) => None,
    }
}

/// The stay between two dates.
pub fn stay(check_in: NaiveDate, check_out: NaiveDate, found: &mut Violations) -> Option<Stay> {
    let error = match Stay::try_new(check_in, check_out) {
        Ok(stay) => return Some(stay),
        Err(error) => error,
    };
    let (pointer, code) = match error {
        StayError::Empty => ("/check_out", "contradiction"),
        StayError::TooLong => ("/check_out", "out_of_range"),
        StayError::BadDate => ("/check_in", "out_of_range"),
    };
    found.add(pointer, code, error.to_string());
    None
}
