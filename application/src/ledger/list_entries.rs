//! Journal listing with balances.

use sojourn_domain::ledger::JournalEntry;
use sojourn_domain::shared::{Actor, Page, PageRequest, RepositoryError};

use crate::failure::{Failure, UseCaseError};
use crate::ports::{Balances, JournalFilter, Ports};

/// A page of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerPage {
    /// The matching entries, newest first.
    pub entries: Page<JournalEntry>,
    /// Sums over the whole journal, one item per currency, regardless of the filter.
    pub balances: Vec<Balances>,
}

/// Errors of reading the journal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// The caller is not an operator.
    #[error("only operators may do this")]
    Forbidden,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for LedgerError {
    fn failure(&self) -> Failure {
        match self {
            Self::Forbidden => Failure::forbidden(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Lists journal entries that match a filter, with the balance of every account.
///
/// # Errors
/// [`LedgerError`].
pub async fn list_entries(
    ports: &Ports,
    actor: &Actor,
    filter: JournalFilter,
    page: PageRequest,
) -> Result<LedgerPage, LedgerError> {
    if !actor.admin {
        return Err(LedgerError::Forbidden);
    }
    let entries = ports.ledger.entries(filter, page).await?;
    let sums = ports.ledger.balances().await?;
    let balances = sums.into_iter().map(|postings| Balances {
        currency: postings.currency(),
        postings,
    });
    Ok(LedgerPage {
        entries,
        balances: balances.collect(),
    })
}

#[cfg(test)]
mod tests {
    use sojourn_domain::ledger::Postings;
    use sojourn_domain::shared::UserId;
    use uuid::Uuid;

    use super::*;
    use crate::test_support::test_ports::{TestPorts, stranger, usd};

    fn page() -> PageRequest {
        PageRequest {
            limit: 20,
            after: None,
        }
    }

    #[tokio::test]
    async fn only_admins_read_the_journal() {
        let refused = list_entries(
            &TestPorts::new().ports(),
            &stranger(),
            JournalFilter::default(),
            page(),
        )
        .await;
        assert_eq!(refused, Err(LedgerError::Forbidden));
    }

    #[tokio::test]
    async fn lists_the_filtered_entries_and_every_balance() {
        let wanted = JournalFilter {
            host: Some(UserId::new(Uuid::from_u128(1))),
            ..JournalFilter::default()
        };
        let nothing = Postings::try_new(usd(0).currency(), []).unwrap();
        let mut test = TestPorts::new();
        test.ledger
            .expect_entries()
            .withf(move |filter, _| *filter == wanted)
            .return_once(|_, _| {
                Ok(Page {
                    data: Vec::new(),
                    next: None,
                })
            });
        test.ledger
            .expect_balances()
            .return_once(move || Ok(vec![nothing]));
        let operator = Actor {
            admin: true,
            ..stranger()
        };
        let shown = list_entries(&test.ports(), &operator, wanted, page())
            .await
            .unwrap();
        let balance = Balances {
            currency: usd(0).currency(),
            postings: nothing,
        };
        assert_eq!(shown.balances, [balance]);
    }
}
