//! Changing one's password.

use sojourn_domain::shared::{Actor, StoreError, Violations};
use sojourn_domain::user::UserChange;

use super::password;
use crate::ports::Ports;
use crate::retry::{retrying_stale, unless_stale};

/// Why the password stays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangePasswordError {
    /// The current password is another.
    #[error("the current password is wrong")]
    WrongPassword,
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

/// Changes the asker's password. Sessions go on.
///
/// # Errors
/// [`ChangePasswordError`].
pub async fn change_password(
    ports: &Ports,
    actor: &Actor,
    current: String,
    new: String,
) -> Result<(), ChangePasswordError> {
    let user = ports.users.get(actor.user_id).await?.ok_or(ChangePasswordError::WrongPassword)?;
    let mut found = Violations::new();
    password::check("/new_password", &new, Some(&user.email), &mut found);
    found.or(()).map_err(ChangePasswordError::Invalid)?;
    let old_hash = user.password_hash.clone();
    if !ports.hasher.verify(current, old_hash.clone()).await.map_err(|_| ChangePasswordError::Busy)? {
        return Err(ChangePasswordError::WrongPassword);
    }
    let hash = ports.hasher.hash(new).await.map_err(|_| ChangePasswordError::Busy)?;
    let old_hash = &old_hash;
    retrying_stale(|| {
        let hash = hash.clone();
        async move {
            let user = ports.users.get(actor.user_id).await?.filter(|user| user.password_hash == *old_hash);
            let user = user.ok_or(ChangePasswordError::WrongPassword)?.set_password(hash, ports.clock.now());
            Ok(unless_stale(ports.users.commit(UserChange::of(user)).await, ())?)
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_ports::{TestPorts, actor_of, user};

    #[tokio::test]
    async fn a_wrong_password_changes_nothing() {
        let mut test = TestPorts::new();
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        test.hasher.expect_verify().once().return_once(|_, _| Ok(false));
        let new = "a long enough one".to_owned();
        let refused = change_password(&test.ports(), &actor_of(&user()), "wrong".into(), new).await;
        assert_eq!(refused, Err(ChangePasswordError::WrongPassword));
    }
}
