//! Registration.

use std::fmt;

use sojourn_domain::shared::{
    CommitError, Email, Notification, RepositoryError, UserId, Violations,
};
use sojourn_domain::user::{Profile, User, UserChange};

use super::password;
use crate::access::ClientInfo;
use crate::access::rate_limits::{self, consume};
use crate::attempt;
use crate::failure::{Failure, UseCaseError};
use crate::ports::{Outcome, OutcomeKind, Ports};

/// A registration request.
#[derive(Clone)]
pub struct Register {
    /// The e-mail address, used to log in.
    pub email: String,
    /// The password.
    pub password: String,
    /// Profile data.
    pub profile: Profile,
    /// Origin of the request.
    pub from: ClientInfo,
}

impl fmt::Debug for Register {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Register")
            .field("email", &self.email)
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}

/// Errors of registration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegisterError {
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The password hashing queue is full; retry later.
    #[error("the password hashing queue is full; try again later")]
    Busy,
    /// Too many registrations from this network; holds the seconds until the next one.
    #[error("too many registrations; try again in {0} seconds")]
    Throttled(u32),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for RegisterError {
    fn failure(&self) -> Failure {
        match self {
            Self::Invalid(violations) => Failure::invalid(violations.clone()),
            Self::Throttled(seconds) => Failure::throttled(*seconds),
            Self::Busy => Failure::busy(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Registers a member and mails a link that verifies the address. A known address gets the same
/// response after the same work, and its owner is notified. An address that has received too many
/// mails gets none for a while, which the response does not reveal either.
///
/// # Errors
/// [`RegisterError`].
pub async fn register(ports: &Ports, new: Register) -> Result<User, RegisterError> {
    let email = check(&new).map_err(RegisterError::Invalid)?;
    consume(ports, rate_limits::REGISTRATIONS, &new.from.network())
        .await
        .map_err(RegisterError::Throttled)?;
    let known = ports.users.by_email(&email).await?;
    let hash = ports
        .hasher
        .hash(new.password)
        .await
        .map_err(|_| RegisterError::Busy)?;
    let (id, now) = (UserId::new(ports.ids.uuid()), ports.clock.now());
    let user =
        User::register(id, email, Some(hash), new.profile, now).map_err(RegisterError::Invalid)?;
    if let Some(done) = attempt::prior() {
        return registered_before(ports, user, &done).await;
    }
    let mailed = ports.mail_quota.admit(&user.email, now).await?;
    match known {
        Some(owner) if mailed => notify_owner(ports, owner.id).await?,
        Some(_) => {}
        None => store(ports, &user, mailed).await?,
    }
    Ok(user)
}

/// The account that an earlier try of the request registered. If the address was known, the earlier try notified its
/// owner, and the response is that to a new account.
async fn registered_before(
    ports: &Ports,
    like_new: User,
    done: &Outcome,
) -> Result<User, RegisterError> {
    if done.kind != OutcomeKind::User {
        return Ok(like_new);
    }
    let stored = ports.users.get(UserId::new(done.id)).await?;
    Ok(stored.unwrap_or(like_new))
}

async fn store(ports: &Ports, user: &User, mailed: bool) -> Result<(), RegisterError> {
    let mut change = UserChange::of(user.clone());
    if mailed {
        change = change.with_notification(Notification::VerifyEmail { user_id: user.id });
    }
    match ports.users.commit(change).await {
        Ok(()) => Ok(()),
        Err(CommitError::Exists) => match ports.users.by_email(&user.email).await? {
            Some(owner) if mailed => Ok(notify_owner(ports, owner.id).await?),
            Some(_) => Ok(()),
            None => Err(RepositoryError::Unavailable(
                "the address was concurrently taken and released".to_owned(),
            )
            .into()),
        },
        Err(CommitError::Repository(error)) => Err(error.into()),
        Err(CommitError::Stale | CommitError::NightsTaken(_)) => Err(RepositoryError::Internal(
            "unexpected version conflict on a new account".to_owned(),
        )
        .into()),
    }
}

async fn notify_owner(ports: &Ports, user_id: UserId) -> Result<(), RepositoryError> {
    ports
        .users
        .enqueue_notifications(
            vec![Notification::EmailKnown { user_id }],
            ports.clock.now(),
        )
        .await
}

fn check(new: &Register) -> Result<Email, Violations> {
    let mut found = Violations::new();
    let email = Email::parse(&new.email).ok();
    found.require(
        email.is_some(),
        "/email",
        "invalid",
        "must be an e-mail address such as ana@mail.example",
    );
    password::check("/password", &new.password, email.as_ref(), &mut found);
    for violation in new.profile.validate().into_vec() {
        found.add(violation.pointer, violation.code, violation.detail);
    }
    match email {
        Some(email) => found.into_result(email),
        None => Err(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockMailQuota;
    use crate::test_support::test_ports::{TestPorts, client_info, limits_except, profile, user};

    fn ana() -> Register {
        Register {
            email: "Ana@mail.example".into(),
            password: "a long enough one".into(),
            profile: profile(),
            from: client_info(),
        }
    }

    #[tokio::test]
    async fn a_new_address_is_stored_and_asked_to_verify() {
        let mut test = TestPorts::new();
        test.users.expect_by_email().return_once(|_| Ok(None));
        test.hasher
            .expect_hash()
            .once()
            .return_once(|_| Ok("hash".into()));
        test.users
            .expect_commit()
            .once()
            .withf(|change| {
                let verify = Notification::VerifyEmail {
                    user_id: change.user.id,
                };
                change.notifications == [verify]
                    && change.user.version == 1
                    && !change.user.email_verified
            })
            .return_once(|_| Ok(()));
        let user = register(&test.ports(), ana()).await.unwrap();
        assert_eq!(user.email.as_str(), "Ana@mail.example");
    }

    #[tokio::test]
    async fn a_known_address_costs_a_hash_and_notifies_only_its_owner() {
        let owner = user();
        let mut test = TestPorts::new();
        let known = owner.clone();
        test.users
            .expect_by_email()
            .return_once(|_| Ok(Some(known)));
        test.hasher
            .expect_hash()
            .once()
            .return_once(|_| Ok("hash".into()));
        let notified = vec![Notification::EmailKnown { user_id: owner.id }];
        test.users
            .expect_enqueue_notifications()
            .once()
            .withf(move |notifications, _| *notifications == notified)
            .return_once(|_, _| Ok(()));
        let answer = register(&test.ports(), ana()).await.unwrap();
        assert_ne!(answer.id, owner.id);
        assert!(!answer.email_verified);
    }

    #[tokio::test]
    async fn an_address_with_too_many_mails_gets_no_more_and_the_same_answer() {
        for known in [None, Some(user())] {
            let mut test = TestPorts::new();
            let mut quota = MockMailQuota::new();
            quota
                .expect_admit()
                .once()
                .withf(|email, _| email.key() == "ana@mail.example")
                .return_once(|_, _| Ok(false));
            test.mail_quota = Some(quota);
            let commits = usize::from(known.is_none());
            test.users.expect_by_email().return_once(|_| Ok(known));
            test.hasher
                .expect_hash()
                .once()
                .return_once(|_| Ok("hash".into()));
            test.users
                .expect_commit()
                .times(commits)
                .withf(|change| change.notifications.is_empty())
                .returning(|_| Ok(()));
            let answer = register(&test.ports(), ana()).await.unwrap();
            assert_eq!(answer.email.as_str(), "Ana@mail.example");
        }
    }

    #[tokio::test]
    async fn rate_limited_registrations_read_nothing() {
        let mut test = TestPorts::new();
        test.limits = Some(limits_except(
            rate_limits::REGISTRATIONS,
            client_info().network(),
        ));
        assert_eq!(
            register(&test.ports(), ana()).await,
            Err(RegisterError::Throttled(7))
        );
    }

    #[tokio::test]
    async fn all_violations_are_reported_at_once() {
        let mut new = ana();
        new.email = "nobody".into();
        new.password = "password1234".into();
        new.profile.first_name = " ".into();
        let Err(RegisterError::Invalid(found)) = register(&TestPorts::new().ports(), new).await
        else {
            panic!("expected an error")
        };
        let pointers: Vec<_> = found
            .iter()
            .map(|violation| violation.pointer.as_str())
            .collect();
        assert_eq!(pointers, ["/email", "/password", "/first_name"]);
    }
}
