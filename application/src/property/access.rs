//! A caller's access to a property.

use sojourn_domain::property::{Property, PropertyStatus};
use sojourn_domain::shared::{Actor, PropertyId, RepositoryError};

use crate::ports::Ports;

/// A caller's level of access to a property.
pub(super) enum Access {
    /// Full access: the host or an operator.
    Manage(Box<Property>),
    /// Read access only.
    View,
    /// No access, or no such property.
    None,
}

/// Access of a caller to a property.
pub(super) async fn access_to(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
) -> Result<Access, RepositoryError> {
    Ok(match ports.properties.get(id).await? {
        Some(property) if property.managed_by(actor) => Access::Manage(Box::new(property)),
        Some(property) if property.visible_to(Some(actor)) => Access::View,
        Some(_) | None => Access::None,
    })
}

/// True if the property is suspended, so that it takes no new bookings.
pub(crate) async fn is_suspended(ports: &Ports, id: PropertyId) -> Result<bool, RepositoryError> {
    let property = ports.properties.get(id).await?;
    Ok(property.is_some_and(|property| property.status == PropertyStatus::Suspended))
}

/// The property, if it is visible to the caller.
pub(super) async fn find_visible(
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
