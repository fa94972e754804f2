//! A caller's access to a property.

use sojourn_domain::property::Property;
use sojourn_domain::shared::{Actor, PropertyId, RepositoryError};

use crate::ports::Ports;

/// A caller's level of access to a property.
pub(super) enum Reach {
    /// Full access: the host or an operator.
    Manages(Box<Property>),
    /// Read access only.
    Sees,
    /// No access, or no such property.
    Nothing,
}

/// Access of a caller to a property.
pub(super) async fn reach(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
) -> Result<Reach, RepositoryError> {
    Ok(match ports.properties.get(id).await? {
        Some(property) if property.managed_by(actor) => Reach::Manages(Box::new(property)),
        Some(property) if property.visible_to(Some(actor)) => Reach::Sees,
        Some(_) | None => Reach::Nothing,
    })
}

/// The property, if it is visible to the caller.
pub(super) async fn visible(
    ports: &Ports,
    actor: Option<&Actor>,
    id: PropertyId,
) -> Result<Option<Property>, RepositoryError> {
    Ok(ports
        .properties
        .get(id)
        .await?
        .filter(|property| property.visible_to(actor)))
}
