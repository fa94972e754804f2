//! Accounts of the demo.

use sojourn_application::ports::{BookingFilter, HashOrigin, Ports, PropertySearch};
use sojourn_application::user;
use sojourn_domain::booking::{Booking, BookingStatus};
use sojourn_domain::property::Property;
use sojourn_domain::shared::{Email, PageRequest, RepositoryError, UserId};
use sojourn_domain::user::{User, UserChange};

use crate::commands::CommandError;

/// Publicly known, and used by demo accounts only.
pub(super) const PASSWORD: &str = "lantern by the harbour";
pub(super) const GUEST: &str = "guest@demo.example";
pub(super) const HOST: &str = "host@demo.example";
pub(super) const ADMIN: &str = "admin@demo.example";

const FIRST_PAGE: PageRequest = PageRequest {
    limit: 100,
    after: None,
};

/// Objects that the guide of the demo refers to.
#[derive(Debug)]
pub(super) struct Accounts {
    /// A listed property of the demo host.
    pub(super) property: Option<Property>,
    /// The account of the guest.
    pub(super) guest: Option<UserId>,
}

/// Gives a generated host and a generated guest a known address and password, so that they own
/// properties and bookings, and adds an administrator.
pub(super) async fn create(ports: &Ports) -> Result<Accounts, CommandError> {
    let hash = ports
        .hasher
        .hash(PASSWORD.to_owned(), HashOrigin::Internal)
        .await?;
    let listed = ports
        .property_queries
        .search(PropertySearch::default(), FIRST_PAGE)
        .await?
        .data;
    let property = match listed.first() {
        Some(hit) => ports.properties.get(hit.property.id).await?,
        None => None,
    };
    let host = property.as_ref().map(|it| it.host_id);
    if let Some(host) = host {
        set_credentials(ports, host, HOST, &hash).await?;
    }
    let guest = select_guest(ports, host).await?;
    if let Some(guest) = guest {
        set_credentials(ports, guest, GUEST, &hash).await?;
    }
    user::create_admin(ports, ADMIN.to_owned(), PASSWORD.to_owned()).await?;
    Ok(Accounts { property, guest })
}

/// A guest other than the host, preferably with an upcoming stay.
async fn select_guest(
    ports: &Ports,
    host: Option<UserId>,
) -> Result<Option<UserId>, RepositoryError> {
    let filter = BookingFilter::default();
    let bookings = ports
        .booking_queries
        .bookings(filter, FIRST_PAGE)
        .await?
        .data;
    let others = || {
        bookings
            .iter()
            .filter(|booking| Some(booking.guest_id) != host)
    };
    let is_upcoming = |booking: &&Booking| booking.status == BookingStatus::Confirmed;
    Ok(others()
        .find(is_upcoming)
        .or_else(|| others().next())
        .map(|booking| booking.guest_id))
}

async fn set_credentials(
    ports: &Ports,
    id: UserId,
    address: &str,
    hash: &str,
) -> Result<(), CommandError> {
    let (Some(user), Ok(email)) = (ports.users.get(id).await?, Email::parse(address)) else {
        return Ok(());
    };
    let mut record = user.into_record();
    record.email = email;
    record.email_verified = true;
    let updated = User::restore(record)
        .map_err(RepositoryError::from)?
        .set_password(hash.to_owned(), ports.clock.now());
    Ok(ports.users.commit(UserChange::of(updated)).await?)
}
