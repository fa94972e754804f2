//! Reading several payments.

use sojourn_domain::shared::{Actor, PaymentId, RepositoryError};

use super::views::PaymentView;
use crate::ports::Ports;

/// Those of the payments whose booking has the caller as guest or host, or all for operators, in any order.
///
/// # Errors
/// [`RepositoryError`].
pub async fn get_many(
    ports: &Ports,
    actor: &Actor,
    ids: Vec<PaymentId>,
) -> Result<Vec<PaymentView>, RepositoryError> {
    let user = (!actor.admin).then_some(actor.user_id);
    let payments = ports.payment_queries.payments_by_ids(user, ids).await?;
    Ok(payments.iter().map(Into::into).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{TestPorts, operator, stranger};

    #[tokio::test]
    async fn only_operators_read_the_payments_of_others() {
        for (actor, user) in [(stranger(), Some(stranger().user_id)), (operator(), None)] {
            let mut test = TestPorts::new();
            test.payment_queries
                .expect_payments_by_ids()
                .withf(move |found, _| *found == user)
                .return_once(|_, _| Ok(Vec::new()));
            assert_eq!(
                get_many(&test.ports(), &actor, Vec::new()).await,
                Ok(Vec::new())
            );
        }
    }
}
