//! Permissions of a property.

use sojourn_domain::property::Property;
use sojourn_domain::shared::{Actor, PropertyId};

use super::access::{Access, access_to, find_visible};
use crate::access::PermissionError;
use crate::ports::Ports;

/// Permission to change a property: its host's and that of operators.
///
/// # Errors
/// [`PermissionError`].
pub async fn permit_change(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
) -> Result<(), PermissionError> {
    load_to_change(ports, actor, id).await.map(drop)
}

/// Permission to see a property.
///
/// # Errors
/// [`PermissionError`].
pub async fn permit_view(
    ports: &Ports,
    actor: Option<&Actor>,
    id: PropertyId,
) -> Result<(), PermissionError> {
    let visible = find_visible(ports, actor, id).await?;
    visible.map(drop).ok_or(PermissionError::NotFound)
}

/// The property, if the caller may change it.
pub(super) async fn load_to_change(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
) -> Result<Property, PermissionError> {
    match access_to(ports, actor, id).await? {
        Access::Manage(property) => Ok(*property),
        Access::View => Err(PermissionError::Forbidden),
        Access::None => Err(PermissionError::NotFound),
    }
}
