//! Calendar of a property: prices, rules and claims of its nights.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::property::property::Property;
use crate::shared::id::{BookingId, PropertyId};
use crate::shared::money::Money;
use crate::shared::stay::Stay;
use crate::shared::string_enum::string_enum;
use crate::shared::violations::Violations;

string_enum! {
    /// Reason for which a night is taken.
    ClaimKind {
        /// A confirmed booking.
        Booked = "booked",
        /// A booking that awaits payment or the host.
        Held = "held",
        /// A block by the host.
        Blocked = "blocked",
        /// Preparation after a stay.
        Preparation = "preparation",
        /// A block from an imported calendar, which the host can lift.
        Imported = "imported",
    }
}

/// A claim on a night. The primary key of every backend allows at most one per night of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct NightClaim {
    /// Date on which the night begins.
    pub night: NaiveDate,
    /// Kind of the claim.
    pub kind: ClaimKind,
    /// Booking that claims it; absent for blocks and imports.
    pub booking_id: Option<BookingId>,
}

/// A host's settings for one date. Absent values are inherited from the property.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct NightRules {
    /// Price of the night.
    pub price: Option<Money>,
    /// Minimum nights of a stay that begins on this date.
    pub min_nights: Option<u32>,
    /// Maximum nights of a stay that begins on this date.
    pub max_nights: Option<u32>,
    /// True if no stay may begin on this date.
    pub closed_to_arrival: bool,
    /// True if no stay may end on this date.
    pub closed_to_departure: bool,
    /// The host's private note.
    pub note: Option<String>,
}

impl NightRules {
    /// Returns `true` if nothing is set, so that nothing needs to be stored.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns all violations of the limits.
    #[must_use]
    pub fn validate(&self) -> Violations {
        let mut found = Violations::new();
        let nights = 1..=Stay::LONGEST;
        let count_ok = |count: Option<u32>| count.is_none_or(|count| nights.contains(&count));
        found.require(
            count_ok(self.min_nights),
            "/min_nights",
            "out_of_range",
            "1 to 731 nights",
        );
        found.require(
            count_ok(self.max_nights),
            "/max_nights",
            "out_of_range",
            "1 to 731 nights",
        );
        if let (Some(min), Some(max)) = (self.min_nights, self.max_nights) {
            found.require(
                min <= max,
                "/max_nights",
                "contradiction",
                "must not be below min_nights",
            );
        }
        if let Some(price) = self.price {
            let ok = (1..=1_000_000_000_000).contains(&price.amount());
            found.require(
                ok,
                "/price/amount",
                "out_of_range",
                "1 to 1000000000000 minor units",
            );
        }
        if let Some(note) = &self.note {
            found.text("/note", note, 500);
        }
        found
    }
}

/// Reason for which a calendar is not made, or does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CalendarError {
    /// The date lies outside of the range that the calendar was made for.
    #[error("{date} is outside of the calendar, which has the nights from {from} until {to}")]
    Outside {
        /// The date.
        date: NaiveDate,
        /// First night of the calendar.
        from: NaiveDate,
        /// The date after its last night.
        to: NaiveDate,
    },
    /// Two claims on one night.
    #[error("the night of {0} is claimed twice")]
    ClaimedTwice(NaiveDate),
    /// Two settings for one date.
    #[error("the rules of {0} are given twice")]
    RulesTwice(NaiveDate),
    /// The calendar is that of another property.
    #[error("the calendar belongs to property {calendar}, not to {asked}")]
    OtherProperty {
        /// Property of the calendar.
        calendar: PropertyId,
        /// Property that was asked about.
        asked: PropertyId,
    },
}

/// Rules and claims of the nights of a property from one date until another. A night of the range
/// without either is free and has the property's settings; a night outside of the range is an
/// error, because nothing is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "CalendarRecord", into = "CalendarRecord")
)]
pub struct Calendar {
    property_id: PropertyId,
    from: NaiveDate,
    to: NaiveDate,
    rules: BTreeMap<NaiveDate, NightRules>,
    claims: BTreeMap<NaiveDate, NightClaim>,
}

/// Fields of a [`Calendar`], as stored.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct CalendarRecord {
    property_id: PropertyId,
    from: NaiveDate,
    to: NaiveDate,
    rules: Vec<(NaiveDate, NightRules)>,
    claims: Vec<NightClaim>,
}

impl Calendar {
    /// A calendar of a property for `from ≤ night < to`, from the rules and claims of these nights.
    ///
    /// # Errors
    /// [`CalendarError::Outside`] for a rule or claim outside of the range,
    /// [`CalendarError::RulesTwice`] and [`CalendarError::ClaimedTwice`] for a second one on a date.
    pub fn try_new(
        property_id: PropertyId,
        (from, to): (NaiveDate, NaiveDate),
        rules: impl IntoIterator<Item = (NaiveDate, NightRules)>,
        claims: impl IntoIterator<Item = NightClaim>,
    ) -> Result<Self, CalendarError> {
        let mut calendar = Self::free(property_id, from, to);
        for (date, rules) in rules {
            calendar.require(date)?;
            if calendar.rules.insert(date, rules).is_some() {
                return Err(CalendarError::RulesTwice(date));
            }
        }
        for claim in claims {
            calendar.require(claim.night)?;
            if calendar.claims.insert(claim.night, claim).is_some() {
                return Err(CalendarError::ClaimedTwice(claim.night));
            }
        }
        Ok(calendar)
    }

    /// A calendar of a property for `from ≤ night < to` without rules or claims.
    #[must_use]
    pub const fn free(property_id: PropertyId, from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            property_id,
            from,
            to,
            rules: BTreeMap::new(),
            claims: BTreeMap::new(),
        }
    }

    /// The range that must be known of a property to offer a stay: from check-in until after the
    /// check-out date, whose rules count, and after the last preparation night.
    #[must_use]
    pub fn range_of(stay: Stay, preparation_nights: u32) -> (NaiveDate, NaiveDate) {
        let days = Days::new(preparation_nights.max(1).into());
        let to = stay.check_out().checked_add_days(days);
        (stay.check_in(), to.unwrap_or(NaiveDate::MAX))
    }

    /// A calendar without rules or claims over all that must be known to offer a stay.
    #[must_use]
    pub fn free_for(property: &Property, stay: Stay) -> Self {
        let preparation_nights = property.details.stay_rules.preparation_nights;
        let (from, to) = Self::range_of(stay, preparation_nights);
        Self::free(property.id, from, to)
    }

    /// The property.
    #[must_use]
    pub const fn property_id(&self) -> PropertyId {
        self.property_id
    }

    /// First night of the range.
    #[must_use]
    pub const fn from(&self) -> NaiveDate {
        self.from
    }

    /// The date after the last night of the range.
    #[must_use]
    pub const fn to(&self) -> NaiveDate {
        self.to
    }

    /// The host's rules for a date.
    ///
    /// # Errors
    /// [`CalendarError::Outside`].
    pub fn rules(&self, date: NaiveDate) -> Result<Option<&NightRules>, CalendarError> {
        self.require(date)?;
        Ok(self.rules.get(&date))
    }

    /// The claim on a night.
    ///
    /// # Errors
    /// [`CalendarError::Outside`].
    pub fn claim(&self, night: NaiveDate) -> Result<Option<NightClaim>, CalendarError> {
        self.require(night)?;
        Ok(self.claims.get(&night).copied())
    }

    /// The calendar without the claims of one booking, as it looks to that booking.
    #[must_use]
    pub fn without(mut self, booking: BookingId) -> Self {
        self.claims
            .retain(|_, claim| claim.booking_id != Some(booking));
        self
    }

    /// Requires that it is the calendar of this property.
    pub(crate) fn require_property(&self, asked: PropertyId) -> Result<(), CalendarError> {
        if asked == self.property_id {
            return Ok(());
        }
        Err(CalendarError::OtherProperty {
            calendar: self.property_id,
            asked,
        })
    }

    fn require(&self, date: NaiveDate) -> Result<(), CalendarError> {
        let (from, to) = (self.from, self.to);
        if (from..to).contains(&date) {
            Ok(())
        } else {
            Err(CalendarError::Outside { date, from, to })
        }
    }
}

#[cfg(feature = "serde")]
impl TryFrom<CalendarRecord> for Calendar {
    type Error = CalendarError;

    fn try_from(it: CalendarRecord) -> Result<Self, CalendarError> {
        Self::try_new(it.property_id, (it.from, it.to), it.rules, it.claims)
    }
}

#[cfg(feature = "serde")]
impl From<Calendar> for CalendarRecord {
    fn from(it: Calendar) -> Self {
        Self {
            property_id: it.property_id,
            from: it.from,
            to: it.to,
            rules: it.rules.into_iter().collect(),
            claims: it.claims.into_values().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{BOOKING, cabin};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn claim(night: &str) -> NightClaim {
        NightClaim {
            night: day(night),
            kind: ClaimKind::Booked,
            booking_id: Some(BOOKING),
        }
    }

    fn july(rules: &[&str], claims: &[&str]) -> Result<Calendar, CalendarError> {
        Calendar::try_new(
            cabin(|_| {}).id,
            (day("2026-07-01"), day("2026-08-01")),
            rules.iter().map(|date| (day(date), NightRules::default())),
            claims.iter().map(|night| claim(night)),
        )
    }

    #[test]
    fn nothing_is_known_outside_of_the_range() {
        let calendar = july(&["2026-07-31"], &["2026-07-01"]).unwrap();
        assert_eq!(
            calendar.claim(day("2026-07-01")),
            Ok(Some(claim("2026-07-01")))
        );
        assert_eq!(calendar.claim(day("2026-07-31")), Ok(None));
        assert_eq!(
            calendar.rules(day("2026-07-31")),
            Ok(Some(&NightRules::default()))
        );
        for date in ["2026-06-30", "2026-08-01"] {
            let refused = CalendarError::Outside {
                date: day(date),
                from: day("2026-07-01"),
                to: day("2026-08-01"),
            };
            assert_eq!(calendar.claim(day(date)), Err(refused));
            assert_eq!(calendar.rules(day(date)), Err(refused));
            assert_eq!(july(&[date], &[]), Err(refused));
            assert_eq!(july(&[], &[date]), Err(refused));
        }
    }

    #[test]
    fn a_second_claim_or_rule_is_refused() {
        let date = "2026-07-04";
        assert_eq!(
            july(&[], &[date, date]),
            Err(CalendarError::ClaimedTwice(day(date)))
        );
        assert_eq!(
            july(&[date, date], &[]),
            Err(CalendarError::RulesTwice(day(date)))
        );
    }
}
