//! Reinstating a property.

use sojourn_domain::property::Property;
use sojourn_domain::shared::{Actor, AuditAction, PropertyId};

use super::suspend::moderate;
use super::views::PropertyView;
use crate::access::{AdminError, require_reason};
use crate::ports::Ports;

/// Reinstates a suspended property as unlisted, with a reason of 1–1,000 characters. The host can
/// then publish it again.
///
/// # Errors
/// [`AdminError`]: [`AdminError::WrongState`] if it is not suspended.
pub async fn reinstate(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
    reason: String,
) -> Result<PropertyView, AdminError> {
    require_reason(actor, &reason)?;
    let now = ports.clock.now();
    let reinstated = |property: Property| property.reinstate(actor, now);
    moderate(
        ports,
        actor,
        id,
        AuditAction::PropertyReinstated,
        &reason,
        &reinstated,
    )
    .await
    .map(PropertyView::whole)
}
