//! Listing one's own payouts.

use sojourn_domain::payment::PayoutStatus;
use sojourn_domain::shared::{Actor, Page, PageRequest, PropertyId, RepositoryError};

use crate::ports::{PayoutFilter, PayoutView, Ports};

/// Filter for payouts. Absent fields do not filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListPayouts {
    /// In this state.
    pub status: Option<PayoutStatus>,
    /// For stays at this property.
    pub property_id: Option<PropertyId>,
}

/// Lists the caller's payouts, or all payouts for operators. Latest due date first.
///
/// # Errors
/// [`RepositoryError`].
pub async fn list(
    ports: &Ports,
    actor: &Actor,
    query: ListPayouts,
    page: PageRequest,
) -> Result<Page<PayoutView>, RepositoryError> {
    let ListPayouts {
        status,
        property_id,
    } = query;
    let host = (!actor.admin).then_some(actor.user_id);
    ports
        .ledger
        .payouts(
            PayoutFilter {
                host,
                status,
                property_id,
            },
            page,
        )
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{TestPorts, stranger};

    #[tokio::test]
    async fn hosts_see_their_own_and_operators_all() {
        for actor in [
            stranger(),
            Actor {
                admin: true,
                ..stranger()
            },
        ] {
            let mut test = TestPorts::new();
            let host = (!actor.admin).then_some(actor.user_id);
            let expected = PayoutFilter {
                host,
                status: Some(PayoutStatus::Paid),
                property_id: None,
            };
            test.ledger
                .expect_payouts()
                .withf(move |filter, _| *filter == expected)
                .return_once(|_, _| {
                    Ok(Page {
                        data: Vec::new(),
                        next: None,
                    })
                });
            let wanted = ListPayouts {
                status: Some(PayoutStatus::Paid),
                property_id: None,
            };
            let page = PageRequest {
                limit: 20,
                after: None,
            };
            assert!(list(&test.ports(), &actor, wanted, page).await.is_ok());
        }
    }
}
