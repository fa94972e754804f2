//! Creating an operator from the command line.

use chrono::{DateTime, Utc};
use sojourn_domain::shared::{
    AuditAction, AuditEntry, AuditSubject, Email, Notification, RepositoryError, SecurityChange,
    UserId, Violations,
};
use sojourn_domain::user::{EndedSessions, Profile, Role, User, UserChange, UserCommitError};

use super::password;
use crate::ports::{HashOrigin, Ports};

/// Errors of creating an operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateAdminError {
    /// The address or the password is invalid.
    #[error("{0}")]
    Invalid(Violations),
    /// The password hashing queue is full; retry later.
    #[error("the password hashing queue is full; try again later")]
    Busy,
    /// The account is already an operator, or was concurrently created or changed.
    #[error("an operator with this address already exists")]
    Exists,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// Creates an operator with a verified address. A member with this address becomes an operator: the
/// password is replaced, all sessions end, and the member is notified.
///
/// # Errors
/// [`CreateAdminError`].
pub async fn create_admin(
    ports: &Ports,
    email: String,
    password: String,
) -> Result<User, CreateAdminError> {
    let email = check(&email, &password)?;
    let known = ports.users.by_email(&email).await?;
    if known.as_ref().is_some_and(|user| user.role == Role::Admin) {
        return Err(CreateAdminError::Exists);
    }
    let hash = ports
        .hasher
        .hash(password, HashOrigin::Internal)
        .await
        .map_err(|_| CreateAdminError::Busy)?;
    let now = ports.clock.now();
    let changed = |user_id| Notification::SecurityChanged {
        user_id,
        what: SecurityChange::Password,
    };
    let notifications = known.iter().map(|member| changed(member.id)).collect();
    let user = match known {
        Some(member) => member.appoint(hash, now),
        None => {
            let id = UserId::new(ports.ids.uuid());
            User::operator(id, email, hash, placeholder_profile(), now)
                .map_err(CreateAdminError::Invalid)?
        }
    };
    let change = UserChange {
        notifications,
        ..UserChange::of(user.clone())
    };
    let change = change
        .ending_sessions(EndedSessions::All)
        .with_audit(appointment_entry(user.id, now));
    match ports.users.commit(change).await {
        Ok(()) => Ok(user),
        Err(UserCommitError::EmailTaken | UserCommitError::Stale) => Err(CreateAdminError::Exists),
        Err(UserCommitError::Repository(error)) => Err(error.into()),
    }
}

/// An operator created from the command line has no acting account.
fn appointment_entry(id: UserId, now: DateTime<Utc>) -> AuditEntry {
    AuditEntry {
        at: now,
        actor: None,
        address: None,
        by_operator: false,
        action: AuditAction::AccountChanged,
        subject: Some(AuditSubject::User(id)),
        before: None,
        after: Some("admin, appointed from the command line".to_owned()),
        reason: None,
    }
}

fn check(email: &str, password: &str) -> Result<Email, CreateAdminError> {
    let mut found = Violations::new();
    let email = Email::parse(email).ok();
    found.require(
        email.is_some(),
        "/email",
        "invalid",
        "must be an e-mail address such as ana@mail.example",
    );
    password::check("/password", password, email.as_ref(), &mut found);
    match email {
        Some(email) => found.into_result(email).map_err(CreateAdminError::Invalid),
        None => Err(CreateAdminError::Invalid(found)),
    }
}

fn placeholder_profile() -> Profile {
    let (first_name, last_name) = ("Operator".to_owned(), "Operator".to_owned());
    Profile {
        first_name,
        last_name,
        phone: None,
        locale: None,
        currency: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{TestPorts, user};

    #[tokio::test]
    async fn a_new_operator_is_stored_at_version_one_and_a_member_at_the_next() {
        for known in [None, Some(user())] {
            let (version, notified) = known.as_ref().map_or((1, 0), |_| (2, 1));
            let mut test = TestPorts::new();
            test.users.expect_by_email().return_once(|_| Ok(known));
            test.hasher
                .expect_hash()
                .return_once(|_, _| Ok("hash".into()));
            let commit = test.users.expect_commit().once().withf(move |change| {
                let written = change
                    .audit
                    .as_ref()
                    .map(|entry| (entry.action, entry.subject));
                written
                    == Some((
                        AuditAction::AccountChanged,
                        Some(AuditSubject::User(change.user.id)),
                    ))
                    && change.notifications.len() == notified
            });
            commit.return_once(|_| Ok(()));
            let password = "a long enough one".to_owned();
            let admin = create_admin(&test.ports(), "ana@mail.example".into(), password)
                .await
                .unwrap();
            assert_eq!(
                (admin.role, admin.email_verified, admin.version),
                (Role::Admin, true, version)
            );
        }
    }
}
