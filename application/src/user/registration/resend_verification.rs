//! Requesting another verification mail.

use sojourn_domain::shared::{Email, Notification, RepositoryError};

use crate::access::ClientInfo;
use crate::access::rate_limits::{self, consume};
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// Errors of requesting a verification mail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResendVerificationError {
    /// Too many requests from this network; holds the seconds until the next one.
    #[error("too many requests; try again in {0} seconds")]
    Throttled(u32),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for ResendVerificationError {
    fn failure(&self) -> Failure {
        match self {
            Self::Throttled(seconds) => Failure::throttled(*seconds),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Mails another verification link if the address belongs to an account that is not verified yet.
/// The account is looked up only when the mail is composed, so that neither the response nor its
/// timing reveals it. An address that has received too many mails gets none for a while, which the
/// response does not reveal either.
///
/// # Errors
/// [`ResendVerificationError`].
pub async fn resend_verification(
    ports: &Ports,
    email: &str,
    from: &ClientInfo,
) -> Result<(), ResendVerificationError> {
    consume(ports, rate_limits::RESENT_FROM, &from.network())
        .await
        .map_err(ResendVerificationError::Throttled)?;
    if let Ok(email) = Email::parse(email) {
        enqueue_verification(ports, email).await?;
    }
    Ok(())
}

/// Queues a verification mail to the address, unless it has received too many.
pub(crate) async fn enqueue_verification(
    ports: &Ports,
    email: Email,
) -> Result<(), RepositoryError> {
    let now = ports.clock.now();
    if ports.mail_quota.admit(&email, now).await? {
        let notice = vec![Notification::ResendVerification { email }];
        ports.users.enqueue_notifications(notice, now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockMailQuota;
    use crate::test_support::test_ports::{TestPorts, client_info, limits_except};

    #[tokio::test]
    async fn nothing_is_looked_up() {
        let email = Email::parse("ana@mail.example").unwrap();
        let mut test = TestPorts::new();
        let queued = vec![Notification::ResendVerification { email }];
        test.users
            .expect_enqueue_notifications()
            .once()
            .withf(move |notifications, _| *notifications == queued)
            .return_once(|_, _| Ok(()));
        let answer = resend_verification(&test.ports(), "ana@mail.example", &client_info()).await;
        assert_eq!(answer, Ok(()));
    }

    #[tokio::test]
    async fn an_address_with_too_many_mails_gets_no_more_and_the_same_answer() {
        let mut quota = MockMailQuota::new();
        quota.expect_admit().once().return_once(|_, _| Ok(false));
        let mut test = TestPorts::new();
        test.mail_quota = Some(quota);
        let answer = resend_verification(&test.ports(), "ana@mail.example", &client_info()).await;
        assert_eq!(answer, Ok(()));
    }

    #[tokio::test]
    async fn a_malformed_address_gets_the_same_answer() {
        let answer = resend_verification(&TestPorts::new().ports(), "nobody", &client_info()).await;
        assert_eq!(answer, Ok(()));
    }

    #[tokio::test]
    async fn requests_are_limited_by_network() {
        let mut test = TestPorts::new();
        let network = client_info().network();
        test.limits = Some(limits_except(rate_limits::RESENT_FROM, network));
        let refused = resend_verification(&test.ports(), "ana@mail.example", &client_info()).await;
        assert_eq!(refused, Err(ResendVerificationError::Throttled(7)));
    }
}
