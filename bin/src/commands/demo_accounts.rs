//! Who can log in to the demo.

use sojourn_application::ports::{BookingFilter, Ports, PropertySearch};
use sojourn_application::user;
use sojourn_domain::booking::{Booking, Status};
use sojourn_domain::shared::{Email, PageRequest, PropertyId, StoreError, UserId};
use sojourn_domain::user::{User, UserChange};

use super::CommandError;

/// Known to everybody, which is why nothing but the demo has accounts with it.
pub(super) const PASSWORD: &str = "lantern by the harbour";
pub(super) const GUEST: &str = "guest@demo.example";
pub(super) const HOST: &str = "host@demo.example";
pub(super) const ADMIN: &str = "admin@demo.example";

const MANY: PageRequest = PageRequest {
    limit: 100,
    after: None,
};

/// What the accounts have that is worth looking at.
#[derive(Debug, Default)]
pub(super) struct Accounts {
    /// A listed property of the host's.
    pub(super) property: Option<PropertyId>,
}

/// A host and a guest of the synthetic marketplace get addresses and a password, so that they come with properties
/// and bookings; an operator is added.
pub(super) async fn make(ports: &Ports) -> Result<Accounts, CommandError> {
    let hash = ports.hasher.hash(PASSWORD.to_owned()).await?;
    let listed = ports
        .queries
        .search(PropertySearch::default(), MANY)
        .await?
        .data;
    let property = listed
        .first()
        .map(|hit| (hit.property.id, hit.property.host_id));
    if let Some((_, host)) = property {
        adopt(ports, host, HOST, &hash).await?;
    }
    if let Some(guest) = busiest_guest(ports, property.map(|(_, host)| host)).await? {
        adopt(ports, guest, GUEST, &hash).await?;
    }
    user::create_admin(ports, ADMIN.to_owned(), PASSWORD.to_owned()).await?;
    Ok(Accounts {
        property: property.map(|(id, _)| id),
    })
}

/// A guest with a stay ahead, if there is one, who is not the host.
async fn busiest_guest(ports: &Ports, host: Option<UserId>) -> Result<Option<UserId>, StoreError> {
    let filter = BookingFilter {
        user: None,
        status: None,
        property_id: None,
        from: None,
        to: None,
    };
    let bookings = ports.queries.bookings(filter, MANY).await?.data;
    let others = || {
        bookings
            .iter()
            .filter(|booking| Some(booking.guest_id) != host)
    };
    let ahead = |booking: &&Booking| booking.status == Status::Confirmed;
    Ok(others()
        .find(ahead)
        .or_else(|| others().next())
        .map(|booking| booking.guest_id))
}

async fn adopt(ports: &Ports, id: UserId, address: &str, hash: &str) -> Result<(), CommandError> {
    let (Some(user), Ok(email)) = (ports.users.get(id).await?, Email::parse(address)) else {
        return Ok(());
    };
    let mut record = user.into_record();
    record.email = email;
    record.email_verified = true;
    let adopted = User::restore(record).set_password(hash.to_owned(), ports.clock.now());
    Ok(ports.users.commit(UserChange::of(adopted)).await?)
}
