//! Second factor verification at login.

use sojourn_domain::user::{SecondFactor, SecondFactorChange, User};

use super::LogInError;
use super::log_in::record_refusal;
use crate::access::ClientInfo;
use crate::ports::Ports;
use crate::retry::unless_stale;
use crate::second_factor::{consume_code, count_wrong_code};

/// Requires and consumes a code if the account has a second factor. Of two logins with the same
/// code, one succeeds.
///
/// # Errors
/// [`LogInError::CodeRequired`], [`LogInError::CodeInvalid`], [`LogInError::CodesBlocked`],
/// [`LogInError::Store`].
pub(super) async fn verify_second_factor(
    ports: &Ports,
    user: &User,
    code: Option<&str>,
    from: &ClientInfo,
) -> Result<(), LogInError> {
    let Some(factor) = ports
        .factors
        .get(user.id)
        .await?
        .filter(SecondFactor::is_enabled)
    else {
        return Ok(());
    };
    let Some(code) = code else {
        record_refusal(ports, from, Some(user.id), "no code").await?;
        return Err(LogInError::CodeRequired);
    };
    if factor.is_blocked() {
        record_refusal(ports, from, Some(user.id), "codes blocked").await?;
        return Err(LogInError::CodesBlocked);
    }
    let taken = match consume_code(ports, factor, code) {
        Some(factor) => {
            let commit = ports
                .factors
                .commit(SecondFactorChange {
                    factor,
                    audit: None,
                    notice: None,
                })
                .await;
            unless_stale(commit, ())?
        }
        None => {
            count_wrong_code(ports, user.id).await?;
            None
        }
    };
    if taken.is_none() {
        record_refusal(ports, from, Some(user.id), "wrong code").await?;
        return Err(LogInError::CodeInvalid);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::{AuditAction, AuditSubject, CommitError};

    use super::*;
    use crate::test_support::test_ports::{
        TestPorts, blocked, client_info, enrolled, second_factor, user,
    };

    fn refusing(test: &mut TestPorts) {
        test.audit
            .expect_append()
            .once()
            .withf(|entry| {
                let of_ana = entry.subject == Some(AuditSubject::User(user().id));
                entry.action == AuditAction::LoginRefused
                    && of_ana
                    && entry.address == Some(client_info().address)
            })
            .return_once(|_| Ok(()));
    }

    #[tokio::test]
    async fn an_unconfirmed_factor_is_not_required() {
        let mut test = TestPorts::new();
        test.factors
            .expect_get()
            .return_once(|_| Ok(Some(enrolled())));
        assert_eq!(
            verify_second_factor(&test.ports(), &user(), None, &client_info()).await,
            Ok(())
        );
    }

    #[tokio::test]
    async fn a_missing_code_is_required() {
        let mut test = TestPorts::new();
        test.factors
            .expect_get()
            .return_once(|_| Ok(Some(second_factor())));
        refusing(&mut test);
        let refused = verify_second_factor(&test.ports(), &user(), None, &client_info()).await;
        assert_eq!(refused, Err(LogInError::CodeRequired));
    }

    #[tokio::test]
    async fn a_code_is_consumed_once() {
        for (step, taken) in [(Some(11), true), (Some(10), false), (None, false)] {
            let mut test = TestPorts::new();
            test.factors
                .expect_get()
                .returning(|_| Ok(Some(second_factor())));
            test.totp
                .expect_verify()
                .withf(|sealed, code, _| sealed == "sealed" && code == "123456")
                .return_once(move |_, _, _| step);
            let commits = test.factors.expect_commit().once();
            commits
                .withf(move |change| {
                    let factor = &change.factor;
                    (factor.last_step == 11) == taken && factor.wrong_codes == i64::from(!taken)
                })
                .returning(|_| Ok(()));
            if !taken {
                refusing(&mut test);
            }
            let answer =
                verify_second_factor(&test.ports(), &user(), Some("123 456"), &client_info()).await;
            assert_eq!(answer.is_ok(), taken, "{step:?}");
        }
    }

    #[tokio::test]
    async fn a_recovery_code_is_consumed_once() {
        for (digest, taken) in [("first", true), ("gone", false)] {
            let mut test = TestPorts::new();
            test.factors
                .expect_get()
                .returning(|_| Ok(Some(second_factor())));
            test.totp
                .expect_digest()
                .return_once(move |_| digest.to_owned());
            let commits = test.factors.expect_commit().once();
            commits
                .withf(move |change| {
                    let factor = &change.factor;
                    (factor.recovery == ["second"]) == taken
                        && factor.wrong_codes == i64::from(!taken)
                })
                .returning(|_| Ok(()));
            if !taken {
                refusing(&mut test);
            }
            let answer = verify_second_factor(
                &test.ports(),
                &user(),
                Some("AAAA-BBBB-CCCC-DDDD"),
                &client_info(),
            )
            .await;
            assert_eq!(answer.is_ok(), taken, "{digest}");
        }
    }

    #[tokio::test]
    async fn no_code_is_checked_after_too_many_wrong_ones() {
        let mut test = TestPorts::new();
        test.factors
            .expect_get()
            .return_once(|_| Ok(Some(blocked())));
        refusing(&mut test);
        let refused =
            verify_second_factor(&test.ports(), &user(), Some("123456"), &client_info()).await;
        assert_eq!(refused, Err(LogInError::CodesBlocked));
    }

    #[tokio::test]
    async fn a_concurrently_consumed_code_is_refused() {
        let mut test = TestPorts::new();
        test.factors
            .expect_get()
            .return_once(|_| Ok(Some(second_factor())));
        test.totp.expect_verify().return_once(|_, _, _| Some(11));
        test.factors
            .expect_commit()
            .once()
            .return_once(|_| Err(CommitError::Stale));
        refusing(&mut test);
        let refused =
            verify_second_factor(&test.ports(), &user(), Some("123456"), &client_info()).await;
        assert_eq!(refused, Err(LogInError::CodeInvalid));
    }
}
