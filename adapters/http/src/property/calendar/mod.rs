//! The calendar of a property over HTTP.

mod dto;
pub(super) mod get_calendar;
pub(super) mod set_calendar;
