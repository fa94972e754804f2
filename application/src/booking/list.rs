//! Listing one's own bookings.

use chrono::NaiveDate;
use sojourn_domain::booking::BookingStatus;
use sojourn_domain::shared::{Actor, Page, PageRequest, PropertyId, RepositoryError};

use super::views::{BookingView, booking_views};
use crate::ports::{BookingFilter, Ports, Side};

/// Filter for one's own bookings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListBookings {
    /// The caller's role.
    pub side: Side,
    /// With this status.
    pub status: Option<BookingStatus>,
    /// Of this property.
    pub property_id: Option<PropertyId>,
    /// With check-out after this date.
    pub from: Option<NaiveDate>,
    /// With check-in before this date.
    pub to: Option<NaiveDate>,
}

/// Lists the bookings in which the caller is guest or host, newest first. Two statements per page.
///
/// # Errors
/// [`RepositoryError`].
pub async fn list(
    ports: &Ports,
    actor: &Actor,
    query: ListBookings,
    page: PageRequest,
) -> Result<Page<BookingView>, RepositoryError> {
    let ListBookings {
        side,
        status,
        property_id,
        from,
        to,
    } = query;
    let filter = BookingFilter {
        user: Some((actor.user_id, side)),
        status,
        property_id,
        from,
        to,
    };
    let page = ports.booking_queries.bookings(filter, page).await?;
    booking_views(ports, actor, page).await
}
