//! Giving a property back to its host.

use sojourn_domain::property::Property;
use sojourn_domain::shared::{Actor, AuditAction, PropertyId};

use super::AdminError;
use super::error::operators_with_reason;
use super::suspend_property::ruled;
use crate::ports::Ports;

/// Gives a suspended property back to its host, unlisted, for a reason of 1–1,000 characters. The host publishes it
/// again.
///
/// # Errors
/// [`AdminError`]: [`AdminError::WrongState`] when it is not suspended.
pub async fn reinstate_property(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
    reason: String,
) -> Result<Property, AdminError> {
    operators_with_reason(actor, &reason)?;
    let now = ports.clock.now();
    let reinstated = |property: Property| property.reinstate(actor, now);
    ruled(
        ports,
        actor,
        id,
        AuditAction::PropertyReinstated,
        &reason,
        &reinstated,
    )
    .await
}
