//! Proof that a request comes from the owner of the account, and not only from a holder of one of its tokens.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use sojourn_domain::shared::{Actor, RepositoryError, Violations};

use crate::access::rate_limits::{self, consume};
use crate::failure::{Failure, FailureKind, UseCaseError};
use crate::ports::{HashOrigin, Ports};

/// Age of a login up to which it is proof enough, in minutes.
const RECENT_LOGIN_MINUTES: i64 = 5;

/// The proof that a caller offers for a change that a thief of a token must not make.
#[derive(Clone)]
pub struct OwnerProof {
    /// Time of the login of the session (UTC).
    pub logged_in_at: DateTime<Utc>,
    /// The password, if it was sent.
    pub password: Option<String>,
}

impl fmt::Debug for OwnerProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnerProof")
            .field("logged_in_at", &self.logged_in_at)
            .finish_non_exhaustive()
    }
}

/// Errors of proving ownership of an account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OwnerProofError {
    /// The login is too old, and no password was sent.
    #[error("the password, or a recent login, is required")]
    Missing,
    /// The password is wrong.
    #[error("the password is incorrect")]
    WrongPassword,
    /// Too many attempts; holds the seconds until the next one.
    #[error("too many attempts; try again in {0} seconds")]
    Throttled(u32),
    /// The password hashing queue is full; retry later.
    #[error("the password hashing queue is full; try again later")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for OwnerProofError {
    fn failure(&self) -> Failure {
        match self {
            Self::Missing => Failure::new(
                FailureKind::Forbidden,
                "password_required",
                "This requires your password, or a login within the last five minutes. Send it in `password`, or log \
                 in again.",
            ),
            Self::WrongPassword => {
                let mut violations = Violations::new();
                violations.add("/password", "wrong_password", "is not the current password");
                Failure::invalid(violations)
            }
            Self::Throttled(seconds) => Failure::throttled(*seconds),
            Self::Busy => Failure::busy(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Requires a login within the last five minutes, or the password of the caller's account.
///
/// # Errors
/// [`OwnerProofError`].
pub(crate) async fn require_owner(
    ports: &Ports,
    actor: &Actor,
    proof: OwnerProof,
) -> Result<(), OwnerProofError> {
    let age = ports.clock.now() - proof.logged_in_at;
    if age <= TimeDelta::minutes(RECENT_LOGIN_MINUTES) {
        return Ok(());
    }
    let password = proof.password.ok_or(OwnerProofError::Missing)?;
    let key = actor.user_id.to_string();
    consume(ports, rate_limits::SECRETS_TRIED, &key)
        .await
        .map_err(OwnerProofError::Throttled)?;
    let user = ports.users.get(actor.user_id).await?;
    let hash = user.and_then(|user| user.password_hash.clone());
    let checked = ports
        .hasher
        .verify(password, hash, HashOrigin::of(actor))
        .await
        .map_err(|_| OwnerProofError::Busy)?;
    if checked.matches {
        Ok(())
    } else {
        Err(OwnerProofError::WrongPassword)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::PasswordCheck;
    use crate::test_support::test_ports::{TestPorts, actor_of, limits_except, now, user};

    fn proof(minutes: i64, password: Option<&str>) -> OwnerProof {
        OwnerProof {
            logged_in_at: now() - TimeDelta::minutes(minutes),
            password: password.map(str::to_owned),
        }
    }

    async fn require(test: TestPorts, proof: OwnerProof) -> Result<(), OwnerProofError> {
        require_owner(&test.ports(), &actor_of(&user()), proof).await
    }

    #[tokio::test]
    async fn a_recent_login_is_proof_and_an_old_one_is_not() {
        assert_eq!(require(TestPorts::new(), proof(5, None)).await, Ok(()));
        let old = require(TestPorts::new(), proof(6, None)).await;
        assert_eq!(old, Err(OwnerProofError::Missing));
    }

    #[tokio::test]
    async fn the_password_is_proof_at_any_time() {
        for matches in [true, false] {
            let mut test = TestPorts::new();
            test.users.expect_get().return_once(|_| Ok(Some(user())));
            test.hasher
                .expect_verify()
                .once()
                .withf(|password, hash, _| password == "secret" && *hash == user().password_hash)
                .return_once(move |_, _, _| {
                    Ok(PasswordCheck {
                        matches,
                        outdated: false,
                    })
                });
            let answer = require(test, proof(6, Some("secret"))).await;
            assert_eq!(answer.is_ok(), matches, "{answer:?}");
        }
    }

    #[tokio::test]
    async fn guessing_the_password_is_rate_limited() {
        let mut test = TestPorts::new();
        test.limits = Some(limits_except(rate_limits::SECRETS_TRIED, user().id));
        let refused = require(test, proof(6, Some("secret"))).await;
        assert_eq!(refused, Err(OwnerProofError::Throttled(7)));
    }
}
