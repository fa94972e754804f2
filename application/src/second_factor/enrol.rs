//! Enrolling a second factor.

use sojourn_domain::shared::{Actor, RepositoryError};
use sojourn_domain::user::{SecondFactor, SecondFactorChange};

use super::failures::already_on;
use crate::access::{OwnerProof, OwnerProofError, require_owner};
use crate::failure::{Failure, UseCaseError};
use crate::ports::{NewTotp, Ports};
use crate::retry::{retry_on_conflict, unless_stale};

/// Errors of enrolling a second factor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnrolError {
    /// A second factor is already active and must be turned off first.
    #[error("a second factor is already active")]
    AlreadyOn,
    /// The caller did not prove to be the owner.
    #[error(transparent)]
    NotProven(#[from] OwnerProofError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for EnrolError {
    fn failure(&self) -> Failure {
        match self {
            Self::AlreadyOn => already_on(),
            Self::NotProven(error) => error.failure(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Creates a new secret for the caller's app. It is not required at login until
/// [`confirm`](super::confirm) has accepted a code; enrolling again before that replaces it. Requires a recent login or
/// the password, so that the thief of a token cannot lock the owner out.
///
/// # Errors
/// [`EnrolError`].
pub async fn enrol(ports: &Ports, actor: &Actor, proof: OwnerProof) -> Result<NewTotp, EnrolError> {
    require_owner(ports, actor, proof).await?;
    let user = ports.users.get(actor.user_id).await?;
    let user =
        user.ok_or_else(|| RepositoryError::Internal("session without an account".to_owned()))?;
    let secret = ports.totp.generate_secret(user.email.as_str());
    let sealed = &secret.sealed;
    retry_on_conflict(|| async move {
        let before = ports.factors.get(actor.user_id).await?;
        let factor = SecondFactor::enrol(before.as_ref(), actor.user_id, sealed.clone())
            .map_err(|_| EnrolError::AlreadyOn)?;
        let change = SecondFactorChange {
            factor,
            audit: None,
            notice: None,
        };
        Ok::<_, EnrolError>(unless_stale(ports.factors.commit(change).await, ())?)
    })
    .await?;
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{
        TestPorts, actor_of, enrolled, old_login, recent_login, second_factor, user,
    };
    use sojourn_domain::shared::CommitError;

    fn fresh(test: &mut TestPorts) {
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        test.totp
            .expect_generate_secret()
            .once()
            .withf(|account| account == "ana@mail.example")
            .return_once(|_| NewTotp {
                sealed: "new".into(),
                secret: "BASE32".into(),
                otpauth_url: "otpauth://totp/ana".into(),
            });
    }

    #[tokio::test]
    async fn an_old_login_needs_the_password() {
        let test = TestPorts::new();
        let refused = enrol(&test.ports(), &actor_of(&user()), old_login()).await;
        assert_eq!(
            refused,
            Err(EnrolError::NotProven(OwnerProofError::Missing))
        );
    }

    #[tokio::test]
    async fn replaces_an_unconfirmed_secret() {
        for (before, version) in [(None, 1), (Some(enrolled()), 2)] {
            let mut test = TestPorts::new();
            fresh(&mut test);
            test.factors.expect_get().return_once(|_| Ok(before));
            let commit = test.factors.expect_commit().once().withf(move |change| {
                let factor = &change.factor;
                !factor.is_enabled()
                    && (factor.sealed_secret.as_str(), factor.version) == ("new", version)
            });
            commit.return_once(|_| Ok(()));
            let secret = enrol(&test.ports(), &actor_of(&user()), recent_login())
                .await
                .unwrap();
            assert_eq!(secret.secret, "BASE32");
        }
    }

    #[tokio::test]
    async fn an_enabled_factor_is_not_replaced() {
        let mut test = TestPorts::new();
        fresh(&mut test);
        test.factors
            .expect_get()
            .return_once(|_| Ok(Some(second_factor())));
        let refused = enrol(&test.ports(), &actor_of(&user()), recent_login()).await;
        assert_eq!(refused, Err(EnrolError::AlreadyOn));
    }

    #[tokio::test]
    async fn retries_after_a_concurrent_enrolment() {
        let mut test = TestPorts::new();
        fresh(&mut test);
        let mut before = vec![Some(enrolled()), None];
        test.factors
            .expect_get()
            .times(2)
            .returning(move |_| Ok(before.pop().flatten()));
        let mut first = true;
        test.factors.expect_commit().times(2).returning(move |_| {
            if std::mem::take(&mut first) {
                Err(CommitError::Stale)
            } else {
                Ok(())
            }
        });
        enrol(&test.ports(), &actor_of(&user()), recent_login())
            .await
            .unwrap();
    }
}
