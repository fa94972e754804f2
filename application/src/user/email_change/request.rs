//! Requesting a change of one's address.

use sojourn_domain::shared::{Actor, Email, Notification, RepositoryError, Violations};

use crate::access::rate_limits::{self, consume};
use crate::access::{OwnerProof, OwnerProofError, require_owner};
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// Errors of requesting a change of one's address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestEmailChangeError {
    /// The address is malformed, or the present one.
    #[error("{0}")]
    Invalid(Violations),
    /// The caller is not proved to own the account.
    #[error(transparent)]
    NotProved(#[from] OwnerProofError),
    /// Too many requests of this account; holds the seconds until the next one.
    #[error("too many requests; try again in {0} seconds")]
    Throttled(u32),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for RequestEmailChangeError {
    fn failure(&self) -> Failure {
        match self {
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::NotProved(error) => error.failure(),
            Self::Throttled(seconds) => Failure::throttled(*seconds),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Mails a link to a new address of the caller, which replaces the present one when it is confirmed, and a notice to
/// the present one. Requires the password, or a recent login. Whether the new address has an account is looked up only
/// when the mail is composed, so that neither the response nor its timing reveals it. An address that has received too
/// many mails gets none for a while, which the response does not reveal either.
///
/// # Errors
/// [`RequestEmailChangeError`].
pub async fn request_email_change(
    ports: &Ports,
    actor: &Actor,
    proof: OwnerProof,
    new_email: &str,
) -> Result<(), RequestEmailChangeError> {
    let user = ports.users.get(actor.user_id).await?;
    let user = user.ok_or_else(|| RepositoryError::Internal("a caller without account".into()))?;
    let email = check(new_email, &user.email).map_err(RequestEmailChangeError::Invalid)?;
    require_owner(ports, actor, proof).await?;
    consume(ports, rate_limits::EMAIL_CHANGES, &user.id.to_string())
        .await
        .map_err(RequestEmailChangeError::Throttled)?;
    let now = ports.clock.now();
    let requested = Notification::EmailChangeRequested {
        user_id: user.id,
        email: user.email.clone(),
    };
    let mut notices = vec![requested];
    if ports.mail_quota.admit(&email, now).await? {
        let user_id = user.id;
        notices.push(Notification::ChangeEmail { user_id, email });
    }
    ports.users.enqueue_notifications(notices, now).await?;
    Ok(())
}

fn check(new_email: &str, present: &Email) -> Result<Email, Violations> {
    let mut found = Violations::new();
    let email = Email::parse(new_email).ok();
    let detail = "must be an e-mail address such as ana@mail.example";
    found.require(email.is_some(), "/new_email", "invalid", detail);
    let differs = email.as_ref() != Some(present);
    let detail = "is the present address of the account";
    found.require(differs, "/new_email", "invalid", detail);
    match email {
        Some(email) => found.into_result(email),
        None => Err(found),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::ports::MockMailQuota;
    use crate::test_support::test_ports::{TestPorts, actor_of, limits_except, now, user};

    async fn request(
        mut test: TestPorts,
        minutes: i64,
        email: &str,
    ) -> Result<(), RequestEmailChangeError> {
        test.users.expect_get().returning(|_| Ok(Some(user())));
        let proof = OwnerProof {
            logged_in_at: now() - TimeDelta::minutes(minutes),
            password: None,
        };
        request_email_change(&test.ports(), &actor_of(&user()), proof, email).await
    }

    fn expecting(notices: Vec<Notification>) -> TestPorts {
        let mut test = TestPorts::new();
        test.users
            .expect_enqueue_notifications()
            .once()
            .withf(move |queued, _| *queued == notices)
            .return_once(|_, _| Ok(()));
        test
    }

    fn notice() -> Notification {
        Notification::EmailChangeRequested {
            user_id: user().id,
            email: user().email.clone(),
        }
    }

    #[tokio::test]
    async fn both_addresses_get_a_mail_and_nothing_is_looked_up() {
        let link = Notification::ChangeEmail {
            user_id: user().id,
            email: Email::parse("new@mail.example").unwrap(),
        };
        let test = expecting(vec![notice(), link]);
        assert_eq!(request(test, 0, "new@mail.example").await, Ok(()));
    }

    #[tokio::test]
    async fn an_address_with_too_many_mails_gets_no_more_and_the_same_answer() {
        let mut quota = MockMailQuota::new();
        quota.expect_admit().once().return_once(|_, _| Ok(false));
        let mut test = expecting(vec![notice()]);
        test.mail_quota = Some(quota);
        assert_eq!(request(test, 0, "new@mail.example").await, Ok(()));
    }

    #[tokio::test]
    async fn a_stolen_token_changes_nothing() {
        let refused = request(TestPorts::new(), 6, "new@mail.example").await;
        let missing = OwnerProofError::Missing;
        assert_eq!(refused, Err(RequestEmailChangeError::NotProved(missing)));
    }

    #[tokio::test]
    async fn wrong_addresses_are_refused() {
        for email in ["nobody", user().email.as_str()] {
            let refused = request(TestPorts::new(), 0, email).await;
            let is_refused = matches!(refused, Err(RequestEmailChangeError::Invalid(_)));
            assert!(is_refused, "{email}");
        }
    }

    #[tokio::test]
    async fn requests_are_limited_by_account() {
        let mut test = TestPorts::new();
        let account = user().id;
        test.limits = Some(limits_except(rate_limits::EMAIL_CHANGES, account));
        let refused = request(test, 0, "new@mail.example").await;
        assert_eq!(refused, Err(RequestEmailChangeError::Throttled(7)));
    }
}
