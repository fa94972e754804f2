//! Changes of calendars.

use async_graphql::{InputObject, MaybeUndefined};
use sojourn_application::property::SetCalendar;
use sojourn_domain::shared::Violations;

use super::patch;
use crate::scalars::{Date, MoneyInput};

/// Changes to a range of nights: absent fields stay unchanged, null clears a field.
#[derive(Debug, Clone, InputObject)]
#[graphql(name = "CalendarChangesInput")]
pub(crate) struct CalendarChanges {
    /// First night.
    from: Date,
    /// Date after the last night, at most 366 days after `from`.
    to: Date,
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
    /// The change, or all violations.
    pub(crate) fn parse(self) -> Result<SetCalendar, Violations> {
        let mut found = Violations::new();
        let price = patch(self.price, |price| price.parse("/price", &mut found));
        found.into_result(SetCalendar {
            from: self.from.0,
            to: self.to.0,
            blocked: self.blocked,
            price,
            min_nights: patch(self.min_nights, Some),
            max_nights: patch(self.max_nights, Some),
            closed_to_arrival: patch(self.closed_to_arrival, Some),
            closed_to_departure: patch(self.closed_to_departure, Some),
            note: patch(self.note, Some),
        })
    }
}
