//! Reading a profile.

use sojourn_domain::shared::{Actor, RepositoryError, UserId};

use super::views::{AccountView, PublicProfile, UserView};
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

/// An account as visible to the caller.
///
/// # Errors
/// [`ProfileError`].
pub async fn profile(
    ports: &Ports,
    actor: Option<&Actor>,
    id: UserId,
) -> Result<UserView, ProfileError> {
    let user = ports
        .users
        .get(id)
        .await?
        .filter(|user| user.is_shown_to(actor));
    let user = user.ok_or(ProfileError::NotFound)?;
    if actor.is_some_and(|actor| actor.admin || actor.user_id == id) {
        return Ok(UserView::Own(Box::new(AccountView::from(&user))));
    }
    let is_host = ports.property_queries.count_listed(id).await? > 0;
    Ok(UserView::Public(PublicProfile::new(&user, is_host)))
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
            test.users.expect_get().return_once(|_| Ok(Some(user())));
            test.property_queries
                .expect_count_listed()
                .times(usize::from(!own))
                .returning(|_| Ok(1));
            let view = profile(&test.ports(), actor.as_ref(), user().id)
                .await
                .unwrap();
            assert_eq!(matches!(view, UserView::Own(_)), own);
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
            (User::restore(imported), true),
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
                test.users.expect_get().return_once(|_| Ok(Some(found)));
                test.property_queries
                    .expect_count_listed()
                    .returning(|_| Ok(0));
                let view = profile(&test.ports(), actor.as_ref(), account.id).await;
                assert_eq!(view.is_ok(), shown, "{actor:?} of {account:?}");
            }
        }
    }
}
