//! Dates, stays and parties as clients send them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sojourn_domain::booking::Rate;
use sojourn_domain::shared::{Guests, GuestsError, Stay, StayError, Violations};
use utoipa::ToSchema;

use super::words::word;

/// Who comes along.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Guests)]
pub struct GuestsDto {
    /// Adults, at least one.
    #[schema(minimum = 1, maximum = 50)]
    pub adults: u32,
    /// Children of 2 to 12 years.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 50)]
    pub children: u32,
    /// Infants under 2, who count for nothing but company.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 50)]
    pub infants: u32,
    /// Pets.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 50)]
    pub pets: u32,
}

impl From<Guests> for GuestsDto {
    fn from(guests: Guests) -> Self {
        Self {
            adults: guests.adults(),
            children: guests.children(),
            infants: guests.infants(),
            pets: guests.pets(),
        }
    }
}

impl GuestsDto {
    /// The party, or everything that is wrong with it; `prefix` leads to its fields.
    pub fn parse(self, prefix: &str, found: &mut Violations) -> Option<Guests> {
        let counts = [self.adults, self.children, self.infants, self.pets];
        let range = format!("at most {} of each", Guests::MOST);
        for (name, count) in ["adults", "children", "infants", "pets"]
            .into_iter()
            .zip(counts)
        {
            found.require(
                count <= Guests::MOST,
                &format!("{prefix}/{name}"),
                "out_of_range",
                &range,
            );
        }
        match Guests::try_new(self.adults, self.children, self.infants, self.pets) {
            Ok(guests) => Some(guests),
            Err(GuestsError::NoAdult) => {
                found.add(
                    format!("{prefix}/adults"),
                    "out_of_range",
                    GuestsError::NoAdult.to_string(),
                );
                None
            }
            Err(GuestsError::TooMany) => None,
        }
    }
}

/// A date written `YYYY-MM-DD`, or the note that it is none.
pub fn date(found: &mut Violations, pointer: &str, text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    let date = text.parse::<NaiveDate>().ok().filter(|_| shaped);
    found.require(
        date.is_some(),
        pointer,
        "invalid",
        "a date of the form YYYY-MM-DD",
    );
    date
}

/// A stay, or everything that is wrong with its two dates.
pub fn stay(found: &mut Violations, check_in: &str, check_out: &str) -> Option<Stay> {
    let (first, last) = (
        date(found, "/check_in", check_in),
        date(found, "/check_out", check_out),
    );
    match Stay::try_new(first?, last?) {
        Ok(stay) => Some(stay),
        Err(error) => {
            let (pointer, code) = match error {
                StayError::Empty => ("/check_out", "contradiction"),
                StayError::TooLong => ("/check_out", "out_of_range"),
                StayError::BadDate => ("/check_in", "out_of_range"),
            };
            found.add(pointer, code, error.to_string());
            None
        }
    }
}

/// The rate chosen: the standard one when none is named.
pub fn rate(found: &mut Violations, text: Option<&str>) -> Option<Rate> {
    text.map_or(Some(Rate::Standard), |text| {
        word(found, "/rate", text, Rate::from_word)
    })
}
