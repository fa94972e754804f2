//! Retrying a decision after a concurrent change.

use sojourn_domain::shared::{CommitError, RepositoryError};

/// Maximum number of attempts of a use case.
const ATTEMPTS: u32 = 8;

/// Runs an attempt until its commit succeeds. An attempt reads, decides and commits; it returns
/// `None` if the data changed concurrently.
///
/// # Errors
/// The error of the attempt, or [`RepositoryError::Unavailable`] after eight attempts with concurrent
/// changes.
pub(crate) async fn retry_on_conflict<T, E, F>(mut attempt: impl FnMut() -> F) -> Result<T, E>
where
    E: From<RepositoryError>,
    F: Future<Output = Result<Option<T>, E>>,
{
    for _ in 0..ATTEMPTS {
        if let Some(stored) = attempt().await? {
            return Ok(stored);
        }
    }
    Err(RepositoryError::Unavailable("too many concurrent changes".to_owned()).into())
}

/// The stored value, or `None` if the commit was stale; for commits that have no other conflict.
///
/// # Errors
/// [`RepositoryError`].
pub(crate) fn stored<T>(
    commit: Result<T, impl Into<CommitError>>,
) -> Result<Option<T>, RepositoryError> {
    match commit.map_err(Into::into) {
        Ok(stored) => Ok(Some(stored)),
        Err(CommitError::Stale) => Ok(None),
        Err(CommitError::Repository(error)) => Err(error),
    }
}

/// The given value, or `None` if the commit was stale; for commits that have no other conflict.
///
/// # Errors
/// As for [`stored`].
pub(crate) fn unless_stale<T>(
    commit: Result<(), impl Into<CommitError>>,
    done: T,
) -> Result<Option<T>, RepositoryError> {
    stored(commit.map(|()| done))
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::BookingId;
    use sojourn_domain::user::UserCommitError;
    use uuid::Uuid;

    use super::*;
    use crate::test_support::test_ports::{
        TestPorts, client_info, listed, recent_login, stranger, user,
    };

    fn send<T: Send>(future: T) -> T {
        future
    }

    #[test]
    fn use_cases_are_send() {
        let (ports, actor) = (TestPorts::new().ports(), stranger());
        drop(send(crate::property::update(
            &ports,
            &actor,
            listed().id,
            &|details| Ok(details.clone()),
            None,
        )));
        drop(send(crate::property::search(
            &ports,
            None,
            Default::default(),
            page(),
        )));
        drop(send(crate::user::update(
            &ports,
            &actor,
            user().id,
            &|profile| Ok(profile.clone()),
            None,
        )));
        drop(send(crate::user::reset_password(
            &ports,
            "token",
            String::new(),
            &client_info(),
        )));
        drop(send(crate::user::erase(
            &ports,
            &actor,
            user().id,
            None,
            recent_login(),
        )));
        drop(send(crate::user::export(&ports, &actor, user().id)));
        let booking = BookingId::new(Uuid::nil());
        drop(send(crate::booking::accept(&ports, &actor, booking, None)));
        drop(send(crate::booking::decline(
            &ports, &actor, booking, None, None,
        )));
        drop(send(crate::booking::alter(
            &ports,
            &actor,
            booking,
            Default::default(),
            None,
        )));
        drop(send(crate::booking::accept_alteration(
            &ports, &actor, booking, None, None,
        )));
        drop(send(crate::integrity::check(&ports, &mut |_, _| ())));
    }

    fn page() -> sojourn_domain::shared::PageRequest {
        sojourn_domain::shared::PageRequest {
            limit: 1,
            after: None,
        }
    }

    #[test]
    fn a_conflict_that_a_change_cannot_cause_is_a_concurrent_change() {
        let away = RepositoryError::Unavailable("away".to_owned());
        assert_eq!(unless_stale(Ok::<_, UserCommitError>(()), 1), Ok(Some(1)));
        for conflict in [UserCommitError::Stale, UserCommitError::EmailTaken] {
            assert_eq!(unless_stale(Err(conflict), 1), Ok(None));
        }
        assert_eq!(
            unless_stale(Err(UserCommitError::from(away.clone())), 1),
            Err(away)
        );
    }
}
