//! Reinstating an account.

use sojourn_domain::shared::{Actor, AuditAction, AuditEntry, AuditSubject, UserId};
use sojourn_domain::user::UserChange;

use super::views::AccountView;
use crate::access::{AdminError, require_reason};
use crate::attempt;
use crate::ports::{AccountState, Ports};
use crate::retry::{retry_on_conflict, unless_stale};

/// Reinstates a suspended account, with a reason of 1–1,000 characters. Its properties stay
/// suspended; operators reinstate them one by one.
///
/// # Errors
/// [`AdminError`]: [`AdminError::WrongState`] if it is not suspended.
pub async fn reinstate(
    ports: &Ports,
    actor: &Actor,
    id: UserId,
    reason: String,
) -> Result<AccountView, AdminError> {
    require_reason(actor, &reason)?;
    let reason = reason.as_str();
    retry_on_conflict(|| async move {
        let user = ports.users.get(id).await?.ok_or(AdminError::NotFound)?;
        if attempt::is_done() {
            return Ok(Some(user));
        }
        let (before, now) = (AccountState::of(&user), ports.clock.now());
        if before != AccountState::Suspended {
            return Err(AdminError::WrongState(before.as_str()));
        }
        let user = user.reinstate(now);
        let after = AccountState::of(&user).as_str();
        let entry = AuditEntry::of(
            actor,
            AuditAction::AccountReinstated,
            AuditSubject::User(id),
            now,
        )
        .with_change(before.as_str(), after)
        .with_reason(reason);
        let change = UserChange::of(user.clone()).with_audit(entry);
        Ok(unless_stale(ports.users.commit(change).await, user)?)
    })
    .await
    .map(|user| AccountView::from(&user))
}

#[cfg(test)]
mod tests {
    use sojourn_domain::user::EndedSessions;

    use super::*;
    use crate::test_support::test_ports::{TestPorts, now, operator, unverified, user};

    #[tokio::test]
    async fn reinstating_restores_the_account_but_not_its_properties() {
        for (before, after) in [(user(), "active"), (unverified(), "unverified")] {
            let mut test = TestPorts::new();
            let suspended = before.suspend(now());
            test.users
                .expect_get()
                .return_once(move |_| Ok(Some(suspended)));
            test.users
                .expect_commit()
                .once()
                .withf(move |change| {
                    let entry = change.audit.as_ref().unwrap();
                    change.ends_sessions == EndedSessions::None
                        && entry.action == AuditAction::AccountReinstated
                        && entry.before.as_deref() == Some("suspended")
                        && entry.after.as_deref() == Some(after)
                        && entry.reason.as_deref() == Some("a mistake")
                })
                .return_once(|_| Ok(()));
            let back = reinstate(&test.ports(), &operator(), user().id, "a mistake".into())
                .await
                .unwrap();
            assert_eq!((back.suspended_at, back.version), (None, 3));
        }
    }

    #[tokio::test]
    async fn an_account_that_is_not_suspended_cannot_be_reinstated() {
        let mut test = TestPorts::new();
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        let refused = reinstate(&test.ports(), &operator(), user().id, "why".into()).await;
        assert_eq!(refused, Err(AdminError::WrongState("active")));
    }
}
