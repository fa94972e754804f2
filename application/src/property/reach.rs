//! Which properties an asker can reach, and as what.

use sojourn_domain::booking::Status;
use sojourn_domain::property::Property;
use sojourn_domain::shared::{Actor, PageRequest, PropertyId, StoreError};

use crate::ports::{BookingFilter, Ports, Side};

/// How far somebody may go with a property that they name in order to change it.
pub(super) enum Reach {
    /// It is theirs, or they are an operator.
    Manages(Box<Property>),
    /// They may see it, no more.
    Sees,
    /// They must not know that it exists, or it does not.
    Nothing,
}

/// How far an actor may go with a property.
pub(super) async fn reach(ports: &Ports, actor: &Actor, id: PropertyId) -> Result<Reach, StoreError> {
    Ok(match ports.properties.get(id).await? {
        Some(property) if property.managed_by(actor) => Reach::Manages(Box::new(property)),
        Some(property) if property.visible_to(Some(actor)) => Reach::Sees,
        Some(_) | None => Reach::Nothing,
    })
}

/// The property, if the asker may know of it.
pub(super) async fn visible(
    ports: &Ports,
    actor: Option<&Actor>,
    id: PropertyId,
) -> Result<Option<Property>, StoreError> {
    Ok(ports.properties.get(id).await?.filter(|property| property.visible_to(actor)))
}

/// Whether an actor is or was a guest with a certain booking there.
pub(super) async fn has_stay(ports: &Ports, actor: &Actor, id: PropertyId) -> Result<bool, StoreError> {
    for status in [Status::Confirmed, Status::CheckedIn, Status::Completed] {
        let filter = BookingFilter {
            user: Some((actor.user_id, Side::Guest)),
            status: Some(status),
            property_id: Some(id),
            from: None,
            to: None,
        };
        let page = ports.queries.bookings(filter, PageRequest { limit: 1, after: None }).await?;
        if !page.data.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}
