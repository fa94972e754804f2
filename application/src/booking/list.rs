//! Listing one's own bookings.

use chrono::{DateTime, NaiveDate, Utc};
use sojourn_domain::booking::BookingStatus;
use sojourn_domain::shared::{Actor, Page, PageRequest, PropertyId, RepositoryError};

use super::views::{BookingView, booking_views};
use crate::ports::{BookingFilter, BookingSort, Period, Ports, Side};

/// Filter for one's own bookings, and their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListBookings {
    /// The caller's role.
    pub side: Side,
    /// With one of these statuses; with any if there are none.
    pub statuses: Vec<BookingStatus>,
    /// Of this property.
    pub property_id: Option<PropertyId>,
    /// With check-out after this date.
    pub from: Option<NaiveDate>,
    /// With check-in before this date.
    pub to: Option<NaiveDate>,
    /// In this period.
    pub period: Option<Period>,
    /// With this confirmation code.
    pub confirmation_code: Option<String>,
    /// Order of the list.
    pub sort: BookingSort,
}

impl ListBookings {
    /// The filter at an instant, for the bookings of all users.
    pub(super) fn into_filter(self, now: DateTime<Utc>) -> BookingFilter {
        BookingFilter {
            user: None,
            statuses: self.statuses,
            property_id: self.property_id,
            from: self.from,
            to: self.to,
            period: self.period.map(|period| (period, now)),
            confirmation_code: self.confirmation_code,
            sort: self.sort,
        }
    }
}

/// Lists the bookings in which the caller is guest or host. Two statements per page.
///
/// # Errors
/// [`RepositoryError`].
pub async fn list(
    ports: &Ports,
    actor: &Actor,
    query: ListBookings,
    page: PageRequest,
) -> Result<Page<BookingView>, RepositoryError> {
    let filter = BookingFilter {
        user: Some((actor.user_id, query.side)),
        ..query.into_filter(ports.clock.now())
    };
    let page = ports.booking_queries.bookings(filter, page).await?;
    booking_views(ports, actor, page).await
}
