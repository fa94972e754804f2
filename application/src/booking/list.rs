//! Listing one's own bookings.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sojourn_domain::booking::{Booking, BookingStatus};
use sojourn_domain::shared::{
    Actor, BookingRole, Page, PageRequest, PropertyId, RepositoryError, UserId,
};
use sojourn_domain::user::User;

use super::BookingView;
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
    let page = ports.queries.bookings(filter, page).await?;
    booking_views(ports, actor, page).await
}

/// Converts bookings into the caller's view, without those that the caller is not part of.
///
/// # Errors
/// [`RepositoryError`].
pub(crate) async fn booking_views(
    ports: &Ports,
    actor: &Actor,
    page: Page<Booking>,
) -> Result<Page<BookingView>, RepositoryError> {
    let guests = guests_of(ports, actor, &page.data).await?;
    let view = |booking: Booking| {
        let party = booking.role_of(actor)?;
        let guest = if party == BookingRole::Guest {
            None
        } else {
            guests.get(&booking.guest_id).cloned()
        };
        Some(BookingView {
            booking,
            party,
            guest,
        })
    };
    Ok(Page {
        data: page.data.into_iter().filter_map(view).collect(),
        next: page.next,
    })
}

/// The accounts of the caller's guests.
async fn guests_of(
    ports: &Ports,
    actor: &Actor,
    bookings: &[Booking],
) -> Result<HashMap<UserId, User>, RepositoryError> {
    let hosted = bookings
        .iter()
        .filter(|booking| booking.role_of(actor) != Some(BookingRole::Guest));
    let ids: HashSet<UserId> = hosted.map(|booking| booking.guest_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<UserId> = ids.into_iter().collect();
    Ok(ports
        .users
        .get_many(&ids)
        .await?
        .into_iter()
        .map(|user| (user.id, user))
        .collect())
}
