//! Confirming a change of one's address.

use chrono::{DateTime, Utc};
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, Email, RepositoryError, UserId,
};
use sojourn_domain::user::{EndedSessions, User, UserChange, UserCommitError};

use crate::access::ClientInfo;
use crate::access::rate_limits::{self, consume};
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};
use crate::user::mailed_token::MailedTokenError;

/// Consumes a mailed token and makes the address that of the account. All sessions and all other mailed links of the
/// account end, as those to the former address must not work any more. A registration of the address that was never
/// proved gives way.
///
/// # Errors
/// [`MailedTokenError`].
pub async fn confirm_email_change(
    ports: &Ports,
    token: &str,
    from: &ClientInfo,
) -> Result<(), MailedTokenError> {
    consume(ports, rate_limits::TOKENS_TRIED, &from.network())
        .await
        .map_err(MailedTokenError::Throttled)?;
    let now = ports.clock.now();
    let tokens = &ports.one_time_tokens;
    let found = tokens.redeem_email_change(token, now).await?;
    let (redeemed, email) = found.ok_or(MailedTokenError::TokenInvalid)?;
    let actor = Actor {
        address: Some(from.address),
        ..Actor::member(redeemed.user_id)
    };
    retry_on_conflict(|| {
        let (actor, email) = (&actor, &email);
        async move {
            let user = redeemed.owner(ports.users.get(redeemed.user_id).await?);
            let user = user
                .filter(User::is_active)
                .ok_or(MailedTokenError::TokenInvalid)?;
            if !free(ports, actor, user.id, email, now).await? {
                return Ok(None);
            }
            let change = change(user, actor, email.clone(), now);
            match ports.users.commit(change).await {
                Err(UserCommitError::EmailTaken) => Err(MailedTokenError::TokenInvalid),
                commit => Ok(unless_stale(commit, ())?),
            }
        }
    })
    .await
}

/// Erases the registration that has the address if its address was never proved; false after a concurrent change.
async fn free(
    ports: &Ports,
    actor: &Actor,
    id: UserId,
    email: &Email,
    now: DateTime<Utc>,
) -> Result<bool, MailedTokenError> {
    let holder = ports.users.by_email(email).await?;
    let Some(holder) = holder.filter(|it| it.id != id) else {
        return Ok(true);
    };
    if !holder.is_unproved_registration() {
        return Err(MailedTokenError::TokenInvalid);
    }
    let subject = AuditSubject::User(holder.id);
    let entry = AuditEntry::of(actor, AuditAction::AccountErased, subject, now)
        .with_reason("its address was never proved, and is proved by another account");
    let erased = holder
        .erase(now)
        .map_err(|error| RepositoryError::Internal(error.to_string()))?;
    let change = UserChange::of(erased)
        .ending_sessions(EndedSessions::All)
        .with_audit(entry);
    let stored = unless_stale(ports.users.commit(change).await, ())?;
    Ok(stored.is_some())
}

fn change(user: User, actor: &Actor, email: Email, now: DateTime<Utc>) -> UserChange {
    let subject = AuditSubject::User(user.id);
    let entry = AuditEntry::of(actor, AuditAction::EmailChanged, subject, now);
    UserChange::of(user.change_email(email, now))
        .ending_sessions(EndedSessions::All)
        .with_audit(entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Redeemed;
    use crate::test_support::test_ports::{
        TestPorts, client_info, limits_except, unverified, user,
    };

    fn new_address() -> Email {
        Email::parse("new@mail.example").unwrap()
    }

    fn other(user: User) -> User {
        let mut record = user.into_record();
        record.id = UserId::new(uuid::Uuid::from_u128(99));
        record.email = new_address();
        User::restore(record).unwrap()
    }

    /// Ports of a valid token, with the account that has the address.
    fn redeeming(owner: User, holder: Option<User>) -> TestPorts {
        let redeemed = Redeemed {
            user_id: owner.id,
            registered_at: owner.created_at,
        };
        let mut test = TestPorts::new();
        test.one_time_tokens
            .expect_redeem_email_change()
            .once()
            .return_once(move |_, _| Ok(Some((redeemed, new_address()))));
        test.users
            .expect_get()
            .returning(move |_| Ok(Some(owner.clone())));
        test.users
            .expect_by_email()
            .returning(move |_| Ok(holder.clone()));
        test
    }

    async fn confirm(test: TestPorts) -> Result<(), MailedTokenError> {
        confirm_email_change(&test.ports(), "token", &client_info()).await
    }

    fn expect_change(test: &mut TestPorts) {
        test.users
            .expect_commit()
            .once()
            .withf(|change| {
                let entry = change.audit.as_ref().map(|it| (it.action, it.address));
                change.user.id == user().id
                    && change.user.email == new_address()
                    && change.user.email_verified
                    && change.user.password_hash == user().password_hash
                    && change.ends_sessions == EndedSessions::All
                    && entry == Some((AuditAction::EmailChanged, Some(client_info().address)))
            })
            .return_once(|_| Ok(()));
    }

    #[tokio::test]
    async fn the_proved_address_replaces_the_former_one() {
        let mut test = redeeming(user(), None);
        expect_change(&mut test);
        assert_eq!(confirm(test).await, Ok(()));
    }

    #[tokio::test]
    async fn a_registration_that_was_never_proved_gives_way() {
        let mut test = redeeming(user(), Some(other(unverified())));
        test.users
            .expect_commit()
            .once()
            .withf(|change| change.user.erased_at.is_some() && change.user.id != user().id)
            .return_once(|_| Ok(()));
        expect_change(&mut test);
        assert_eq!(confirm(test).await, Ok(()));
    }

    #[tokio::test]
    async fn the_address_of_another_account_is_not_taken() {
        let invalid = Err(MailedTokenError::TokenInvalid);
        assert_eq!(
            confirm(redeeming(user(), Some(other(user())))).await,
            invalid
        );
        let mut concurrent = redeeming(user(), None);
        concurrent
            .users
            .expect_commit()
            .once()
            .return_once(|_| Err(UserCommitError::EmailTaken));
        assert_eq!(confirm(concurrent).await, invalid);
    }

    #[tokio::test]
    async fn a_suspended_account_and_a_wrong_token_change_nothing() {
        let invalid = Err(MailedTokenError::TokenInvalid);
        let now = crate::test_support::test_ports::now();
        assert_eq!(confirm(redeeming(user().suspend(now), None)).await, invalid);
        let mut unknown = TestPorts::new();
        unknown
            .one_time_tokens
            .expect_redeem_email_change()
            .return_once(|_, _| Ok(None));
        assert_eq!(confirm(unknown).await, invalid);
        let mut limited = TestPorts::new();
        let network = client_info().network();
        limited.limits = Some(limits_except(rate_limits::TOKENS_TRIED, network));
        let refused = Err(MailedTokenError::Throttled(7));
        assert_eq!(confirm(limited).await, refused);
    }
}
