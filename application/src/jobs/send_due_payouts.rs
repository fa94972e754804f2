//! Sending due payouts.

use chrono::{DateTime, Utc};
use sojourn_domain::ledger;
use sojourn_domain::payment::{Payment, PaymentChange, Payout, PayoutStatus};
use sojourn_domain::shared::{PaymentEntryId, PayoutId, RepositoryError};

use crate::booking_with_payment::{BookingWithPayment, settlement_defect};
use crate::payment::dispatch_best_effort;
use crate::ports::Ports;
use crate::retry::stored;

/// Maximum number of payments per round.
const BATCH_SIZE: u32 = 100;

/// Sends the due payouts, minus the host's debts from other bookings. A payout whose payment or
/// host account changed concurrently is left to the next round.
///
/// # Errors
/// [`RepositoryError::Unavailable`]; a payout that cannot be sent is logged and skipped.
pub async fn send_due_payouts(ports: &Ports) -> Result<usize, RepositoryError> {
    let now = ports.clock.now();
    let mut sent = 0;
    for payment in ports.payments.payouts_due(now, BATCH_SIZE).await? {
        for payout in payment.payouts.iter().filter(|payout| is_due(payout, now)) {
            match send(ports, &payment, payout.id, now).await {
                Ok(done) => sent += usize::from(done),
                Err(error @ RepositoryError::Unavailable(_)) => return Err(error),
                Err(error) => {
                    tracing::error!(payout = %payout.id, %error, "payout could not be sent");
                }
            }
        }
    }
    Ok(sent)
}

fn is_due(payout: &Payout, now: DateTime<Utc>) -> bool {
    payout.status == PayoutStatus::Scheduled && payout.due_at <= now
}

/// Decides the payout on current data, stores it, and sends it through the gateway.
async fn send(
    ports: &Ports,
    payment: &Payment,
    payout: PayoutId,
    now: DateTime<Utc>,
) -> Result<bool, RepositoryError> {
    let Some((current, payment)) = BookingWithPayment::load_by_payment(ports, payment.id).await?
    else {
        return Ok(false);
    };
    if !payment
        .payouts
        .iter()
        .any(|it| it.id == payout && is_due(it, now))
    {
        return Ok(false);
    }
    let (debts, account) = ports
        .ledger
        .debts(current.booking.host_id, payment.currency())
        .await?;
    let call = PaymentEntryId::new(ports.ids.uuid());
    let settled = ledger::send_payout(current.funds(), payout, &debts, call, now)
        .map_err(settlement_defect)?;
    // Only the withheld amount is posted now, so only that must not be withheld twice.
    let host_account = (!settled.journal.is_empty()).then_some(account);
    let payment = settled.payment.unwrap_or(payment);
    let change = PaymentChange {
        payment: payment.clone(),
        journal: settled.journal,
        host_account,
        audit: None,
    };
    if stored(ports.payments.commit(change).await)?.is_none() {
        return Ok(false);
    }
    dispatch_best_effort(ports, Some(&payment)).await;
    Ok(true)
}
