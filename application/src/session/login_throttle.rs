//! Login rate limiting.

use sojourn_domain::shared::{Email, RepositoryError};

use super::LogInError;
use crate::access::ClientInfo;
use crate::access::rate_limits::{self, consume};
use crate::ports::Ports;

/// Rate limit key for logins with an invalid address.
const NO_ADDRESS: &str = "no address";

/// Checks the login rate limits by network, by account and network, and by account. The existence
/// of the account is not looked up. An exhausted account limit does not lock out its owner on
/// networks with an open session, or where a password was just set with a mailed token.
///
/// # Errors
/// [`LogInError::Throttled`] and [`LogInError::Store`].
pub(super) async fn check_login_rate(
    ports: &Ports,
    email: Option<&Email>,
    from: &ClientInfo,
) -> Result<(), LogInError> {
    let network = from.network();
    let account = email.map_or_else(|| NO_ADDRESS.to_owned(), Email::key);
    let both = format!("{account} {network}");
    consume(ports, rate_limits::LOGINS_FROM, &network)
        .await
        .map_err(LogInError::Throttled)?;
    consume(ports, rate_limits::LOGINS_TO_FROM, &both)
        .await
        .map_err(LogInError::Throttled)?;
    match consume(ports, rate_limits::LOGINS_TO, &account).await {
        Ok(()) => Ok(()),
        Err(_) if is_known_client(ports, email, from).await? => Ok(()),
        Err(seconds) => Err(LogInError::Throttled(seconds)),
    }
}

/// True if the owner of the account is known at the network of the client.
pub(super) async fn is_known_client(
    ports: &Ports,
    email: Option<&Email>,
    from: &ClientInfo,
) -> Result<bool, RepositoryError> {
    match email {
        Some(email) => {
            ports
                .sessions
                .is_known_address(email, from.address, ports.clock.now())
                .await
        }
        None => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{TestPorts, client_info, limits_except};

    fn ana() -> Email {
        Email::parse("Ana@mail.example").unwrap()
    }

    #[tokio::test]
    async fn each_quota_refuses_under_its_own_key() {
        let names = [
            (rate_limits::LOGINS_FROM, "192.0.2.7"),
            (rate_limits::LOGINS_TO_FROM, "ana@mail.example 192.0.2.7"),
            (rate_limits::LOGINS_TO, "ana@mail.example"),
        ];
        for (quota, name) in names {
            let mut test = TestPorts::new();
            test.limits = Some(limits_except(quota, name));
            test.sessions
                .expect_is_known_address()
                .returning(|_, _, _| Ok(false));
            let refused = check_login_rate(&test.ports(), Some(&ana()), &client_info()).await;
            assert_eq!(refused, Err(LogInError::Throttled(7)), "{}", quota.name);
        }
    }

    #[tokio::test]
    async fn known_clients_are_not_locked_out() {
        let mut test = TestPorts::new();
        test.limits = Some(limits_except(rate_limits::LOGINS_TO, "ana@mail.example"));
        let known = test.sessions.expect_is_known_address().once();
        known
            .withf(|email, address, _| *email == ana() && *address == client_info().address)
            .return_once(|_, _, _| Ok(true));
        assert_eq!(
            check_login_rate(&test.ports(), Some(&ana()), &client_info()).await,
            Ok(())
        );
    }

    #[tokio::test]
    async fn known_clients_are_looked_up_only_above_the_quota() {
        assert_eq!(
            check_login_rate(&TestPorts::new().ports(), Some(&ana()), &client_info()).await,
            Ok(())
        );
    }

    #[tokio::test]
    async fn malformed_addresses_are_counted_too() {
        let mut test = TestPorts::new();
        test.limits = Some(limits_except(rate_limits::LOGINS_TO, NO_ADDRESS));
        assert_eq!(
            check_login_rate(&test.ports(), None, &client_info()).await,
            Err(LogInError::Throttled(7))
        );
    }
}
