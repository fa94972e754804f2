//! Refunding a payment as an operator.

use sojourn_domain::shared::{Actor, Money, PaymentId};

use super::refund::{RefundError, refund};
use super::views::PaymentView;
use crate::ports::Ports;

/// Refunds an amount of a payment to the guest, as an operator, with a reason of 1–1,000
/// characters.
///
/// # Errors
/// [`RefundError`].
pub async fn refund_as_admin(
    ports: &Ports,
    actor: &Actor,
    id: PaymentId,
    amount: Money,
    reason: String,
) -> Result<PaymentView, RefundError> {
    if !actor.admin {
        return Err(RefundError::Forbidden);
    }
    refund(ports, actor, id, amount, Some(reason)).await
}
