//! Registration.

use std::fmt;

use sojourn_domain::shared::{Email, Notification, RepositoryError, UserId, Violations};
use sojourn_domain::user::{EndedSessions, Profile, User, UserChange};

use crate::access::ClientInfo;
use crate::access::rate_limits::{self, consume};
use crate::attempt;
use crate::failure::{Failure, UseCaseError};
use crate::ports::{HashOrigin, Outcome, OutcomeKind, Ports};
use crate::retry::{retry_on_conflict, unless_stale};
use crate::user::password;
use crate::user::views::AccountView;

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

/// Registers a member and mails a link that verifies the address. Registering an address again that
/// was never verified replaces the earlier registration, with its password and names, and voids its
/// links: it may be that of another person. Any other known address gets the same response after
/// the same work, and its owner is notified. An address that has received too many
/// mails gets none for a while, which the response does not reveal either.
///
/// # Errors
/// [`RegisterError`].
pub async fn register(ports: &Ports, new: Register) -> Result<AccountView, RegisterError> {
    let email = check_registration(&new).map_err(RegisterError::Invalid)?;
    consume(ports, rate_limits::REGISTRATIONS, &new.from.network())
        .await
        .map_err(RegisterError::Throttled)?;
    let known = ports.users.by_email(&email).await?;
    let hash = ports
        .hasher
        .hash(new.password, HashOrigin::Unknown(new.from.address))
        .await
        .map_err(|_| RegisterError::Busy)?;
    let (id, now) = (UserId::new(ports.ids.uuid()), ports.clock.now());
    let user =
        User::register(id, email, Some(hash), new.profile, now).map_err(RegisterError::Invalid)?;
    if let Some(done) = attempt::prior() {
        let user = registered_before(ports, user, &done).await?;
        return Ok(AccountView::from(&user));
    }
    let mailed = ports.mail_quota.admit(&user.email, now).await?;
    let hash = user.password_hash.as_deref().unwrap_or_default();
    let mut known = known;
    let mut read = true;
    retry_on_conflict(|| {
        let at_first = std::mem::take(&mut read).then(|| known.take());
        let like_new = &user;
        async move {
            let known = match at_first {
                Some(known) => known,
                None => ports.users.by_email(&like_new.email).await?,
            };
            store(ports, like_new, hash, known, mailed).await
        }
    })
    .await?;
    Ok(AccountView::from(&user))
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

/// Stores the registration of a new address, or in the place of one that was never proved. The
/// owner of any other known address is notified. `None` after a concurrent change.
async fn store(
    ports: &Ports,
    user: &User,
    hash: &str,
    known: Option<User>,
    mailed: bool,
) -> Result<Option<()>, RegisterError> {
    let registered = match known {
        None => user.clone(),
        Some(unproved) if unproved.is_unproved_registration() => unproved
            .register_again(
                user.email.clone(),
                hash.to_owned(),
                user.profile.clone(),
                user.created_at,
            )
            .map_err(RegisterError::Invalid)?,
        Some(owner) => {
            if mailed {
                notify_owner(ports, owner.id).await?;
            }
            return Ok(Some(()));
        }
    };
    let commit = ports.users.commit(change(registered, mailed)).await;
    Ok(unless_stale(commit, ())?)
}

/// The change that stores a registration. It voids the links of an earlier one.
fn change(registered: User, mailed: bool) -> UserChange {
    let notice = mailed.then_some(Notification::VerifyEmail {
        user_id: registered.id,
        registered_at: Some(registered.created_at),
    });
    UserChange {
        notifications: notice.into_iter().collect(),
        ..UserChange::of(registered)
    }
    .ending_sessions(EndedSessions::All)
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

/// The e-mail address of a registration whose fields are valid.
///
/// # Errors
/// All violations.
pub fn check_registration(new: &Register) -> Result<Email, Violations> {
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
    use crate::test_support::test_ports::{
        TestPorts, client_info, limits_except, now, profile, unverified, user,
    };
    use sojourn_domain::user::UserCommitError;

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
            .return_once(|_, _| Ok("hash".into()));
        test.users
            .expect_commit()
            .once()
            .withf(|change| {
                let verify = Notification::VerifyEmail {
                    user_id: change.user.id,
                    registered_at: Some(now()),
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
            .return_once(|_, _| Ok("hash".into()));
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
    async fn an_unproved_registration_is_replaced() {
        let mut test = TestPorts::new();
        test.users
            .expect_by_email()
            .times(2)
            .returning(|_| Ok(Some(unverified())));
        test.hasher
            .expect_hash()
            .once()
            .return_once(|_, _| Ok("other hash".into()));
        let mut stale = true;
        test.users
            .expect_commit()
            .times(2)
            .returning(move |change| {
                let record = change.user.clone().into_record();
                assert_eq!((record.id, record.version), (unverified().id, 2));
                assert_eq!(record.password_hash.as_deref(), Some("other hash"));
                assert_eq!(record.profile.first_name, "Mallory");
                assert_eq!(change.ends_sessions, EndedSessions::All);
                if std::mem::take(&mut stale) {
                    Err(UserCommitError::Stale)
                } else {
                    Ok(())
                }
            });
        let mut again = ana();
        again.profile.first_name = "Mallory".into();
        let answer = register(&test.ports(), again).await.unwrap();
        assert_ne!(answer.id, unverified().id);
        assert_eq!((answer.version, answer.created_at), (1, now()));
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
                .return_once(|_, _| Ok("hash".into()));
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
