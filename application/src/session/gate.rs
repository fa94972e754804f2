//! Login rate limiting.

use sojourn_domain::shared::{Email, RepositoryError};

use super::LogInError;
use crate::Visitor;
use crate::ports::Ports;
use crate::quotas::{self, take};

/// Rate limit key for logins with an invalid address.
const NO_ADDRESS: &str = "no address";

/// Checks the login rate limits by network, by account and network, and by account. The existence
/// of the account is not looked up. An exhausted account limit does not lock out its owner on
/// networks with an open session, or where a password was just set with a mailed token.
///
/// # Errors
/// [`LogInError::Throttled`] and [`LogInError::Store`].
pub(super) async fn pass(
    ports: &Ports,
    email: Option<&Email>,
    from: &Visitor,
) -> Result<(), LogInError> {
    let network = from.network();
    let account = email.map_or_else(|| NO_ADDRESS.to_owned(), Email::key);
    let both = format!("{account} {network}");
    take(ports, quotas::LOGINS_FROM, &network)
        .await
        .map_err(LogInError::Throttled)?;
    take(ports, quotas::LOGINS_TO_FROM, &both)
        .await
        .map_err(LogInError::Throttled)?;
    match take(ports, quotas::LOGINS_TO, &account).await {
        Ok(()) => Ok(()),
        Err(_) if is_known(ports, email, from).await? => Ok(()),
        Err(seconds) => Err(LogInError::Throttled(seconds)),
    }
}

async fn is_known(
    ports: &Ports,
    email: Option<&Email>,
    from: &Visitor,
) -> Result<bool, RepositoryError> {
    match email {
        Some(email) => {
            ports
                .sessions
                .is_known_at(email, from.address, ports.clock.now())
                .await
        }
        None => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_ports::{TestPorts, all_but, visitor};

    fn ana() -> Email {
        Email::parse("Ana@mail.example").unwrap()
    }

    #[tokio::test]
    async fn every_quota_refuses_by_itself_and_is_counted_under_its_own_name() {
        let names = [
            (quotas::LOGINS_FROM, "192.0.2.7"),
            (quotas::LOGINS_TO_FROM, "ana@mail.example 192.0.2.7"),
            (quotas::LOGINS_TO, "ana@mail.example"),
        ];
        for (quota, name) in names {
            let mut test = TestPorts::new();
            test.limits = Some(all_but(quota, name));
            test.sessions
                .expect_is_known_at()
                .returning(|_, _, _| Ok(false));
            let refused = pass(&test.ports(), Some(&ana()), &visitor()).await;
            assert_eq!(refused, Err(LogInError::Throttled(7)), "{}", quota.name);
        }
    }

    #[tokio::test]
    async fn where_its_owner_is_logged_in_an_account_is_not_locked() {
        let mut test = TestPorts::new();
        test.limits = Some(all_but(quotas::LOGINS_TO, "ana@mail.example"));
        let known = test.sessions.expect_is_known_at().once();
        known
            .withf(|email, address, _| *email == ana() && *address == visitor().address)
            .return_once(|_, _, _| Ok(true));
        assert_eq!(pass(&test.ports(), Some(&ana()), &visitor()).await, Ok(()));
    }

    #[tokio::test]
    async fn nobody_is_asked_whether_they_are_known_before_the_quota_refuses() {
        assert_eq!(
            pass(&TestPorts::new().ports(), Some(&ana()), &visitor()).await,
            Ok(())
        );
    }

    #[tokio::test]
    async fn what_is_no_address_is_counted_too() {
        let mut test = TestPorts::new();
        test.limits = Some(all_but(quotas::LOGINS_TO, NO_ADDRESS));
        assert_eq!(
            pass(&test.ports(), None, &visitor()).await,
            Err(LogInError::Throttled(7))
        );
    }
}
