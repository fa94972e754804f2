//! Calendars of properties over HTTP.

mod dto;
pub(super) mod get_calendar;
pub(super) mod list_calendars;
mod patch;
pub(super) mod set_calendar;
