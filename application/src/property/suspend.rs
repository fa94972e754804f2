//! Suspending a property.

use sojourn_domain::property::{Property, PropertyChange, PropertyStatus, PropertyTransitionError};
use sojourn_domain::shared::{Actor, AuditAction, AuditEntry, AuditSubject, PropertyId};

use super::views::PropertyView;
use crate::access::{AdminError, require_reason};
use crate::attempt;
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Suspends a property in any other status, with a reason of 1–1,000 characters. Its host cannot
/// publish it until it is reinstated; its bookings stay.
///
/// # Errors
/// [`AdminError`]: [`AdminError::WrongState`] if it is already suspended.
pub async fn suspend(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
    reason: String,
) -> Result<PropertyView, AdminError> {
    require_reason(actor, &reason)?;
    let now = ports.clock.now();
    let suspended = |property: Property| property.suspend(actor, now);
    moderate(
        ports,
        actor,
        id,
        AuditAction::PropertySuspended,
        &reason,
        &suspended,
    )
    .await
    .map(PropertyView::whole)
}

/// A moderation decision: maps a property to its new state.
pub(super) type ModerationDecision<'a> =
    &'a (dyn Fn(Property) -> Result<Property, PropertyTransitionError> + Send + Sync);

/// Stores a moderation decision, audited with the reason.
pub(super) async fn moderate(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
    action: AuditAction,
    reason: &str,
    decide: ModerationDecision<'_>,
) -> Result<Property, AdminError> {
    retry_on_conflict(|| async move {
        let property = ports
            .properties
            .get(id)
            .await?
            .ok_or(AdminError::NotFound)?;
        if attempt::is_done() {
            return Ok(Some(property));
        }
        let before = property.status;
        let property = decide(property)?;
        let change = moderation_change(actor, action, before, property.clone(), reason);
        Ok(unless_stale(
            ports.properties.commit(change).await,
            property,
        )?)
    })
    .await
}

/// The audited change of a property by an operator, with the previous status and the reason.
pub(crate) fn moderation_change(
    actor: &Actor,
    action: AuditAction,
    before: PropertyStatus,
    property: Property,
    reason: &str,
) -> PropertyChange {
    let entry = AuditEntry::of(
        actor,
        action,
        AuditSubject::Property(property.id),
        property.updated_at,
    )
    .with_change(before.as_str(), property.status.as_str())
    .with_reason(reason);
    PropertyChange {
        audit: Some(entry),
        ..PropertyChange::of(property)
    }
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::CommitError;

    use super::*;
    use crate::property::reinstate;
    use crate::test_support::test_ports::{TestPorts, listed, operator};

    fn suspended() -> Property {
        let mut record = listed().into_record();
        record.status = PropertyStatus::Suspended;
        Property::restore(record).unwrap()
    }

    /// Ports with one property that expect this audit entry on both commits; the first commit is
    /// stale.
    fn expect_moderation(
        property: Property,
        action: AuditAction,
        from_to: (&'static str, &'static str),
    ) -> Ports {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .returning(move |_| Ok(Some(property.clone())));
        let mut stale = true;
        test.properties
            .expect_commit()
            .times(2)
            .returning(move |change| {
                let entry = change.audit.unwrap();
                assert_eq!(
                    (entry.action, entry.subject),
                    (action, Some(AuditSubject::Property(listed().id)))
                );
                let after = format!("{}: {}", entry.after.unwrap(), entry.reason.unwrap());
                assert_eq!(
                    (entry.before.as_deref(), after.as_str()),
                    (Some(from_to.0), from_to.1)
                );
                if std::mem::take(&mut stale) {
                    Err(CommitError::Stale)
                } else {
                    Ok(())
                }
            });
        test.ports()
    }

    #[tokio::test]
    async fn suspension_and_reinstatement_are_recorded_and_leave_the_property_unlisted() {
        let words = ("listed", "suspended: a fake");
        let ports = expect_moderation(listed(), AuditAction::PropertySuspended, words);
        let property = suspend(&ports, &operator(), listed().id, "a fake".into())
            .await
            .unwrap();
        assert_eq!(
            (property.status, property.version),
            (PropertyStatus::Suspended, 2)
        );
        let words = ("suspended", "unlisted: it is real");
        let ports = expect_moderation(suspended(), AuditAction::PropertyReinstated, words);
        let property = reinstate(&ports, &operator(), listed().id, "it is real".into())
            .await
            .unwrap();
        assert_eq!(property.status, PropertyStatus::Unlisted);
    }

    #[tokio::test]
    async fn a_suspended_or_missing_property_cannot_be_suspended() {
        let with_property = |property: Option<Property>| {
            let mut test = TestPorts::new();
            test.properties
                .expect_get()
                .return_once(move |_| Ok(property));
            test.ports()
        };
        let (id, why) = (listed().id, || "why".to_owned());
        let again = suspend(&with_property(Some(suspended())), &operator(), id, why()).await;
        assert_eq!(again, Err(AdminError::WrongState("suspended")));
        let never = reinstate(&with_property(Some(listed())), &operator(), id, why()).await;
        assert_eq!(never, Err(AdminError::WrongState("listed")));
        assert_eq!(
            suspend(&with_property(None), &operator(), id, why()).await,
            Err(AdminError::NotFound)
        );
    }
}
