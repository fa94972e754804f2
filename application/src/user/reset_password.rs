//! Setting a new password with a token that was mailed.

use sojourn_domain::shared::{Notice, StoreError, UserId, Violations};
use sojourn_domain::user::{User, UserChange};

use super::password;
use crate::ports::{Ports, Purpose};
use crate::retry::{retrying_stale, unless_stale};

/// Why the password stays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResetPasswordError {
    /// The token is unknown, used or over.
    #[error("the token is unknown, used or expired")]
    TokenInvalid,
    /// The new password will not do.
    #[error("{0}")]
    Invalid(Violations),
    /// Too many passwords are being hashed; try again.
    #[error("too many passwords are being hashed")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sets a new password and ends every session of the account. Who has the token reads the address, so that it
/// counts as proved. The token is used up only when the password can be hashed; one that holds the owner's own
/// address is refused after that, and a new link mailed.
///
/// # Errors
/// [`ResetPasswordError`].
pub async fn reset_password(
    ports: &Ports,
    token: &str,
    new_password: String,
) -> Result<(), ResetPasswordError> {
    check(&new_password, None)?;
    let hash = ports.hasher.hash(new_password.clone()).await.map_err(|_| ResetPasswordError::Busy)?;
    let now = ports.clock.now();
    let owner = ports.one_time_tokens.redeem(token, Purpose::ResetPassword, now).await?;
    let id = owner.ok_or(ResetPasswordError::TokenInvalid)?;
    let user = owner_of(ports, id).await?;
    if let Err(refused) = check(&new_password, Some(&user)) {
        ports.users.tell(vec![Notice::ResetPassword { user_id: id }]).await?;
        return Err(refused);
    }
    retrying_stale(|| {
        let hash = hash.clone();
        async move {
            let user = owner_of(ports, id).await?.reset_password(hash, now);
            let commit = ports.users.commit(UserChange { ends_sessions: true, ..UserChange::of(user) }).await;
            Ok(unless_stale(commit, ())?)
        }
    })
    .await
}

async fn owner_of(ports: &Ports, id: UserId) -> Result<User, ResetPasswordError> {
    let user = ports.users.get(id).await?.filter(|user| user.erased_at.is_none());
    user.ok_or(ResetPasswordError::TokenInvalid)
}

fn check(password: &str, owner: Option<&User>) -> Result<(), ResetPasswordError> {
    let mut found = Violations::new();
    password::check("/new_password", password, owner.map(|user| &user.email), &mut found);
    found.or(()).map_err(ResetPasswordError::Invalid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_ports::{TestPorts, unverified};

    #[tokio::test]
    async fn ends_all_sessions_and_proves_the_address() {
        let user = unverified();
        let id = user.id;
        let mut test = TestPorts::new();
        test.hasher.expect_hash().return_once(|_| Ok("new hash".into()));
        test.one_time_tokens.expect_redeem().return_once(move |_, _, _| Ok(Some(id)));
        test.users.expect_get().returning(move |_| Ok(Some(user.clone())));
        test.users
            .expect_commit()
            .once()
            .withf(|change| {
                let hash = change.user.password_hash.as_deref();
                change.ends_sessions
                    && change.user.email_verified
                    && hash == Some("new hash")
                    && change.user.version == 2
            })
            .return_once(|_| Ok(()));
        reset_password(&test.ports(), "token", "a long enough one".into()).await.unwrap();
    }

    #[tokio::test]
    async fn a_bad_password_does_not_use_the_token_up() {
        let refused = reset_password(&TestPorts::new().ports(), "token", "short".into()).await;
        assert!(matches!(refused, Err(ResetPasswordError::Invalid(_))));
    }
}
