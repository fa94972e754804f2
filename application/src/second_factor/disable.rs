//! Turning off a second factor.

use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, RepositoryError, SecurityChange,
};
use sojourn_domain::user::{SecondFactor, SecondFactorChange};

use super::consume_code::consume_code;
use super::count_wrong_code::count_wrong_code;
use super::failures::{code_invalid, codes_blocked};
use crate::access::rate_limits::{self, consume};
use crate::access::{OwnerProof, OwnerProofError, require_owner};
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Errors of turning off a second factor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DisableError {
    /// No second factor is active.
    #[error("no second factor is active")]
    NotOn,
    /// The code is wrong or was already used.
    #[error("the code is incorrect or was already used")]
    CodeInvalid,
    /// Too many codes in a row were wrong.
    #[error("too many wrong codes in a row")]
    Blocked,
    /// The caller did not prove to be the owner.
    #[error(transparent)]
    NotProven(#[from] OwnerProofError),
    /// Too many attempts; holds the seconds until the next one.
    #[error("too many attempts; try again in {0} seconds")]
    Throttled(u32),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for DisableError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotOn => Failure::conflict("totp_not_on", "The second factor is not enabled."),
            Self::CodeInvalid => code_invalid(),
            Self::Blocked => codes_blocked(),
            Self::NotProven(error) => error.failure(),
            Self::Throttled(seconds) => Failure::throttled(*seconds),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Removes the caller's second factor, given a code of the app or a recovery code. Requires a recent login or the
/// password as well.
///
/// # Errors
/// [`DisableError`].
pub async fn disable(
    ports: &Ports,
    actor: &Actor,
    code: &str,
    proof: OwnerProof,
) -> Result<(), DisableError> {
    require_owner(ports, actor, proof).await?;
    let key = actor.user_id.to_string();
    consume(ports, rate_limits::SECRETS_TRIED, &key)
        .await
        .map_err(DisableError::Throttled)?;
    let removed = retry_on_conflict(|| remove(ports, actor, code)).await;
    if removed == Err(DisableError::CodeInvalid) {
        count_wrong_code(ports, actor.user_id).await?;
    }
    removed
}

/// `None` after a concurrent change, such as a login with the same code.
async fn remove(ports: &Ports, actor: &Actor, code: &str) -> Result<Option<()>, DisableError> {
    let factor = ports
        .factors
        .get(actor.user_id)
        .await?
        .filter(SecondFactor::is_enabled);
    let factor = factor.ok_or(DisableError::NotOn)?;
    if factor.is_blocked() {
        return Err(DisableError::Blocked);
    }
    consume_code(ports, factor.clone(), code).ok_or(DisableError::CodeInvalid)?;
    let subject = AuditSubject::User(actor.user_id);
    let now = ports.clock.now();
    let entry = AuditEntry::of(actor, AuditAction::SecondFactorDisabled, subject, now);
    let change = SecondFactorChange {
        factor,
        audit: Some(entry),
        notice: Some((SecurityChange::SecondFactorOff, now)),
    };
    Ok(unless_stale(ports.factors.remove(change).await, ())?)
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::CommitError;

    use super::*;
    use crate::test_support::test_ports::{
        TestPorts, actor_of, blocked, enrolled, limits_except, now, old_login, recent_login,
        second_factor, user,
    };

    #[tokio::test]
    async fn an_old_login_needs_the_password() {
        let test = TestPorts::new();
        let refused = disable(&test.ports(), &actor_of(&user()), "123456", old_login()).await;
        let missing = DisableError::NotProven(OwnerProofError::Missing);
        assert_eq!(refused, Err(missing));
    }

    #[tokio::test]
    async fn no_code_is_checked_after_too_many_wrong_ones() {
        let mut test = TestPorts::new();
        test.factors
            .expect_get()
            .return_once(|_| Ok(Some(blocked())));
        let refused = disable(&test.ports(), &actor_of(&user()), "123456", recent_login()).await;
        assert_eq!(refused, Err(DisableError::Blocked));
    }

    #[tokio::test]
    async fn a_code_or_a_recovery_code_removes_it() {
        for code in ["123456", "aaaa-bbbb-cccc-dddd"] {
            let mut test = TestPorts::new();
            test.factors
                .expect_get()
                .return_once(|_| Ok(Some(second_factor())));
            test.totp.expect_verify().returning(|_, _, _| Some(11));
            test.totp.expect_digest().returning(|_| "second".into());
            let remove = test.factors.expect_remove().once().withf(|change| {
                let action = change.audit.as_ref().map(|entry| entry.action);
                change.factor == second_factor()
                    && action == Some(AuditAction::SecondFactorDisabled)
                    && change.notice == Some((SecurityChange::SecondFactorOff, now()))
            });
            remove.return_once(|_| Ok(()));
            assert_eq!(
                disable(&test.ports(), &actor_of(&user()), code, recent_login()).await,
                Ok(()),
                "{code}"
            );
        }
    }

    #[tokio::test]
    async fn without_a_valid_code_it_stays() {
        let refusals = [
            (None, DisableError::NotOn),
            (Some(enrolled()), DisableError::NotOn),
            (Some(second_factor()), DisableError::CodeInvalid),
        ];
        for (factor, expected) in refusals {
            let mut test = TestPorts::new();
            let counted = usize::from(expected == DisableError::CodeInvalid);
            test.factors
                .expect_get()
                .times(1 + counted)
                .returning(move |_| Ok(factor.clone()));
            test.factors
                .expect_commit()
                .times(counted)
                .withf(|change| change.factor.wrong_codes == 1)
                .returning(|_| Ok(()));
            test.totp.expect_verify().returning(|_, _, _| Some(10));
            assert_eq!(
                disable(&test.ports(), &actor_of(&user()), "123456", recent_login()).await,
                Err(expected)
            );
        }
    }

    #[tokio::test]
    async fn a_code_consumed_by_a_concurrent_login_is_used() {
        let mut test = TestPorts::new();
        let used = || second_factor().take_code(11).unwrap();
        let mut found = vec![used(), used(), second_factor()];
        test.factors.expect_commit().once().return_once(|_| Ok(()));
        test.factors
            .expect_get()
            .times(3)
            .returning(move |_| Ok(found.pop()));
        test.totp.expect_verify().returning(|_, _, _| Some(11));
        test.factors
            .expect_remove()
            .once()
            .return_once(|_| Err(CommitError::Stale));
        let refused = disable(&test.ports(), &actor_of(&user()), "123456", recent_login()).await;
        assert_eq!(refused, Err(DisableError::CodeInvalid));
    }

    #[tokio::test]
    async fn guessing_codes_is_rate_limited() {
        let mut test = TestPorts::new();
        test.limits = Some(limits_except(rate_limits::SECRETS_TRIED, user().id));
        let refused = disable(&test.ports(), &actor_of(&user()), "123456", recent_login()).await;
        assert_eq!(refused, Err(DisableError::Throttled(7)));
    }
}
