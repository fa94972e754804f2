//! Appointing an operator, from the command line.

use sojourn_domain::shared::{CommitError, Email, StoreError, UserId, Violations};
use sojourn_domain::user::{Profile, Role, User, UserChange};

use super::password;
use crate::ports::Ports;

/// Why nobody was appointed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateAdminError {
    /// The address or the password will not do.
    #[error("{0}")]
    Invalid(Violations),
    /// Too many passwords are being hashed; try again.
    #[error("too many passwords are being hashed")]
    Busy,
    /// The account is an operator's already, or was made or changed by somebody else just now.
    #[error("there is an operator with this address")]
    Exists,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes an operator whose address counts as proved. A member with this address becomes one: the password
/// becomes the one given, and every session ends.
///
/// # Errors
/// [`CreateAdminError`].
pub async fn create_admin(ports: &Ports, email: String, password: String) -> Result<User, CreateAdminError> {
    let email = check(&email, &password)?;
    let known = ports.users.by_email(&email).await?;
    if known.as_ref().is_some_and(|user| user.role == Role::Admin) {
        return Err(CreateAdminError::Exists);
    }
    let hash = ports.hasher.hash(password).await.map_err(|_| CreateAdminError::Busy)?;
    let now = ports.clock.now();
    let user = match known {
        Some(member) => member.appoint(hash, now),
        None => {
            let id = UserId::new(ports.ids.uuid());
            User::operator(id, email, hash, nameless(), now).map_err(CreateAdminError::Invalid)?
        }
    };
    let change = UserChange { ends_sessions: user.version > 1, ..UserChange::of(user.clone()) };
    match ports.users.commit(change).await {
        Ok(()) => Ok(user),
        Err(CommitError::Exists | CommitError::Stale) => Err(CreateAdminError::Exists),
        Err(CommitError::Store(error)) => Err(error.into()),
        Err(CommitError::NightsTaken(_)) => {
            Err(StoreError::Corrupt("an account has no nights".to_owned()).into())
        }
    }
}

fn check(email: &str, password: &str) -> Result<Email, CreateAdminError> {
    let mut found = Violations::new();
    let email = Email::parse(email).ok();
    found.require(email.is_some(), "/email", "invalid", "an e-mail address such as ana@mail.example");
    password::check("/password", password, email.as_ref(), &mut found);
    match email {
        Some(email) => found.or(email).map_err(CreateAdminError::Invalid),
        None => Err(CreateAdminError::Invalid(found)),
    }
}

fn nameless() -> Profile {
    let (first_name, last_name) = ("Operator".to_owned(), "Operator".to_owned());
    Profile { first_name, last_name, phone: None, locale: None, currency: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_ports::{TestPorts, user};

    #[tokio::test]
    async fn a_new_operator_is_stored_at_version_one_and_a_member_at_the_next() {
        for known in [None, Some(user())] {
            let version = known.as_ref().map_or(1, |_| 2);
            let mut test = TestPorts::new();
            test.users.expect_by_email().return_once(|_| Ok(known));
            test.hasher.expect_hash().return_once(|_| Ok("hash".into()));
            test.users.expect_commit().once().return_once(|_| Ok(()));
            let password = "a long enough one".to_owned();
            let admin = create_admin(&test.ports(), "ana@mail.example".into(), password).await.unwrap();
            assert_eq!((admin.role, admin.email_verified, admin.version), (Role::Admin, true, version));
        }
    }
}
