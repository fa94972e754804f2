//! Dates, stays and guests in requests.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sojourn_application::input;
use sojourn_domain::booking::RatePlan;
use sojourn_domain::shared::{Guests, Stay, Violations};
use utoipa::ToSchema;

use super::accepted::parse_enum;

/// Number of guests by kind.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Guests)]
pub struct GuestsDto {
    /// Number of adults, at least one.
    #[schema(minimum = 1, maximum = 50)]
    pub adults: u32,
    /// Number of children aged 2 to 12.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 50)]
    pub children: u32,
    /// Number of infants under 2; not counted in limits and prices.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 50)]
    pub infants: u32,
    /// Number of pets.
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
    /// The guests; adds all violations, with pointers below `prefix`.
    pub fn parse(self, prefix: &str, found: &mut Violations) -> Option<Guests> {
        let counts = [self.adults, self.children, self.infants, self.pets];
        input::guests(counts, prefix, found)
    }
}

/// Parses a date of the form `YYYY-MM-DD`; adds a violation if it is invalid.
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
        "must be a date of the form YYYY-MM-DD",
    );
    date
}

/// Parses a stay; adds the violations of its dates.
pub fn stay(found: &mut Violations, check_in: &str, check_out: &str) -> Option<Stay> {
    let (first, last) = (
        date(found, "/check_in", check_in),
        date(found, "/check_out", check_out),
    );
    input::stay(first?, last?, found)
}

/// Parses a rate plan; standard when absent.
pub fn rate(found: &mut Violations, text: Option<&str>) -> Option<RatePlan> {
    text.map_or(Some(RatePlan::Standard), |text| {
        parse_enum(found, "/rate", text, |text| text.parse::<RatePlan>().ok())
    })
}
