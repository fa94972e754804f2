//! Listing all bookings.

use sojourn_domain::shared::{Actor, Page, PageRequest};

use super::AdminError;
use super::error::operators_alone;
use crate::booking::{BookingView, views};
use crate::ports::{BookingFilter, Ports};

/// Lists bookings of all users with their guests, newest first. Two statements per page.
///
/// # Errors
/// [`AdminError::Forbidden`], [`AdminError::Store`].
pub async fn list_bookings(
    ports: &Ports,
    actor: &Actor,
    filter: BookingFilter,
    page: PageRequest,
) -> Result<Page<BookingView>, AdminError> {
    operators_alone(actor)?;
    let page = ports.queries.bookings(filter, page).await?;
    Ok(views(ports, actor, page).await?)
}
