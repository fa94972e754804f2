//! Listing all bookings.

use sojourn_domain::shared::{Actor, Page, PageRequest};

use super::views::{BookingView, booking_views};
use crate::access::{AdminError, require_admin};
use crate::ports::{BookingFilter, Ports};

/// Lists bookings of all users with their guests, newest first. Two statements per page.
///
/// # Errors
/// [`AdminError::Forbidden`], [`AdminError::Store`].
pub async fn list_all(
    ports: &Ports,
    actor: &Actor,
    filter: BookingFilter,
    page: PageRequest,
) -> Result<Page<BookingView>, AdminError> {
    require_admin(actor)?;
    let page = ports.booking_queries.bookings(filter, page).await?;
    Ok(booking_views(ports, actor, page).await?)
}
