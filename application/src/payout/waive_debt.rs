//! Waiving a host's debt as an operator.

use sojourn_domain::ledger::waive_debts;
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, Currency, Money, RepositoryError, UserId,
};

use crate::access::{AdminError, require_not_self, require_reason};
use crate::attempt;
use crate::failure::{Failure, UseCaseError};
use crate::ports::{DebtWaiver, HostBalance, Ports};
use crate::retry::{retry_on_conflict, unless_stale};

/// Errors of waiving a debt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WaiveDebtError {
    /// Not allowed, not found, or an invalid reason.
    #[error(transparent)]
    Admin(#[from] AdminError),
    /// The host owes nothing in this currency that is final.
    #[error("the host has no debt in this currency")]
    NoDebt,
}

impl From<RepositoryError> for WaiveDebtError {
    fn from(error: RepositoryError) -> Self {
        Self::Admin(error.into())
    }
}

impl UseCaseError for WaiveDebtError {
    fn failure(&self) -> Failure {
        match self {
            Self::Admin(error) => error.failure(),
            Self::NoDebt => Failure::conflict(
                "no_debt",
                "The host owes nothing in this currency. Debts of bookings that are not over, or \
                 whose refund is pending, cannot be waived yet.",
            ),
        }
    }
}

/// Waives all final debts of a host in a currency, with a reason of 1–1,000 characters: the
/// marketplace bears them. Returns the host's balances.
///
/// # Errors
/// [`WaiveDebtError`]. Operators cannot waive their own debts.
pub async fn waive_debt(
    ports: &Ports,
    actor: &Actor,
    host: UserId,
    currency: Currency,
    reason: String,
) -> Result<Vec<HostBalance>, WaiveDebtError> {
    require_reason(actor, &reason)?;
    require_not_self(actor, host)?;
    let reason = reason.as_str();
    retry_on_conflict(|| try_waive(ports, actor, host, currency, reason)).await?;
    Ok(ports.ledger.host_balances(host).await?)
}

async fn try_waive(
    ports: &Ports,
    actor: &Actor,
    host: UserId,
    currency: Currency,
    reason: &str,
) -> Result<Option<()>, WaiveDebtError> {
    // An earlier try of the request waived the debt.
    if attempt::is_done() {
        return Ok(Some(()));
    }
    if ports.users.get(host).await?.is_none() {
        return Err(AdminError::NotFound.into());
    }
    let (debts, host_account) = ports.ledger.debts(host, currency).await?;
    if debts.is_empty() {
        return Err(WaiveDebtError::NoDebt);
    }
    let now = ports.clock.now();
    let internal = |error| RepositoryError::Internal(format!("cannot waive a debt: {error}"));
    let owed = Money::sum(currency, debts.iter().map(|debt| debt.amount)).map_err(internal)?;
    let journal = waive_debts(&debts, ports.ids.uuid(), now).map_err(internal)?;
    let audit = AuditEntry::of(
        actor,
        AuditAction::DebtWaived,
        AuditSubject::User(host),
        now,
    )
    .with_change(format!("owed {owed}"), "waived")
    .with_reason(reason);
    let waiver = DebtWaiver {
        host_account,
        journal,
        audit,
    };
    Ok(unless_stale(ports.debt_waivers.commit(waiver).await, ())?)
}

#[cfg(test)]
mod tests {
    use sojourn_domain::ledger::{Account, HostDebt, PostingReason};
    use sojourn_domain::payment::HostAccount;
    use sojourn_domain::shared::{BookingId, CommitError};
    use uuid::Uuid;

    use super::*;
    use crate::test_support::test_ports::{TestPorts, actor_of, listed, operator, usd, user};

    fn in_debt(amounts: &'static [i64]) -> TestPorts {
        let mut test = TestPorts::new();
        test.users.expect_get().returning(|_| Ok(Some(user())));
        test.ledger.expect_debts().returning(|host_id, currency| {
            let debt = |&amount: &i64| HostDebt {
                property_id: listed().id,
                booking_id: BookingId::new(Uuid::from_u128(amount.unsigned_abs().into())),
                host_id,
                amount: usd(amount),
            };
            let account = HostAccount {
                host_id,
                currency,
                version: 3,
            };
            Ok((amounts.iter().map(debt).collect(), account))
        });
        test.ledger
            .expect_host_balances()
            .returning(|_| Ok(Vec::new()));
        test
    }

    async fn waived(test: TestPorts, actor: &Actor, reason: &str) -> Result<(), WaiveDebtError> {
        let ports = test.ports();
        let currency = usd(0).currency();
        let waived = waive_debt(&ports, actor, user().id, currency, reason.to_owned()).await;
        waived.map(drop)
    }

    #[tokio::test]
    async fn every_debt_is_posted_and_the_reason_recorded() {
        let mut test = in_debt(&[30_00, 20_50]);
        let mut stale = true;
        test.debt_waivers
            .expect_commit()
            .times(2)
            .returning(move |waiver| {
                if std::mem::take(&mut stale) {
                    return Err(CommitError::Stale);
                }
                assert_eq!(waiver.host_account.version, 3);
                let sums = waiver.journal.iter().map(|entry| {
                    assert_eq!(entry.cause, PostingReason::Waiver);
                    (
                        entry.postings.on(Account::HostPayable).amount(),
                        entry.postings.on(Account::PlatformRevenue).amount(),
                    )
                });
                assert_eq!(sums.collect::<Vec<_>>(), [(-30_00, 30_00), (-20_50, 20_50)]);
                assert_eq!(waiver.audit.action, AuditAction::DebtWaived);
                assert_eq!(waiver.audit.before.as_deref(), Some("owed 50.50 USD"));
                assert_eq!(waiver.audit.reason.as_deref(), Some("settled in cash"));
                Ok(())
            });
        assert_eq!(waived(test, &operator(), "settled in cash").await, Ok(()));
    }

    #[tokio::test]
    async fn refusals_change_nothing() {
        let refused = waived(in_debt(&[]), &operator(), "why").await;
        assert_eq!(refused, Err(WaiveDebtError::NoDebt));
        let refused = waived(in_debt(&[1_00]), &actor_of(&user()), "why").await;
        assert_eq!(refused, Err(AdminError::Forbidden.into()));
        let refused = waived(in_debt(&[1_00]), &operator(), " ").await;
        assert!(matches!(
            refused,
            Err(WaiveDebtError::Admin(AdminError::Invalid(_)))
        ));
        let mut test = TestPorts::new();
        test.users.expect_get().returning(|_| Ok(None));
        let refused = waived(test, &operator(), "why").await;
        assert_eq!(refused, Err(AdminError::NotFound.into()));
    }
}
