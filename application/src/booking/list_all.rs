//! Listing all bookings.

use sojourn_domain::shared::{Actor, Page, PageRequest, UserId};

use super::list::ListBookings;
use super::views::{BookingView, booking_views};
use crate::access::{AdminError, require_admin};
use crate::ports::{BookingFilter, Ports, Side};

/// Lists bookings of all users, or of one as guest or host, with their guests. Two statements per page.
///
/// # Errors
/// [`AdminError::Forbidden`], [`AdminError::Store`].
pub async fn list_all(
    ports: &Ports,
    actor: &Actor,
    user: Option<UserId>,
    query: ListBookings,
    page: PageRequest,
) -> Result<Page<BookingView>, AdminError> {
    require_admin(actor)?;
    let filter = BookingFilter {
        user: user.map(|user| (user, Side::Either)),
        ..query.into_filter(ports.clock.now())
    };
    let page = ports.booking_queries.bookings(filter, page).await?;
    Ok(booking_views(ports, actor, page).await?)
}
