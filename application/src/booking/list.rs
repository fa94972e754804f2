//! One's own bookings.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sojourn_domain::booking::{Booking, Status};
use sojourn_domain::shared::{Actor, Page, PageRequest, Party, PropertyId, StoreError, UserId};
use sojourn_domain::user::User;

use super::BookingView;
use crate::ports::{BookingFilter, Ports, Side};

/// Which of one's own bookings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListBookings {
    /// As which side.
    pub side: Side,
    /// In this state.
    pub status: Option<Status>,
    /// Of this property.
    pub property_id: Option<PropertyId>,
    /// Check-out after this date.
    pub from: Option<NaiveDate>,
    /// Check-in before this date.
    pub to: Option<NaiveDate>,
}

/// The bookings in which the asker is guest or host, the newest first. Two statements a page.
///
/// # Errors
/// [`StoreError`].
pub async fn list(
    ports: &Ports,
    actor: &Actor,
    wanted: ListBookings,
    page: PageRequest,
) -> Result<Page<BookingView>, StoreError> {
    let ListBookings {
        side,
        status,
        property_id,
        from,
        to,
    } = wanted;
    let filter = BookingFilter {
        user: Some((actor.user_id, side)),
        status,
        property_id,
        from,
        to,
    };
    let page = ports.queries.bookings(filter, page).await?;
    views(ports, actor, page).await
}

/// Bookings as the asker sees them; those in which they have no part are left out.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn views(
    ports: &Ports,
    actor: &Actor,
    page: Page<Booking>,
) -> Result<Page<BookingView>, StoreError> {
    let guests = guests_of(ports, actor, &page.data).await?;
    let view = |booking: Booking| {
        let party = booking.party_of(actor)?;
        let guest = if party == Party::Guest {
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

/// Those who stay with the asker.
async fn guests_of(
    ports: &Ports,
    actor: &Actor,
    bookings: &[Booking],
) -> Result<HashMap<UserId, User>, StoreError> {
    let hosted = bookings
        .iter()
        .filter(|booking| booking.party_of(actor) != Some(Party::Guest));
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
