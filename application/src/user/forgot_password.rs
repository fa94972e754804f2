//! Asking for a new password.

use sojourn_domain::shared::{Email, Notice, StoreError};

use crate::Visitor;
use crate::ports::Ports;
use crate::quotas::{self, take};

/// Why nothing was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ForgotPasswordError {
    /// Too many were asked for from this network; come again in so many seconds.
    #[error("too many tries")]
    Throttled(u32),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Mails a link to set a new password, if the address belongs to somebody who can log in. Whether it does is
/// looked up when the mail is written, so that neither the answer nor its time tells. An address that was
/// written to often enough is not written to again for a while, and the answer does not tell that either.
///
/// # Errors
/// [`ForgotPasswordError`].
pub async fn forgot_password(
    ports: &Ports,
    email: &str,
    from: &Visitor,
) -> Result<(), ForgotPasswordError> {
    take(ports, quotas::FORGOTTEN_FROM, &from.network())
        .await
        .map_err(ForgotPasswordError::Throttled)?;
    let Ok(email) = Email::parse(email) else {
        return Ok(());
    };
    if take(ports, quotas::FORGOTTEN_TO, &email.key())
        .await
        .is_err()
    {
        return Ok(());
    }
    Ok(ports
        .users
        .tell(vec![Notice::ForgotPassword { email }], ports.clock.now())
        .await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_ports::{TestPorts, all_but, visitor};

    #[tokio::test]
    async fn nothing_is_looked_up() {
        let email = Email::parse("ana@mail.example").unwrap();
        let mut test = TestPorts::new();
        let told = vec![Notice::ForgotPassword { email }];
        test.users
            .expect_tell()
            .once()
            .withf(move |notices, _| *notices == told)
            .return_once(|_, _| Ok(()));
        assert_eq!(
            forgot_password(&test.ports(), "ana@mail.example", &visitor()).await,
            Ok(())
        );
        assert_eq!(
            forgot_password(&TestPorts::new().ports(), "no address", &visitor()).await,
            Ok(())
        );
    }

    #[tokio::test]
    async fn a_network_is_refused_and_an_address_is_spared_without_a_word() {
        let network = all_but(quotas::FORGOTTEN_FROM, visitor().network());
        let address = all_but(quotas::FORGOTTEN_TO, "ana@mail.example");
        for (limits, answer) in [
            (network, Err(ForgotPasswordError::Throttled(7))),
            (address, Ok(())),
        ] {
            let mut test = TestPorts::new();
            test.limits = Some(limits);
            assert_eq!(
                forgot_password(&test.ports(), "Ana@mail.example", &visitor()).await,
                answer
            );
        }
    }
}
