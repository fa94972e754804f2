//! Checks of a stored payment.

use std::collections::BTreeSet;

use crate::payment::entry::{EntryKind, PaymentEntry};
use crate::payment::gateway_call::GatewayCall;
use crate::payment::payment::{Payment, PaymentRecord};
use crate::payment::payout::{Payout, PayoutStatus};
use crate::payment::refunds::ActiveRefund;
use crate::shared::invalid_record::{InvalidRecord, check_version};
use crate::shared::money::Money;

/// Checks everything that a payment guarantees.
pub(super) fn check_payment(payment: &Payment) -> Result<(), InvalidRecord> {
    let record: &PaymentRecord = payment;
    check_version(record.version)?;
    check_amount("amount", record.amount, record)?;
    let mut ids = BTreeSet::new();
    for PaymentEntry { id, amount, .. } in &record.entries {
        check_amount("entries.amount", *amount, record)?;
        if !ids.insert(*id) {
            let rule = "each entry has an id of its own";
            return Err(InvalidRecord::new("entries.id", id, rule));
        }
    }
    for GatewayCall { id, amount, .. } in &record.pending_calls {
        check_amount("pending_calls.amount", *amount, record)?;
        if !ids.insert(*id) {
            let rule = "a call has an id of its own, and is pending until there is an entry for it";
            return Err(InvalidRecord::new("pending_calls.id", id, rule));
        }
    }
    check_refunds(payment)?;
    for payout in &record.payouts {
        check_payout(payout, record)?;
    }
    Ok(())
}

fn check_amount(
    field: &'static str,
    amount: Money,
    record: &PaymentRecord,
) -> Result<(), InvalidRecord> {
    let currency = record.amount.currency();
    if amount.amount() >= 0 && amount.currency() == currency {
        return Ok(());
    }
    let rule = format!("amounts are not negative, and in {currency}");
    Err(InvalidRecord::new(field, amount, rule))
}

/// Every refund is taken from a capture, and no capture is refunded by more than its amount.
fn check_refunds(payment: &Payment) -> Result<(), InvalidRecord> {
    let captures = payment
        .entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::Capture);
    let is_of = |refund: &ActiveRefund| {
        captures
            .clone()
            .any(|capture| refund.against == Some(capture.id))
    };
    if let Some(refund) = payment.active_refunds().find(|refund| !is_of(refund)) {
        let given = format!("a refund of {} from no capture", refund.amount);
        let rule = "only what was captured is refunded";
        return Err(InvalidRecord::new("entries", given, rule));
    }
    for capture in captures {
        let left = payment.refundable_part(capture);
        if left.amount() < 0 {
            let given = format!("a capture of {} with {left} left", capture.amount);
            let rule = "refunds do not exceed their capture";
            return Err(InvalidRecord::new("entries", given, rule));
        }
    }
    Ok(())
}

fn check_payout(payout: &Payout, record: &PaymentRecord) -> Result<(), InvalidRecord> {
    check_amount("payouts.amount", payout.amount, record)?;
    check_amount("payouts.withheld", payout.withheld, record)?;
    if payout.amount.is_zero() {
        let rule = "a payout is above zero";
        return Err(InvalidRecord::new("payouts.amount", payout.amount, rule));
    }
    if payout.withheld.amount() > payout.amount.amount() {
        let rule = format!("at most the payout of {}", payout.amount);
        return Err(InvalidRecord::new(
            "payouts.withheld",
            payout.withheld,
            rule,
        ));
    }
    let is_pending = payout
        .call
        .is_some_and(|id| record.pending_calls.iter().any(|call| call.id == id));
    let (holds, rule) = match payout.status {
        PayoutStatus::Scheduled => (
            payout.call.is_none() && payout.paid_at.is_none(),
            "a scheduled payout has neither a call nor a time of payment",
        ),
        PayoutStatus::Sending => (
            is_pending && payout.paid_at.is_none(),
            "a payout that is being sent has a pending call and no time of payment",
        ),
        PayoutStatus::Paid => (
            !is_pending && payout.paid_at.is_some(),
            "a paid payout has a time of payment and no pending call",
        ),
    };
    if holds {
        return Ok(());
    }
    Err(InvalidRecord::new("payouts.status", payout.status, rule))
}
