//! Filters that the lists of bookings share.

use sojourn_application::booking::ListBookings;
use sojourn_application::input;
use sojourn_application::ports::{BookingSort, Period, Side};
use sojourn_domain::booking::BookingStatus;
use sojourn_domain::shared::Violations;
use utoipa::ToSchema;

use crate::wire::accepted::{parse_enum, parse_enums};
use crate::wire::stay::date;

/// Filters as they are in a query.
#[derive(Debug, Default)]
pub struct Filters {
    /// Statuses, separated by commas.
    pub status: Option<String>,
    /// Id of the property.
    pub property_id: Option<String>,
    /// Date before check-out.
    pub from: Option<String>,
    /// Date after check-in.
    pub to: Option<String>,
    /// Part of the calendar.
    pub period: Option<String>,
    /// Confirmation code.
    pub confirmation_code: Option<String>,
    /// Order.
    pub sort: Option<String>,
}

/// Part of the calendar that stays are in.
#[derive(Debug, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BookingPeriod)]
#[expect(dead_code, reason = "a schema, never constructed")]
pub enum PeriodSchema {
    /// Check-out is today or later, at the property.
    Upcoming,
    /// Check-out was before today, at the property.
    Past,
}

/// Sort order of bookings.
#[derive(Debug, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BookingSort)]
#[expect(dead_code, reason = "a schema, never constructed")]
pub enum BookingSortSchema {
    /// Last created first.
    Newest,
    /// Earliest check-in first.
    CheckIn,
    /// Latest check-in first.
    #[serde(rename = "-check_in")]
    CheckInDescending,
}

impl Filters {
    /// The list of all bookings that pass; adds all violations.
    pub fn parse(self, found: &mut Violations) -> ListBookings {
        ListBookings {
            side: Side::Either,
            statuses: self.status.map_or_else(Vec::new, |text| {
                let read = |word: &str| word.parse::<BookingStatus>().ok();
                parse_enums(found, "/status", &text, read)
            }),
            property_id: self
                .property_id
                .and_then(|id| parse_enum(found, "/property_id", &id, |id| id.parse().ok())),
            from: self.from.and_then(|text| date(found, "/from", &text)),
            to: self.to.and_then(|text| date(found, "/to", &text)),
            period: self
                .period
                .and_then(|text| parse_enum(found, "/period", &text, period)),
            confirmation_code: self
                .confirmation_code
                .and_then(|text| input::confirmation_code(&text, "/confirmation_code", found)),
            sort: self
                .sort
                .and_then(|text| parse_enum(found, "/sort", &text, sort))
                .unwrap_or_default(),
        }
    }
}

fn period(text: &str) -> Option<Period> {
    match text {
        "upcoming" => Some(Period::Upcoming),
        "past" => Some(Period::Past),
        _ => None,
    }
}

fn sort(text: &str) -> Option<BookingSort> {
    match text {
        "newest" => Some(BookingSort::Newest),
        "check_in" => Some(BookingSort::CheckIn),
        "-check_in" => Some(BookingSort::CheckInDescending),
        _ => None,
    }
}
