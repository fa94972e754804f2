//! Changing one's password.

use chrono::{DateTime, Utc};
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, Notification, RepositoryError, SecurityChange,
    SessionId, Violations,
};
use sojourn_domain::user::{EndedSessions, User, UserChange};

use super::password;
use crate::access::rate_limits::{self, consume};
use crate::failure::{Failure, UseCaseError};
use crate::ports::{HashOrigin, Ports};
use crate::retry::{retry_on_conflict, unless_stale};

/// Errors of changing a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangePasswordError {
    /// The current password is wrong.
    #[error("the current password is incorrect")]
    WrongPassword,
    /// The new password is not acceptable.
    #[error("{0}")]
    Invalid(Violations),
    /// The password hashing queue is full; retry later.
    #[error("the password hashing queue is full; try again later")]
    Busy,
    /// Too many attempts; holds the seconds until the next one.
    #[error("too many attempts; try again in {0} seconds")]
    Throttled(u32),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for ChangePasswordError {
    fn failure(&self) -> Failure {
        match self {
            Self::WrongPassword => {
                let mut violations = Violations::new();
                violations.add(
                    "/current_password",
                    "wrong_password",
                    "is not the current password",
                );
                Failure::invalid(violations)
            }
            Self::Invalid(violations) => Failure::invalid(violations.clone()),
            Self::Throttled(seconds) => Failure::throttled(*seconds),
            Self::Busy => Failure::busy(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Changes the caller's password. All of their other sessions end.
///
/// # Errors
/// [`ChangePasswordError`].
pub async fn change_password(
    ports: &Ports,
    actor: &Actor,
    session_id: SessionId,
    current: String,
    new: String,
) -> Result<(), ChangePasswordError> {
    let user = ports
        .users
        .get(actor.user_id)
        .await?
        .ok_or(ChangePasswordError::WrongPassword)?;
    let mut found = Violations::new();
    password::check("/new_password", &new, Some(&user.email), &mut found);
    found
        .into_result(())
        .map_err(ChangePasswordError::Invalid)?;
    let key = actor.user_id.to_string();
    consume(ports, rate_limits::SECRETS_TRIED, &key)
        .await
        .map_err(ChangePasswordError::Throttled)?;
    let old_hash = &user.password_hash;
    if !ports
        .hasher
        .verify(current, old_hash.clone(), HashOrigin::of(actor))
        .await
        .map_err(|_| ChangePasswordError::Busy)?
        .matches
    {
        return Err(ChangePasswordError::WrongPassword);
    }
    let hash = ports
        .hasher
        .hash(new, HashOrigin::of(actor))
        .await
        .map_err(|_| ChangePasswordError::Busy)?;
    retry_on_conflict(|| {
        let hash = hash.clone();
        async move {
            let now = ports.clock.now();
            let user = ports
                .users
                .get(actor.user_id)
                .await?
                .filter(|user| user.password_hash == *old_hash);
            let user = user
                .ok_or(ChangePasswordError::WrongPassword)?
                .set_password(hash, now);
            Ok(unless_stale(
                ports
                    .users
                    .commit(change(user, actor, session_id, now))
                    .await,
                (),
            )?)
        }
    })
    .await
}

fn change(user: User, actor: &Actor, session_id: SessionId, now: DateTime<Utc>) -> UserChange {
    let entry = AuditEntry::of(
        actor,
        AuditAction::PasswordChanged,
        AuditSubject::User(user.id),
        now,
    );
    let notice = Notification::SecurityChanged {
        user_id: user.id,
        what: SecurityChange::Password,
    };
    UserChange::of(user)
        .with_notification(notice)
        .ending_sessions(EndedSessions::Others(session_id))
        .with_audit(entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::PasswordCheck;
    use crate::test_support::test_ports::{TestPorts, actor_of, limits_except, session_of, user};

    async fn ask(test: TestPorts) -> Result<(), ChangePasswordError> {
        let session = session_of(&user()).id;
        let new = "a long enough one".to_owned();
        change_password(
            &test.ports(),
            &actor_of(&user()),
            session,
            "current".into(),
            new,
        )
        .await
    }

    #[tokio::test]
    async fn a_wrong_password_changes_nothing() {
        let mut test = TestPorts::new();
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        let wrong = PasswordCheck {
            matches: false,
            outdated: false,
        };
        test.hasher
            .expect_verify()
            .once()
            .return_once(move |_, _, _| Ok(wrong));
        assert_eq!(ask(test).await, Err(ChangePasswordError::WrongPassword));
    }

    #[tokio::test]
    async fn ends_every_session_but_the_current_one() {
        let mut test = TestPorts::new();
        test.users
            .expect_get()
            .times(2)
            .returning(|_| Ok(Some(user())));
        let right = PasswordCheck {
            matches: true,
            outdated: false,
        };
        test.hasher
            .expect_verify()
            .once()
            .return_once(move |_, _, _| Ok(right));
        test.hasher
            .expect_hash()
            .once()
            .return_once(|_, _| Ok("new hash".into()));
        let commit = test.users.expect_commit().once().withf(|change| {
            let notified = Notification::SecurityChanged {
                user_id: user().id,
                what: SecurityChange::Password,
            };
            change.ends_sessions == EndedSessions::Others(session_of(&user()).id)
                && change.audit.as_ref().map(|entry| entry.action)
                    == Some(AuditAction::PasswordChanged)
                && change.notifications == [notified]
                && change.user.password_hash.as_deref() == Some("new hash")
        });
        commit.return_once(|_| Ok(()));
        assert_eq!(ask(test).await, Ok(()));
    }

    #[tokio::test]
    async fn guessing_passwords_is_rate_limited() {
        let mut test = TestPorts::new();
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        test.limits = Some(limits_except(rate_limits::SECRETS_TRIED, user().id));
        assert_eq!(ask(test).await, Err(ChangePasswordError::Throttled(7)));
    }
}
