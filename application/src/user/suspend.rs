//! Suspending an account.

use sojourn_domain::property::PropertyStatus;
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, PropertyId, RepositoryError, UserId,
};
use sojourn_domain::user::{EndedSessions, User, UserChange};

use super::views::AccountView;
use crate::access::{AdminError, require_not_self, require_reason};
use crate::attempt;
use crate::pagination::listed_property_ids;
use crate::ports::{AccountState, Ports};
use crate::property::moderation_change;
use crate::retry::{retry_on_conflict, unless_stale};

/// Suspends an account, with a reason of 1–1,000 characters: ends its sessions, then suspends its
/// listed properties, each in its own commit. Calling it again resumes after an interruption.
/// Operators cannot suspend themselves.
///
/// # Errors
/// [`AdminError`]: [`AdminError::WrongState`] if the account is erased.
pub async fn suspend(
    ports: &Ports,
    actor: &Actor,
    id: UserId,
    reason: String,
) -> Result<AccountView, AdminError> {
    require_reason(actor, &reason)?;
    require_not_self(actor, id)?;
    let user = suspend_account(ports, actor, id, &reason).await?;
    for property in listed_property_ids(ports, id).await? {
        suspend_listed(ports, actor, property).await?;
    }
    Ok(AccountView::from(&user))
}

async fn suspend_account(
    ports: &Ports,
    actor: &Actor,
    id: UserId,
    reason: &str,
) -> Result<User, AdminError> {
    retry_on_conflict(|| async move {
        let user = ports.users.get(id).await?.ok_or(AdminError::NotFound)?;
        if attempt::is_done() {
            return Ok(Some(user));
        }
        let (before, now) = (AccountState::of(&user), ports.clock.now());
        if before == AccountState::Erased {
            return Err(AdminError::WrongState(before.as_str()));
        }
        let user = user.suspend(now);
        let entry = AuditEntry::of(
            actor,
            AuditAction::AccountSuspended,
            AuditSubject::User(id),
            now,
        )
        .with_change(before.as_str(), "suspended")
        .with_reason(reason);
        let change = UserChange::of(user.clone())
            .ending_sessions(EndedSessions::All)
            .with_audit(entry);
        Ok(unless_stale(ports.users.commit(change).await, user)?)
    })
    .await
}

/// Suspends a property unless it was concurrently unlisted or removed.
async fn suspend_listed(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
) -> Result<(), RepositoryError> {
    retry_on_conflict(|| async move {
        let property = ports.properties.get(id).await?;
        let Some(property) = property.filter(|it| it.status == PropertyStatus::Listed) else {
            return Ok(Some(()));
        };
        let before = property.status;
        let property = property
            .suspend(actor, ports.clock.now())
            .map_err(|error| {
                RepositoryError::Internal(format!("cannot suspend a listed property: {error}"))
            })?;
        let action = AuditAction::PropertySuspended;
        let change = moderation_change(actor, action, before, property, "with its host's account");
        unless_stale(ports.properties.commit(change).await, ())
    })
    .await
}

#[cfg(test)]
mod tests {
    use sojourn_domain::user::UserCommitError;
    use std::sync::{Arc, Mutex};

    use sojourn_domain::property::Property;
    use sojourn_domain::shared::Page;
    use uuid::Uuid;

    use super::*;
    use crate::test_support::test_ports::{TestPorts, listed, now, operator, user};

    /// A listed property with this id.
    fn numbered(number: u128) -> Property {
        let mut record = listed().into_record();
        record.id = PropertyId::new(Uuid::from_u128(number));
        Property::restore(record).unwrap()
    }

    /// An account with the listed properties 11 and 12 on one page each, of which 12 is
    /// concurrently unlisted. Returns the commits in order.
    fn expect_properties(mut test: TestPorts, user: User) -> (Ports, Arc<Mutex<Vec<String>>>) {
        let done = Arc::new(Mutex::new(Vec::new()));
        test.users
            .expect_get()
            .returning(move |_| Ok(Some(user.clone())));
        let log = done.clone();
        test.users.expect_commit().once().returning(move |change| {
            let entry = change.audit.unwrap();
            assert_eq!(change.ends_sessions, EndedSessions::All);
            assert_eq!(entry.action, AuditAction::AccountSuspended);
            log.lock().unwrap().push(format!(
                "{} → {}: {}",
                entry.before.unwrap(),
                entry.after.unwrap(),
                entry.reason.unwrap()
            ));
            Ok(())
        });
        test.property_queries
            .expect_properties()
            .times(2)
            .returning(|filter, page| {
                assert_eq!(filter.status, Some(PropertyStatus::Listed));
                let (number, next) = if page.after.is_none() {
                    (11, Some("11".into()))
                } else {
                    (12, None)
                };
                Ok(Page {
                    data: vec![numbered(number)],
                    next,
                })
            });
        test.properties.expect_get().returning(|id| {
            let mut record = numbered(id.uuid().as_u128()).into_record();
            if id == numbered(12).id {
                record.status = PropertyStatus::Unlisted;
            }
            Ok(Some(Property::restore(record).unwrap()))
        });
        let log = done.clone();
        test.properties.expect_commit().returning(move |change| {
            let entry = change.audit.unwrap();
            assert_eq!(entry.action, AuditAction::PropertySuspended);
            log.lock().unwrap().push(format!(
                "{} {}: {}",
                change.property.id.uuid().as_u128(),
                entry.after.unwrap(),
                entry.reason.unwrap()
            ));
            Ok(())
        });
        (test.ports(), done)
    }

    #[tokio::test]
    async fn sessions_end_before_the_listed_properties_are_suspended() {
        let (ports, done) = expect_properties(TestPorts::new(), user());
        let suspended = suspend(&ports, &operator(), user().id, "fraud".into())
            .await
            .unwrap();
        assert_eq!(suspended.suspended_at, Some(now()));
        let expected = [
            "active → suspended: fraud",
            "11 suspended: with its host's account",
        ];
        assert_eq!(*done.lock().unwrap(), expected);
    }

    #[tokio::test]
    async fn a_repeated_suspension_continues_with_the_properties() {
        let (ports, done) = expect_properties(TestPorts::new(), user().suspend(now()));
        suspend(&ports, &operator(), user().id, "fraud".into())
            .await
            .unwrap();
        let expected = [
            "suspended → suspended: fraud",
            "11 suspended: with its host's account",
        ];
        assert_eq!(*done.lock().unwrap(), expected);
    }

    #[tokio::test]
    async fn an_account_changed_concurrently_is_read_again() {
        let mut test = TestPorts::new();
        test.users
            .expect_get()
            .times(2)
            .returning(|_| Ok(Some(user())));
        let mut stale = true;
        test.users.expect_commit().times(2).returning(move |_| {
            if std::mem::take(&mut stale) {
                Err(UserCommitError::Stale)
            } else {
                Ok(())
            }
        });
        test.property_queries
            .expect_properties()
            .return_once(|_, _| {
                Ok(Page {
                    data: Vec::new(),
                    next: None,
                })
            });
        assert!(
            suspend(&test.ports(), &operator(), user().id, "fraud".into())
                .await
                .is_ok()
        );
    }

    #[tokio::test]
    async fn refuses_oneself_erased_accounts_and_missing_reasons() {
        let ports = TestPorts::new().ports();
        for (id, reason, pointer) in [
            (operator().user_id, "why".to_owned(), "/user_id"),
            (user().id, " ".to_owned(), "/reason"),
            (user().id, "x".repeat(1_001), "/reason"),
        ] {
            let refused = suspend(&ports, &operator(), id, reason).await;
            let Err(AdminError::Invalid(found)) = refused else {
                panic!("expected an error")
            };
            assert_eq!(found.iter().next().unwrap().pointer, pointer);
        }
        let mut test = TestPorts::new();
        test.users
            .expect_get()
            .return_once(|_| Ok(Some(user().erase(now()).unwrap())));
        let refused = suspend(&test.ports(), &operator(), user().id, "why".into()).await;
        assert_eq!(refused, Err(AdminError::WrongState("erased")));
    }
}
