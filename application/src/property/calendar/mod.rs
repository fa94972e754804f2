//! Calendars of properties: reading and changing them.

mod changes;
mod days;
mod get;
mod get_many;
mod set;
#[cfg(test)]
mod set_tests;

pub use changes::{NightChanges, RangeChange, SetCalendar};
pub use days::CalendarDay;
pub use get::{CalendarError, get_calendar};
pub use get_many::{CalendarsError, PropertyCalendar, get_calendars};
pub use set::{SetCalendarError, TakenNight, set_calendar};
