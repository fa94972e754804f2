//! Setting a new password with a mailed token.

use chrono::{DateTime, Utc};
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, Notification, RepositoryError, SecurityChange,
    Violations,
};
use sojourn_domain::user::{EndedSessions, SecondFactorEffect, User, UserChange};

use super::mailed_token::token_invalid;
use super::password;
use crate::access::ClientInfo;
use crate::access::rate_limits::{self, consume};
use crate::failure::{Failure, UseCaseError};
use crate::ports::{HashOrigin, Ports, Purpose, Redeemed};
use crate::retry::{retry_on_conflict, unless_stale};

/// Errors of resetting a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResetPasswordError {
    /// The token is unknown, used or expired.
    #[error("the token is unknown, used or expired")]
    TokenInvalid,
    /// The new password is not acceptable.
    #[error("{0}")]
    Invalid(Violations),
    /// The password hashing queue is full; retry later.
    #[error("the password hashing queue is full; try again later")]
    Busy,
    /// Too many token attempts from this network; holds the seconds until the next one.
    #[error("too many attempts; try again in {0} seconds")]
    Throttled(u32),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for ResetPasswordError {
    fn failure(&self) -> Failure {
        match self {
            Self::TokenInvalid => token_invalid(),
            Self::Invalid(violations) => Failure::invalid(violations.clone()),
            Self::Throttled(seconds) => Failure::throttled(*seconds),
            Self::Busy => Failure::busy(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Sets a new password and ends all sessions of the account. The token proves access to the
/// address, which therefore counts as verified. The token is consumed only once the password can be
/// hashed; a password that contains the owner's address is rejected after that, and a new link is
/// mailed. A second factor stays active and forgets wrong codes; one that was enabled before the owner of the
/// address proved it is removed, as it is that of another person.
///
/// # Errors
/// [`ResetPasswordError`].
pub async fn reset_password(
    ports: &Ports,
    token: &str,
    new_password: String,
    from: &ClientInfo,
) -> Result<(), ResetPasswordError> {
    check(&new_password, None)?;
    consume(ports, rate_limits::TOKENS_TRIED, &from.network())
        .await
        .map_err(ResetPasswordError::Throttled)?;
    let hash = ports
        .hasher
        .hash(new_password.clone(), HashOrigin::Unknown(from.address))
        .await
        .map_err(|_| ResetPasswordError::Busy)?;
    let now = ports.clock.now();
    let owner = ports
        .one_time_tokens
        .redeem(token, Purpose::ResetPassword, now)
        .await?;
    let redeemed = owner.ok_or(ResetPasswordError::TokenInvalid)?;
    let id = redeemed.user_id;
    let user = owner_of(ports, redeemed).await?;
    if let Err(refused) = check(&new_password, Some(&user)) {
        ports
            .users
            .enqueue_notifications(vec![Notification::ResetPassword { user_id: id }], now)
            .await?;
        return Err(refused);
    }
    retry_on_conflict(|| {
        let hash = hash.clone();
        async move {
            let user = owner_of(ports, redeemed).await?;
            let change = change(user, hash, from, now);
            Ok(unless_stale(ports.users.commit(change).await, ())?)
        }
    })
    .await
}

fn change(user: User, hash: String, from: &ClientInfo, now: DateTime<Utc>) -> UserChange {
    let was_proved = user.email_verified;
    let user = user.reset_password(hash, now);
    let actor = Actor {
        address: Some(from.address),
        ..Actor::member(user.id)
    };
    let entry = AuditEntry::of(
        &actor,
        AuditAction::PasswordReset,
        AuditSubject::User(user.id),
        now,
    );
    let (entry, effect) = if was_proved {
        (entry, SecondFactorEffect::WrongCodesForgotten)
    } else {
        let reason = "the address was not proved before: without a second factor";
        (entry.with_reason(reason), SecondFactorEffect::Removed)
    };
    let notice = Notification::SecurityChanged {
        user_id: user.id,
        what: SecurityChange::Password,
    };
    UserChange::of(user)
        .with_notification(notice)
        .ending_sessions(EndedSessions::All)
        .with_second_factor(effect)
        .with_audit(entry)
}

async fn owner_of(ports: &Ports, redeemed: Redeemed) -> Result<User, ResetPasswordError> {
    let user = redeemed.owner(ports.users.get(redeemed.user_id).await?);
    user.ok_or(ResetPasswordError::TokenInvalid)
}

fn check(password: &str, owner: Option<&User>) -> Result<(), ResetPasswordError> {
    let mut found = Violations::new();
    password::check(
        "/new_password",
        password,
        owner.map(|user| &user.email),
        &mut found,
    );
    found.into_result(()).map_err(ResetPasswordError::Invalid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{TestPorts, client_info, limits_except, unverified};

    #[tokio::test]
    async fn ends_all_sessions_and_proves_the_address() {
        let user = unverified();
        let redeemed = Redeemed {
            user_id: user.id,
            registered_at: user.created_at,
        };
        let mut test = TestPorts::new();
        test.hasher
            .expect_hash()
            .return_once(|_, _| Ok("new hash".into()));
        test.one_time_tokens
            .expect_redeem()
            .return_once(move |_, _, _| Ok(Some(redeemed)));
        test.users
            .expect_get()
            .returning(move |_| Ok(Some(user.clone())));
        test.users
            .expect_commit()
            .once()
            .withf(|change| {
                let hash = change.user.password_hash.as_deref();
                let entry = change
                    .audit
                    .as_ref()
                    .map(|entry| (entry.action, entry.address));
                let notified = Notification::SecurityChanged {
                    user_id: change.user.id,
                    what: SecurityChange::Password,
                };
                change.ends_sessions == EndedSessions::All
                    && entry == Some((AuditAction::PasswordReset, Some(client_info().address)))
                    && change.notifications == [notified]
                    && change.user.email_verified
                    && hash == Some("new hash")
                    && change.user.version == 2
            })
            .return_once(|_| Ok(()));
        reset_password(
            &test.ports(),
            "token",
            "a long enough one".into(),
            &client_info(),
        )
        .await
        .unwrap();
    }

    #[tokio::test]
    async fn an_invalid_password_does_not_consume_the_token() {
        let refused = reset_password(
            &TestPorts::new().ports(),
            "token",
            "short".into(),
            &client_info(),
        )
        .await;
        assert!(matches!(refused, Err(ResetPasswordError::Invalid(_))));
    }

    #[tokio::test]
    async fn rate_limited_tokens_cost_no_hash() {
        let mut test = TestPorts::new();
        test.limits = Some(limits_except(
            rate_limits::TOKENS_TRIED,
            client_info().network(),
        ));
        let refused = reset_password(
            &test.ports(),
            "token",
            "a long enough one".into(),
            &client_info(),
        )
        .await;
        assert_eq!(refused, Err(ResetPasswordError::Throttled(7)));
    }
}
