//! Removing the second factor and recovery codes of a user who lost access to them.

use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, SecurityChange, UserId,
};
use sojourn_domain::user::{SecondFactor, SecondFactorChange};

use crate::access::{AdminError, require_not_self, require_reason};
use crate::attempt;
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Removes an account's second factor, with a reason of 1–1,000 characters, and notifies the owner.
/// Verifying the owner's identity is up to the operator. Operators cannot do this for their own
/// account.
///
/// # Errors
/// [`AdminError`]: [`AdminError::WrongState`] if no second factor is active.
pub async fn reset(
    ports: &Ports,
    actor: &Actor,
    id: UserId,
    reason: String,
) -> Result<(), AdminError> {
    require_reason(actor, &reason)?;
    require_not_self(actor, id)?;
    ports.users.get(id).await?.ok_or(AdminError::NotFound)?;
    let reason = reason.as_str();
    if attempt::is_done() {
        return Ok(());
    }
    retry_on_conflict(|| async move {
        let factor = ports
            .factors
            .get(id)
            .await?
            .filter(SecondFactor::is_enabled);
        let factor = factor.ok_or(AdminError::WrongState("disabled"))?;
        let subject = AuditSubject::User(id);
        let now = ports.clock.now();
        let entry = AuditEntry::of(actor, AuditAction::SecondFactorDisabled, subject, now);
        let change = SecondFactorChange {
            factor,
            audit: Some(entry.with_reason(reason)),
            notice: Some((SecurityChange::SecondFactorOff, now)),
        };
        Ok::<_, AdminError>(unless_stale(ports.factors.remove(change).await, ())?)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{TestPorts, now, operator, second_factor, user};

    #[tokio::test]
    async fn a_reset_is_recorded_and_the_owner_is_notified() {
        let mut test = TestPorts::new();
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        test.factors
            .expect_get()
            .return_once(|_| Ok(Some(second_factor())));
        let removed = test.factors.expect_remove().once().withf(|change| {
            let entry = change.audit.as_ref().unwrap();
            (entry.actor, entry.reason.as_deref()) == (Some(operator().user_id), Some("lost"))
                && entry.subject == Some(AuditSubject::User(user().id))
                && change.notice == Some((SecurityChange::SecondFactorOff, now()))
        });
        removed.return_once(|_| Ok(()));
        let done = reset(&test.ports(), &operator(), user().id, "lost".into()).await;
        assert_eq!(done, Ok(()));
    }

    #[tokio::test]
    async fn a_missing_second_factor_cannot_be_reset() {
        let mut test = TestPorts::new();
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        test.factors.expect_get().return_once(|_| Ok(None));
        let refused = reset(&test.ports(), &operator(), user().id, "lost".into()).await;
        assert_eq!(refused, Err(AdminError::WrongState("disabled")));
        let ports = TestPorts::new().ports();
        let own = reset(&ports, &operator(), operator().user_id, "lost".into()).await;
        assert!(matches!(own, Err(AdminError::Invalid(_))));
    }
}
