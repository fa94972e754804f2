//! Unlisting a property.

use sojourn_domain::property::Property;
use sojourn_domain::shared::{Actor, PropertyId};

use super::publish::{PublishError, load_managed, store};
use super::views::PropertyView;
use crate::attempt;
use crate::ports::Ports;
use crate::retry::retry_on_conflict;

/// Unlists a property, so that it is no longer found. Its bookings stay.
///
/// # Errors
/// [`PublishError`].
pub async fn unpublish(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
    expected: Option<i64>,
) -> Result<PropertyView, PublishError> {
    let property = if attempt::is_done() {
        load_managed(ports, actor, id, None).await
    } else {
        unlist(ports, actor, id, expected).await
    };
    property.map(PropertyView::whole)
}

/// Unlists a property, whatever an earlier try of the request did.
pub(super) async fn unlist(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
    expected: Option<i64>,
) -> Result<Property, PublishError> {
    retry_on_conflict(|| async move {
        let property = load_managed(ports, actor, id, expected).await?;
        let before = property.status;
        store(
            ports,
            actor,
            before,
            property.unpublish(actor, ports.clock.now())?,
        )
        .await
    })
    .await
}
