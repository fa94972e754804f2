//! Which properties an asker can reach, and as what.

use sojourn_domain::property::Property;
use sojourn_domain::shared::{Actor, PropertyId, StoreError};

use crate::ports::Ports;

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
pub(super) async fn reach(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
) -> Result<Reach, StoreError> {
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
    Ok(ports
        .properties
        .get(id)
        .await?
        .filter(|property| property.visible_to(actor)))
}
