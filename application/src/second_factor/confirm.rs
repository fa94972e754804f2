//! Turning on a second factor.

use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, RepositoryError, SecurityChange,
};
use sojourn_domain::user::{RECOVERY_CODES, SecondFactorChange};

use super::failures::{already_on, code_invalid};
use crate::access::rate_limits::{self, consume};
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Length of a recovery code in characters, without hyphens.
const CODE_LENGTH: usize = 16;

/// Length of a group between hyphens.
const GROUP_LENGTH: usize = 4;

/// Errors of turning on a second factor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfirmError {
    /// No secret to confirm.
    #[error("there is no secret to confirm")]
    NotEnrolled,
    /// A second factor is already active.
    #[error("the second factor is already active")]
    AlreadyOn,
    /// The code is wrong.
    #[error("the code is incorrect")]
    CodeInvalid,
    /// Too many attempts; holds the seconds until the next one.
    #[error("too many attempts; try again in {0} seconds")]
    Throttled(u32),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for ConfirmError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotEnrolled => Failure::conflict(
                "totp_not_enrolled",
                "There is no secret to confirm. Create one with POST /v1/auth/totp first.",
            ),
            Self::AlreadyOn => already_on(),
            Self::CodeInvalid => code_invalid(),
            Self::Throttled(seconds) => Failure::throttled(*seconds),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Turns on the caller's second factor if a code proves that the app has its secret. Returns
/// recovery codes such as `ABCD-EFGH-JKMN-PQRS`, each valid once; only their digests are stored, so
/// they cannot be shown again.
///
/// # Errors
/// [`ConfirmError`].
pub async fn confirm(
    ports: &Ports,
    actor: &Actor,
    code: &str,
) -> Result<Vec<String>, ConfirmError> {
    let key = actor.user_id.to_string();
    consume(ports, rate_limits::SECRETS_TRIED, &key)
        .await
        .map_err(ConfirmError::Throttled)?;
    let codes: Vec<String> = (0..RECOVERY_CODES)
        .map(|_| grouped(&ports.ids.code(CODE_LENGTH)))
        .collect();
    let digests: Vec<String> = codes.iter().map(|code| ports.totp.digest(code)).collect();
    let (code, digests) = (&code.split_whitespace().collect::<String>(), &digests);
    retry_on_conflict(|| async move {
        let factor = ports
            .factors
            .get(actor.user_id)
            .await?
            .ok_or(ConfirmError::NotEnrolled)?;
        if factor.is_enabled() {
            return Err(ConfirmError::AlreadyOn);
        }
        let now = ports.clock.now();
        let step = ports
            .totp
            .verify(&factor.sealed_secret, code, now)
            .ok_or(ConfirmError::CodeInvalid)?;
        let factor = factor
            .confirm(step, digests.clone(), now)
            .map_err(|_| ConfirmError::AlreadyOn)?;
        let subject = AuditSubject::User(actor.user_id);
        let audit = Some(AuditEntry::of(
            actor,
            AuditAction::SecondFactorEnabled,
            subject,
            now,
        ));
        Ok(unless_stale(
            ports
                .factors
                .commit(SecondFactorChange {
                    factor,
                    audit,
                    notice: Some((SecurityChange::SecondFactorOn, now)),
                })
                .await,
            (),
        )?)
    })
    .await?;
    Ok(codes)
}

fn grouped(code: &str) -> String {
    let characters: Vec<char> = code.chars().collect();
    characters
        .chunks(GROUP_LENGTH)
        .map(String::from_iter)
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{
        TestPorts, actor_of, enrolled, limits_except, now, second_factor, user,
    };

    fn digesting(test: &mut TestPorts) {
        test.totp
            .expect_digest()
            .returning(|code| format!("digest of {code}"));
    }

    #[tokio::test]
    async fn a_valid_code_enables_it_and_returns_ten_recovery_codes_once() {
        let mut test = TestPorts::new();
        digesting(&mut test);
        test.factors
            .expect_get()
            .return_once(|_| Ok(Some(enrolled())));
        test.totp
            .expect_verify()
            .withf(|_, code, _| code == "123456")
            .return_once(|_, _, _| Some(10));
        let commit = test.factors.expect_commit().once().withf(|change| {
            let factor = &change.factor;
            let kept = factor.recovery == vec!["digest of AAAA-AAAA-AAAA-AAAA"; 10];
            let written = change
                .audit
                .as_ref()
                .map(|entry| (entry.action, entry.subject));
            let expected = (
                AuditAction::SecondFactorEnabled,
                Some(AuditSubject::User(user().id)),
            );
            factor.is_enabled()
                && (factor.last_step, factor.version) == (10, 2)
                && kept
                && written == Some(expected)
                && change.notice == Some((SecurityChange::SecondFactorOn, now()))
        });
        commit.return_once(|_| Ok(()));
        let codes = confirm(&test.ports(), &actor_of(&user()), "123 456")
            .await
            .unwrap();
        assert_eq!(codes, vec!["AAAA-AAAA-AAAA-AAAA"; 10]);
    }

    #[tokio::test]
    async fn a_wrong_code_changes_nothing() {
        let refusals = [
            (None, ConfirmError::NotEnrolled),
            (Some(second_factor()), ConfirmError::AlreadyOn),
            (Some(enrolled()), ConfirmError::CodeInvalid),
        ];
        for (factor, expected) in refusals {
            let mut test = TestPorts::new();
            digesting(&mut test);
            test.factors.expect_get().return_once(|_| Ok(factor));
            test.totp.expect_verify().returning(|_, _, _| None);
            assert_eq!(
                confirm(&test.ports(), &actor_of(&user()), "123456").await,
                Err(expected)
            );
        }
    }

    #[tokio::test]
    async fn guessing_codes_is_rate_limited() {
        let mut test = TestPorts::new();
        test.limits = Some(limits_except(rate_limits::SECRETS_TRIED, user().id));
        let refused = confirm(&test.ports(), &actor_of(&user()), "123456").await;
        assert_eq!(refused, Err(ConfirmError::Throttled(7)));
    }
}
