//! Reading a profile.

use sojourn_domain::shared::{Actor, RepositoryError, UserId};

use super::views::{AccountView, OwnAccount, PublicProfile, UserView};
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// Errors of reading a profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// No such account, or it is not visible to the caller because it is erased or its address is
    /// unverified.
    #[error("no such user")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for ProfileError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// An account as visible to the caller, in one statement.
///
/// # Errors
/// [`ProfileError`].
pub async fn profile(
    ports: &Ports,
    actor: Option<&Actor>,
    id: UserId,
) -> Result<UserView, ProfileError> {
    let found = ports.user_queries.with_host_flag(vec![id]).await?;
    let found = found.into_iter().next();
    let (user, is_host) = found
        .filter(|(user, _)| user.is_shown_to(actor))
        .ok_or(ProfileError::NotFound)?;
    let profile = PublicProfile::new(&user, is_host);
    if actor.is_some_and(|actor| actor.admin || actor.user_id == id) {
        let account = AccountView::from(&user);
        return Ok(UserView::Own(Box::new(OwnAccount { account, profile })));
    }
    Ok(UserView::Public(profile))
}

#[cfg(test)]
mod tests {
    use sojourn_domain::user::{User, UserRecord};

    use super::*;
    use crate::test_support::test_ports::{
        TestPorts, actor_of, now, operator, stranger, unverified, user,
    };

    #[tokio::test]
    async fn only_its_owner_sees_all_of_it() {
        for (actor, own) in [
            (Some(actor_of(&user())), true),
            (Some(stranger()), false),
            (None, false),
        ] {
            let mut test = TestPorts::new();
            test.user_queries
                .expect_with_host_flag()
                .once()
                .returning(|_| Ok(vec![(user(), true)]));
            let view = profile(&test.ports(), actor.as_ref(), user().id).await;
            let public = PublicProfile::new(&user(), true);
            let wanted = if own {
                UserView::Own(Box::new(OwnAccount {
                    account: AccountView::from(&user()),
                    profile: public,
                }))
            } else {
                UserView::Public(public)
            };
            assert_eq!(view, Ok(wanted));
        }
    }

    #[tokio::test]
    async fn an_unverified_account_is_visible_to_its_owner_and_admins_only() {
        let imported = UserRecord {
            password_hash: None,
            ..unverified().into_record()
        };
        let erased = user().erase(now()).unwrap();
        for (account, to_others) in [
            (unverified(), false),
            (User::restore(imported).unwrap(), true),
            (erased, false),
        ] {
            let owner = Actor::member(account.id);
            for (actor, shown) in [
                (Some(owner), true),
                (Some(operator()), true),
                (Some(stranger()), to_others),
                (None, to_others),
            ] {
                let (mut test, found) = (TestPorts::new(), account.clone());
                test.user_queries
                    .expect_with_host_flag()
                    .return_once(|_| Ok(vec![(found, false)]));
                let view = profile(&test.ports(), actor.as_ref(), account.id).await;
                assert_eq!(view.is_ok(), shown, "{actor:?} of {account:?}");
            }
        }
    }
}
