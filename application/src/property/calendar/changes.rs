//! Changes of nights of a calendar, and what they come to.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use sojourn_domain::property::{
    Calendar, CalendarChange, CalendarError, NightRules, Pricing, Property,
};
use sojourn_domain::shared::{MarketplaceTerms, Money, Stay, Violations};

use super::days::{MAX_NIGHTS, date_range};
use crate::patch::Patch;
use crate::property::least_prices::require_least_price;

/// Maximum number of ranges that are set at once.
const MAX_RANGES: usize = 50;

/// Maximum number of nights from the first night of all ranges until after the last one.
const MAX_SPAN: i64 = 732;

/// Settings for a night.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NightChanges {
    /// True blocks the night, false unblocks it.
    pub blocked: Option<bool>,
    /// Price of the night.
    pub price: Patch<Money>,
    /// Minimum length of a stay that begins here, in nights.
    pub min_nights: Patch<u32>,
    /// Maximum length of a stay that begins here, in nights.
    pub max_nights: Patch<u32>,
    /// True if check-in is not allowed.
    pub closed_to_arrival: Patch<bool>,
    /// True if check-out is not allowed.
    pub closed_to_departure: Patch<bool>,
    /// The host's note.
    pub note: Patch<String>,
}

/// Settings for the nights of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeChange {
    /// First date.
    pub from: NaiveDate,
    /// End date, exclusive.
    pub to: NaiveDate,
    /// Days of the week on which the nights begin; all if there are none.
    pub weekdays: Vec<Weekday>,
    /// The settings.
    pub changes: NightChanges,
}

/// A change of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetCalendar {
    /// Of one range, whose fields are those of the input.
    One(RangeChange),
    /// Of several ranges, the fields of each below `/ranges`. They are applied in their order, so that of two for one
    /// night the later one wins.
    Several(Vec<RangeChange>),
}

/// A range with its change, and the pointer to its fields.
pub(super) struct Step<'a> {
    pub(super) range: Stay,
    pub(super) pointer: String,
    change: &'a RangeChange,
}

impl NightChanges {
    /// The violations of the values by themselves, with pointers below `prefix`.
    pub fn collect_violations(&self, prefix: &str, found: &mut Violations) {
        let alone = self.apply_to(NightRules::default());
        add_once(found, prefix, alone.validate());
    }

    /// True if the minimum or maximum length of stays is set or cleared.
    fn changes_limits(&self) -> bool {
        self.min_nights != Patch::Keep || self.max_nights != Patch::Keep
    }

    fn apply_to(&self, old: NightRules) -> NightRules {
        let flag = |patch: &Patch<bool>, old| patch.apply_to(Some(old)).unwrap_or(false);
        NightRules {
            price: self.price.apply_to(old.price),
            min_nights: self.min_nights.apply_to(old.min_nights),
            max_nights: self.max_nights.apply_to(old.max_nights),
            closed_to_arrival: flag(&self.closed_to_arrival, old.closed_to_arrival),
            closed_to_departure: flag(&self.closed_to_departure, old.closed_to_departure),
            note: self.note.clone().apply_to(old.note),
        }
    }
}

impl SetCalendar {
    /// The ranges of the change, in their order: 1 to 50 with at most 366 nights each, all of them within 732 nights.
    ///
    /// # Errors
    /// All violations of their number and dates.
    pub(super) fn steps(&self) -> Result<Vec<Step<'_>>, Violations> {
        let mut found = Violations::new();
        let ranges = match self {
            Self::One(range) => std::slice::from_ref(range),
            Self::Several(ranges) => ranges,
        };
        found.require(
            !ranges.is_empty(),
            "/ranges",
            "required",
            "must have a range",
        );
        if !found.count("/ranges", ranges.len(), MAX_RANGES) {
            return Err(found);
        }
        let mut steps = Vec::new();
        for (index, change) in ranges.iter().enumerate() {
            let pointer = match self {
                Self::One(_) => String::new(),
                Self::Several(_) => format!("/ranges/{index}"),
            };
            match date_range(change.from, change.to, MAX_NIGHTS) {
                Err(wrong) => add_once(&mut found, &pointer, wrong),
                Ok(range) if !range.dates().any(|date| change.includes(date)) => {
                    let detail = "no night of the range begins on one of these days";
                    found.add(format!("{pointer}/weekdays"), "contradiction", detail);
                }
                Ok(range) => steps.push(Step {
                    range,
                    pointer,
                    change,
                }),
            }
        }
        if let Some((first, end)) = span(&steps) {
            let within = (end - first).num_days() <= MAX_SPAN;
            let detail = "all ranges must lie within 732 nights";
            found.require(within, "/ranges", "out_of_range", detail);
        }
        found.into_result(steps)
    }
}

impl RangeChange {
    /// True if the change is for the night of this date of the range.
    fn includes(&self, date: NaiveDate) -> bool {
        self.weekdays.is_empty() || self.weekdays.contains(&date.weekday())
    }
}

impl Step<'_> {
    /// True if it blocks the night.
    pub(super) fn blocks(&self, night: NaiveDate) -> bool {
        let blocks = self.change.changes.blocked == Some(true);
        blocks && self.nights().any(|it| it == night)
    }

    fn nights(&self) -> impl Iterator<Item = NaiveDate> {
        let change = self.change;
        self.range.dates().filter(|date| change.includes(*date))
    }
}

/// The first night of all ranges, and the date after the last one.
pub(super) fn span(steps: &[Step<'_>]) -> Option<(NaiveDate, NaiveDate)> {
    let first = steps.iter().map(|it| it.range.check_in()).min();
    first.zip(steps.iter().map(|it| it.range.check_out()).max())
}

/// Adds the violations of prices that the property, or the marketplace, does not permit.
pub(super) fn check_prices(
    terms: &MarketplaceTerms,
    property: &Property,
    steps: &[Step<'_>],
    found: &mut Violations,
) {
    let currency = property.details.pricing.as_ref().map(Pricing::currency);
    for step in steps {
        let Patch::Set(price) = step.change.changes.price else {
            continue;
        };
        let pointer = &step.pointer;
        // What is not a price at all is refused with the rules of its nights.
        if price.amount() > 0 {
            require_least_price(terms, found, &format!("{pointer}/price"), price);
        }
        found.require(
            currency.is_some_and(|currency| currency == price.currency()),
            &format!("{pointer}/price/currency"),
            "currency_mismatch",
            "must be the currency of the property's nightly price",
        );
    }
}

/// The change that these steps make of a calendar, one after another; adds the violations of each.
pub(super) fn decide(
    property: &Property,
    before: &Calendar,
    steps: &[Step<'_>],
    found: &mut Violations,
) -> Result<CalendarChange, CalendarError> {
    let mut rules: BTreeMap<NaiveDate, NightRules> = BTreeMap::new();
    let mut blocked: BTreeMap<NaiveDate, bool> = BTreeMap::new();
    for step in steps {
        let changes = &step.change.changes;
        for night in step.nights() {
            if let Some(wanted) = changes.blocked {
                blocked.insert(night, wanted);
            }
            let old = match rules.remove(&night) {
                Some(of_earlier) => of_earlier,
                None => before.rules(night)?.cloned().unwrap_or_default(),
            };
            let new = changes.apply_to(old);
            add_once(found, &step.pointer, new.validate());
            if changes.changes_limits() {
                let limits = property.details.stay_rules.validate_date(night, &new);
                add_once(found, &step.pointer, limits);
            }
            rules.insert(night, new);
        }
    }
    let mut changed = Vec::new();
    for (night, new) in rules {
        let old = before.rules(night)?;
        if old.map_or_else(|| !new.is_empty(), |old| *old != new) {
            changed.push((night, new));
        }
    }
    let nights = |wanted: bool| {
        let those = blocked.iter().filter(|(_, it)| **it == wanted);
        those.map(|(night, _)| *night).collect()
    };
    Ok(CalendarChange {
        block: nights(true),
        unblock: nights(false),
        lift_cancellation_blocks: false,
        rules: changed,
    })
}

/// Adds each violation of a field once, with its pointer below `prefix`.
fn add_once(found: &mut Violations, prefix: &str, more: Violations) {
    for violation in more.into_vec() {
        let pointer = format!("{prefix}{}", violation.pointer);
        let known = |it: &sojourn_domain::shared::Violation| {
            it.pointer == pointer && it.code == violation.code
        };
        if !found.iter().any(known) {
            found.add(pointer, violation.code, violation.detail);
        }
    }
}
