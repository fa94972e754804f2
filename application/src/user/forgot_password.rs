//! Requesting a password reset.

use sojourn_domain::shared::{Email, Notification, RepositoryError};

use crate::access::ClientInfo;
use crate::access::rate_limits::{self, consume};
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// Errors of requesting a password reset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ForgotPasswordError {
    /// Too many requests from this network; holds the seconds until the next one.
    #[error("too many requests; try again in {0} seconds")]
    Throttled(u32),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for ForgotPasswordError {
    fn failure(&self) -> Failure {
        match self {
            Self::Throttled(seconds) => Failure::throttled(*seconds),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Mails a link to set a new password if the address belongs to an account that can log in. The
/// account is looked up only when the mail is composed, so that neither the response nor its timing
/// reveals it. An address that has received too many mails gets none for a while, which the
/// response does not reveal either.
///
/// # Errors
/// [`ForgotPasswordError`].
pub async fn forgot_password(
    ports: &Ports,
    email: &str,
    from: &ClientInfo,
) -> Result<(), ForgotPasswordError> {
    consume(ports, rate_limits::FORGOTTEN_FROM, &from.network())
        .await
        .map_err(ForgotPasswordError::Throttled)?;
    let Ok(email) = Email::parse(email) else {
        return Ok(());
    };
    let now = ports.clock.now();
    if ports.mail_quota.admit(&email, now).await? {
        let notice = vec![Notification::ForgotPassword { email }];
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
        let notified = vec![Notification::ForgotPassword { email }];
        test.users
            .expect_enqueue_notifications()
            .once()
            .withf(move |notifications, _| *notifications == notified)
            .return_once(|_, _| Ok(()));
        assert_eq!(
            forgot_password(&test.ports(), "ana@mail.example", &client_info()).await,
            Ok(())
        );
        assert_eq!(
            forgot_password(&TestPorts::new().ports(), "no address", &client_info()).await,
            Ok(())
        );
    }

    #[tokio::test]
    async fn networks_are_refused_and_addresses_are_silently_limited() {
        let ask = async |test: TestPorts| {
            forgot_password(&test.ports(), "Ana@mail.example", &client_info()).await
        };
        let mut refused = TestPorts::new();
        let network = client_info().network();
        refused.limits = Some(limits_except(rate_limits::FORGOTTEN_FROM, network));
        assert_eq!(ask(refused).await, Err(ForgotPasswordError::Throttled(7)));
        let mut quota = MockMailQuota::new();
        quota.expect_admit().once().return_once(|_, _| Ok(false));
        let mut silent = TestPorts::new();
        silent.mail_quota = Some(quota);
        assert_eq!(ask(silent).await, Ok(()));
    }
}
