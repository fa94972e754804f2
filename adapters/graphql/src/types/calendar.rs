//! Calendars of properties.

use async_graphql::SimpleObject;
use sojourn_application::property::{self, CalendarDay};

use crate::scalars::{Date, Id, Money};

/// A night of a calendar.
#[derive(SimpleObject)]
pub(crate) struct CalendarNight {
    /// Date on which the night begins.
    date: Date,
    /// True if the night can be booked.
    available: bool,
    /// Reason if not available: `booked`, `held`, `blocked`, `preparation` or `imported` (all of which are
    /// `unavailable` for anyone but the host and operators), `past`, `too_soon` or `too_far`.
    reason: Option<&'static str>,
    /// Price of the night.
    price: Option<Money>,
    /// Minimum length of a stay that begins on this date, in nights.
    min_nights: u32,
    /// Maximum length of a stay that begins on this date, in nights.
    max_nights: u32,
    /// True if no check-in is allowed on this date.
    closed_to_arrival: bool,
    /// True if no check-out is allowed on this date.
    closed_to_departure: bool,
    /// The host's note; null for anyone but the host and operators.
    note: Option<String>,
}

impl From<CalendarDay> for CalendarNight {
    fn from(day: CalendarDay) -> Self {
        Self {
            date: day.date.into(),
            available: day.available,
            reason: day.reason,
            price: day.price.map(Into::into),
            min_nights: day.min_nights,
            max_nights: day.max_nights,
            closed_to_arrival: day.closed_to_arrival,
            closed_to_departure: day.closed_to_departure,
            note: day.note,
        }
    }
}

/// The calendar of a property, as its host sees it.
#[derive(SimpleObject)]
pub(crate) struct HostCalendar {
    /// Id of the property.
    property_id: Id,
    /// Nights in chronological order.
    nights: Vec<CalendarNight>,
}

impl From<property::PropertyCalendar> for HostCalendar {
    fn from(calendar: property::PropertyCalendar) -> Self {
        Self {
            property_id: calendar.property_id.into(),
            nights: calendar.days.into_iter().map(Into::into).collect(),
        }
    }
}
