//! Changes of calendars.

use async_graphql::{InputObject, MaybeUndefined};
use sojourn_application::property::{NightChanges, RangeChange, SetCalendar};
use sojourn_domain::shared::Violations;

use super::patch;
use crate::scalars::{Date, MoneyInput, Weekday};

/// Changes to a range of nights: absent fields stay unchanged, null clears a field.
#[derive(Debug, Clone, InputObject)]
#[graphql(name = "CalendarChangesInput")]
pub(crate) struct CalendarChanges {
    /// First night.
    from: Date,
    /// Date after the last night, at most 366 days after `from`.
    to: Date,
    /// Days of the week on which the nights begin; all when absent.
    weekdays: Option<Vec<Weekday>>,
    /// True to block the nights, false to unblock them.
    blocked: Option<bool>,
    /// Price of each night.
    price: MaybeUndefined<MoneyInput>,
    /// Minimum length of a stay that begins on these dates, in nights.
    min_nights: MaybeUndefined<u32>,
    /// Maximum length of a stay that begins on these dates, in nights.
    max_nights: MaybeUndefined<u32>,
    /// True if no check-in is allowed on these dates.
    closed_to_arrival: MaybeUndefined<bool>,
    /// True if no check-out is allowed on these dates.
    closed_to_departure: MaybeUndefined<bool>,
    /// The host's note, visible to the host and operators.
    note: MaybeUndefined<String>,
}

impl CalendarChanges {
    /// The change; adds all violations, with pointers below `prefix`.
    fn parse(self, prefix: &str, found: &mut Violations) -> RangeChange {
        let at = |name: &str| format!("{prefix}/{name}");
        let named = self.weekdays.as_ref().is_none_or(|all| !all.is_empty());
        let detail = "must have a day of the week";
        found.require(named, &at("weekdays"), "required", detail);
        let weekdays = self.weekdays.into_iter().flatten().map(Into::into);
        let changes = NightChanges {
            blocked: self.blocked,
            price: patch(self.price, |price| price.parse(&at("price"), found)),
            min_nights: patch(self.min_nights, Some),
            max_nights: patch(self.max_nights, Some),
            closed_to_arrival: patch(self.closed_to_arrival, Some),
            closed_to_departure: patch(self.closed_to_departure, Some),
            note: patch(self.note, Some),
        };
        changes.collect_violations(prefix, found);
        RangeChange {
            from: self.from.0,
            to: self.to.0,
            weekdays: weekdays.collect(),
            changes,
        }
    }
}

/// The change of one range, or of several.
///
/// # Errors
/// All violations.
pub(crate) fn parse_calendar(
    one: Option<CalendarChanges>,
    several: Option<Vec<CalendarChanges>>,
) -> Result<SetCalendar, Violations> {
    let mut found = Violations::new();
    let change = match (one, several) {
        (Some(one), None) => SetCalendar::One(one.parse("", &mut found)),
        (None, Some(several)) => {
            let ranges = several.into_iter().enumerate().map(|(index, range)| {
                let prefix = format!("/ranges/{index}");
                range.parse(&prefix, &mut found)
            });
            SetCalendar::Several(ranges.collect())
        }
        (Some(_), Some(_)) => {
            found.add("/ranges", "contradiction", "not together with changes");
            return Err(found);
        }
        (None, None) => {
            found.add("/changes", "required", "must be given, or ranges");
            return Err(found);
        }
    };
    found.into_result(change)
}
