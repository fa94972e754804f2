//! E-mail address verification.

use sojourn_domain::user::UserChange;

use crate::access::ClientInfo;
use crate::access::rate_limits::{self, consume};
use crate::ports::{Ports, Purpose};
use crate::retry::{retry_on_conflict, unless_stale};
use crate::user::mailed_token::MailedTokenError;

/// Consumes a mailed token and marks the address as verified. A token proves its own registration
/// only, not a later one of the same address.
///
/// # Errors
/// [`MailedTokenError`].
pub async fn verify_email(
    ports: &Ports,
    token: &str,
    from: &ClientInfo,
) -> Result<(), MailedTokenError> {
    consume(ports, rate_limits::TOKENS_TRIED, &from.network())
        .await
        .map_err(MailedTokenError::Throttled)?;
    let now = ports.clock.now();
    let owner = ports
        .one_time_tokens
        .redeem(token, Purpose::VerifyEmail, now)
        .await?;
    let redeemed = owner.ok_or(MailedTokenError::TokenInvalid)?;
    retry_on_conflict(|| async move {
        let user = redeemed.owner(ports.users.get(redeemed.user_id).await?);
        let user = user.ok_or(MailedTokenError::TokenInvalid)?;
        if user.email_verified {
            return Ok(Some(()));
        }
        let commit = ports
            .users
            .commit(UserChange::of(user.verify_email(now)))
            .await;
        Ok(unless_stale(commit, ())?)
    })
    .await
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use sojourn_domain::user::UserCommitError;

    use super::*;
    use crate::ports::Redeemed;
    use crate::test_support::test_ports::{
        TestPorts, client_info, limits_except, now, profile, unverified,
    };

    fn redeemed() -> Redeemed {
        Redeemed {
            user_id: unverified().id,
            registered_at: unverified().created_at,
        }
    }

    #[tokio::test]
    async fn a_used_token_is_refused() {
        let mut test = TestPorts::new();
        test.one_time_tokens
            .expect_redeem()
            .return_once(|_, _, _| Ok(None));
        assert_eq!(
            verify_email(&test.ports(), "token", &client_info()).await,
            Err(MailedTokenError::TokenInvalid)
        );
    }

    #[tokio::test]
    async fn guessing_tokens_is_rate_limited() {
        let mut test = TestPorts::new();
        test.limits = Some(limits_except(
            rate_limits::TOKENS_TRIED,
            client_info().network(),
        ));
        let refused = verify_email(&test.ports(), "token", &client_info()).await;
        assert_eq!(refused, Err(MailedTokenError::Throttled(7)));
    }

    #[tokio::test]
    async fn a_later_registration_is_not_proved() {
        let mut test = TestPorts::new();
        test.one_time_tokens
            .expect_redeem()
            .return_once(|_, _, _| Ok(Some(redeemed())));
        let later = unverified().register_again(
            unverified().email.clone(),
            "other".into(),
            profile(),
            now() + TimeDelta::seconds(1),
        );
        test.users
            .expect_get()
            .return_once(|_| Ok(Some(later.unwrap())));
        assert_eq!(
            verify_email(&test.ports(), "token", &client_info()).await,
            Err(MailedTokenError::TokenInvalid)
        );
    }

    #[tokio::test]
    async fn retries_after_a_concurrent_change() {
        let user = unverified();
        let mut test = TestPorts::new();
        test.one_time_tokens
            .expect_redeem()
            .return_once(move |_, _, _| Ok(Some(redeemed())));
        test.users
            .expect_get()
            .times(2)
            .returning(move |_| Ok(Some(user.clone())));
        let mut stale = true;
        test.users
            .expect_commit()
            .times(2)
            .returning(move |change| {
                assert!(change.user.email_verified);
                if std::mem::take(&mut stale) {
                    Err(UserCommitError::Stale)
                } else {
                    Ok(())
                }
            });
        verify_email(&test.ports(), "token", &client_info())
            .await
            .unwrap();
    }
}
