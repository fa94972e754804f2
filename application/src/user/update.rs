//! Editing a profile.

use chrono::{DateTime, Utc};
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, RepositoryError, UserId, Violations,
};
use sojourn_domain::user::{Profile, User, UserChange};

use super::permission::load_to_update;
use super::views::AccountView;
use crate::access::PermissionError;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Errors of editing a profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UpdateUserError {
    /// No such account.
    #[error("no such user")]
    NotFound,
    /// The resource belongs to another account.
    #[error("only the account's owner or an operator may do this")]
    Forbidden,
    /// The stored version differs from the expected one.
    #[error("the account was changed concurrently")]
    Stale,
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for UpdateUserError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Stale => Failure::outdated(),
            Self::Invalid(violations) => Failure::invalid(violations.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<PermissionError> for UpdateUserError {
    fn from(error: PermissionError) -> Self {
        match error {
            PermissionError::NotFound => Self::NotFound,
            PermissionError::Forbidden => Self::Forbidden,
            PermissionError::Store(error) => Self::Store(error),
        }
    }
}

/// Edits a profile by applying the patch to the stored one. Edits by operators are recorded.
///
/// # Errors
/// [`UpdateUserError`].
pub async fn update(
    ports: &Ports,
    actor: &Actor,
    id: UserId,
    patch: &(dyn Fn(&Profile) -> Result<Profile, Violations> + Send + Sync),
    expected: Option<i64>,
) -> Result<AccountView, UpdateUserError> {
    retry_on_conflict(|| async move {
        let user = load_to_update(ports, actor, id).await?;
        if expected.is_some_and(|version| version != user.version) {
            return Err(UpdateUserError::Stale);
        }
        let profile = patch(&user.profile).map_err(UpdateUserError::Invalid)?;
        let now = ports.clock.now();
        let user = user.edit(profile, now).map_err(UpdateUserError::Invalid)?;
        let commit = ports.users.commit(change(user.clone(), actor, now)).await;
        Ok(unless_stale(commit, user)?)
    })
    .await
    .map(|user| AccountView::from(&user))
}

fn change(user: User, actor: &Actor, now: DateTime<Utc>) -> UserChange {
    let (own, subject) = (actor.user_id == user.id, AuditSubject::User(user.id));
    let change = UserChange::of(user);
    if own {
        change
    } else {
        change.with_audit(AuditEntry::of(
            actor,
            AuditAction::ChangedByOperator,
            subject,
            now,
        ))
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::test_support::test_ports::{TestPorts, actor_of, stranger, user};
    use sojourn_domain::user::UserCommitError;

    fn rename(profile: &Profile) -> Result<Profile, Violations> {
        Ok(Profile {
            first_name: "Eva".into(),
            ..profile.clone()
        })
    }

    #[tokio::test]
    async fn a_stranger_changes_nothing() {
        let user = user();
        let id = user.id;
        let mut test = TestPorts::new();
        test.users.expect_get().return_once(move |_| Ok(Some(user)));
        let refused = update(&test.ports(), &stranger(), id, &rename, None).await;
        assert_eq!(refused, Err(UpdateUserError::Forbidden));
    }

    #[tokio::test]
    async fn an_edit_by_an_admin_is_recorded() {
        let operator = Actor::operator(stranger().user_id);
        for (actor, written) in [
            (actor_of(&user()), None),
            (operator, Some(AuditAction::ChangedByOperator)),
        ] {
            let mut test = TestPorts::new();
            test.users.expect_get().return_once(|_| Ok(Some(user())));
            let commit = test.users.expect_commit().once();
            commit
                .withf(move |change| change.audit.as_ref().map(|entry| entry.action) == written)
                .return_once(|_| Ok(()));
            update(&test.ports(), &actor, user().id, &rename, None)
                .await
                .unwrap();
        }
    }

    #[tokio::test]
    async fn another_version_is_stale() {
        let user = user();
        let (id, actor) = (user.id, actor_of(&user));
        let mut test = TestPorts::new();
        test.users.expect_get().return_once(move |_| Ok(Some(user)));
        let refused = update(&test.ports(), &actor, id, &rename, Some(7)).await;
        assert_eq!(refused, Err(UpdateUserError::Stale));
    }

    #[tokio::test]
    async fn stops_after_eight_conflicts() {
        let user = user();
        let (id, actor) = (user.id, actor_of(&user));
        let mut test = TestPorts::new();
        test.users
            .expect_get()
            .times(8)
            .returning(move |_| Ok(Some(user.clone())));
        test.users
            .expect_commit()
            .times(8)
            .returning(|_| Err(UserCommitError::Stale));
        let refused = update(&test.ports(), &actor, id, &rename, None).await;
        assert!(matches!(
            refused,
            Err(UpdateUserError::Store(RepositoryError::Unavailable(_)))
        ));
    }
}
