//! Changes of calendars as JSON.

use chrono::{NaiveDate, Weekday};
use serde::Deserialize;
use sojourn_application::Patch;
use sojourn_application::property::{NightChanges, RangeChange, SetCalendar};
use sojourn_domain::shared::Violations;
use utoipa::ToSchema;

use crate::property::rules::WeekdayDto;
use crate::wire::merge_patch::{double_option, non_null};
use crate::wire::money::MoneyDto;
use crate::wire::stay::date;

/// Defines an input with these fields, and those of the settings of nights.
macro_rules! settings {
    (
        $(#[$of_input:meta])*
        $name:ident { $($(#[$of_field:meta])* $field:ident: $type:ty,)+ }
    ) => {
        #[derive(Debug, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        $(#[$of_input])*
        pub struct $name {
            $($(#[$of_field])* $field: $type,)+
            /// Days of the week on which the nights begin; all if it is absent.
            #[serde(default, deserialize_with = "double_option")]
            #[schema(value_type = Vec<WeekdayDto>, required = false, min_items = 1, max_items = 7)]
            weekdays: Option<Option<Vec<WeekdayDto>>>,
            /// True to block the nights, false to unblock them.
            #[serde(default, deserialize_with = "double_option")]
            #[schema(value_type = bool, required = false)]
            blocked: Option<Option<bool>>,
            /// Price of each night.
            #[serde(default, deserialize_with = "double_option")]
            #[schema(value_type = Option<MoneyDto>)]
            price: Option<Option<MoneyDto>>,
            /// Minimum length of a stay that begins on these dates, in nights.
            #[serde(default, deserialize_with = "double_option")]
            #[schema(value_type = Option<u32>, minimum = 1, maximum = 731)]
            min_nights: Option<Option<u32>>,
            /// Maximum length of a stay that begins on these dates, in nights.
            #[serde(default, deserialize_with = "double_option")]
            #[schema(value_type = Option<u32>, minimum = 1, maximum = 731)]
            max_nights: Option<Option<u32>>,
            /// True if no check-in is allowed on these dates.
            #[serde(default, deserialize_with = "double_option")]
            #[schema(value_type = Option<bool>)]
            closed_to_arrival: Option<Option<bool>>,
            /// True if no check-out is allowed on these dates.
            #[serde(default, deserialize_with = "double_option")]
            #[schema(value_type = Option<bool>)]
            closed_to_departure: Option<Option<bool>>,
            /// The host's note, visible to the host and operators.
            #[serde(default, deserialize_with = "double_option")]
            #[schema(value_type = Option<String>, min_length = 1, max_length = 500)]
            note: Option<Option<String>>,
        }

        impl $name {
            /// The days of the week and the settings; adds all violations, with pointers below `prefix`.
            fn settings(self, prefix: &str, found: &mut Violations) -> (Vec<Weekday>, NightChanges) {
                let at = |name: &str| format!("{prefix}/{name}");
                let weekdays = non_null(found, &at("weekdays"), self.weekdays);
                let named = weekdays.as_ref().is_none_or(|all| !all.is_empty());
                found.require(named, &at("weekdays"), "required", "must have a day of the week");
                let price = match self.price {
                    Some(Some(price)) => price
                        .parse(&at("price"), found)
                        .map_or(Patch::Keep, Patch::Set),
                    other => to_patch(other.map(|_| None)),
                };
                let changes = NightChanges {
                    blocked: non_null(found, &at("blocked"), self.blocked),
                    price,
                    min_nights: to_patch(self.min_nights),
                    max_nights: to_patch(self.max_nights),
                    closed_to_arrival: to_patch(self.closed_to_arrival),
                    closed_to_departure: to_patch(self.closed_to_departure),
                    note: to_patch(self.note),
                };
                changes.collect_violations(prefix, found);
                let weekdays = weekdays.into_iter().flatten().map(Into::into);
                (weekdays.collect(), changes)
            }
        }
    };
}

settings! {
    /// Changes of the nights of a range, or of several: absent fields stay unchanged, `null` clears a field. With
    /// `ranges`, everything else is stated in these.
    #[schema(as = CalendarPatch)]
    CalendarInput {
        /// First night; required without `ranges`.
        #[serde(default, deserialize_with = "double_option")]
        #[schema(value_type = String, format = Date, required = false)]
        from: Option<Option<String>>,
        /// Date after the last night, at most 366 days after `from`; required without `ranges`.
        #[serde(default, deserialize_with = "double_option")]
        #[schema(value_type = String, format = Date, required = false)]
        to: Option<Option<String>>,
        /// Ranges with their settings, which are applied in this order.
        #[serde(default, deserialize_with = "double_option")]
        #[schema(value_type = Vec<RangeInput>, required = false, min_items = 1, max_items = 50)]
        ranges: Option<Option<Vec<RangeInput>>>,
    }
}

settings! {
    /// Changes of the nights of a range: absent fields stay unchanged, `null` clears a field.
    #[schema(as = CalendarRangePatch)]
    RangeInput {
        /// First night.
        #[schema(format = Date)]
        from: String,
        /// Date after the last night, at most 366 days after `from`.
        #[schema(format = Date)]
        to: String,
    }
}

fn to_patch<T>(field: Option<Option<T>>) -> Patch<T> {
    match field {
        None => Patch::Keep,
        Some(None) => Patch::Clear,
        Some(Some(value)) => Patch::Set(value),
    }
}

impl RangeInput {
    fn parse(self, prefix: &str, found: &mut Violations) -> Option<RangeChange> {
        let from = date(found, &format!("{prefix}/from"), &self.from);
        let to = date(found, &format!("{prefix}/to"), &self.to);
        let (weekdays, changes) = self.settings(prefix, found);
        Some(RangeChange {
            from: from?,
            to: to?,
            weekdays,
            changes,
        })
    }
}

impl CalendarInput {
    /// True if a field other than `ranges` is stated.
    fn has_others(&self) -> bool {
        self.from.is_some()
            || self.to.is_some()
            || self.weekdays.is_some()
            || self.blocked.is_some()
            || self.price.is_some()
            || self.min_nights.is_some()
            || self.max_nights.is_some()
            || self.closed_to_arrival.is_some()
            || self.closed_to_departure.is_some()
            || self.note.is_some()
    }

    /// The change, or all violations.
    pub fn parse(mut self) -> Result<SetCalendar, Violations> {
        let mut found = Violations::new();
        let change = match self.ranges.take() {
            None => self.parse_one(&mut found).map(SetCalendar::One),
            Some(ranges) => {
                let ranges = non_null(&mut found, "/ranges", Some(ranges));
                if self.has_others() {
                    let detail = "everything else is stated in the ranges";
                    found.add("/ranges", "contradiction", detail);
                    self.settings("", &mut found);
                }
                parse_all(ranges.unwrap_or_default(), &mut found).map(SetCalendar::Several)
            }
        };
        match change {
            Some(change) => found.into_result(change),
            None => Err(found),
        }
    }

    fn parse_one(mut self, found: &mut Violations) -> Option<RangeChange> {
        let from = required_date(found, "/from", self.from.take());
        let to = required_date(found, "/to", self.to.take());
        let (weekdays, changes) = self.settings("", found);
        Some(RangeChange {
            from: from?,
            to: to?,
            weekdays,
            changes,
        })
    }
}

fn required_date(
    found: &mut Violations,
    pointer: &str,
    field: Option<Option<String>>,
) -> Option<NaiveDate> {
    let detail = "must be stated, here or in ranges";
    found.require(field.is_some(), pointer, "required", detail);
    let text = non_null(found, pointer, field)?;
    date(found, pointer, &text)
}

/// The ranges, unless one of them is invalid.
fn parse_all(ranges: Vec<RangeInput>, found: &mut Violations) -> Option<Vec<RangeChange>> {
    let mut all = Vec::new();
    let count = ranges.len();
    for (index, range) in ranges.into_iter().enumerate() {
        all.extend(range.parse(&format!("/ranges/{index}"), found));
    }
    (all.len() == count).then_some(all)
}
