//! Sending due payouts.

use chrono::{DateTime, Utc};
use sojourn_domain::ledger;
use sojourn_domain::payment::{PaymentChange, Payout, PayoutStatus};
use sojourn_domain::shared::{PaymentEntryId, PaymentId};

use crate::booking_with_payment::{BookingWithPayment, settlement_defect};
use crate::jobs::handoff::Handoff;
use crate::jobs::work::WorkError;
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, stored};

/// Decides the due payouts of a payment, minus the host's debts from other bookings, and hands
/// their gateway calls over.
pub(super) async fn send_due_payouts(
    ports: &Ports,
    id: PaymentId,
    handoff: &Handoff,
) -> Result<(), WorkError> {
    let now = ports.clock.now();
    while retry_on_conflict(|| send_next(ports, id, handoff, now)).await? {}
    Ok(())
}

fn is_due(payout: &Payout, now: DateTime<Utc>) -> bool {
    payout.status == PayoutStatus::Scheduled && payout.due_at <= now
}

/// Stores the next due payout of a payment; false if none is left, `None` if the payment or the
/// host's account changed concurrently.
async fn send_next(
    ports: &Ports,
    id: PaymentId,
    handoff: &Handoff,
    now: DateTime<Utc>,
) -> Result<Option<bool>, WorkError> {
    let Some((current, payment)) = BookingWithPayment::load_by_payment(ports, id).await? else {
        return Ok(Some(false));
    };
    let Some(payout) = payment.payouts.iter().find(|it| is_due(it, now)) else {
        return Ok(Some(false));
    };
    let (debts, account) = ports
        .ledger
        .debts(current.booking.host_id, payment.currency())
        .await?;
    let call = PaymentEntryId::new(ports.ids.uuid());
    let settled = ledger::send_payout(current.funds(), payout.id, &debts, call, now)
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
        return Ok(None);
    }
    handoff.offer(Some(&payment));
    Ok(Some(true))
}
