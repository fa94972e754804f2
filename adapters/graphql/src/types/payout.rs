//! Payouts, balances and statements of hosts.

use async_graphql::SimpleObject;
use sojourn_application::{payout, ports};

use crate::scalars::{Id, Instant, Money, PayoutStatus, PostingReason};

/// A payout to a host for a stay.
#[derive(SimpleObject)]
pub(crate) struct Payout {
    /// Id of the payout.
    id: Id,
    /// Id of the guest's payment.
    payment_id: Id,
    /// Id of the property.
    property_id: Id,
    /// Id of the booking.
    booking_id: Id,
    /// Id of the host.
    host_id: Id,
    /// Amount of the payout.
    amount: Money,
    /// Part withheld for the host's debts from other bookings.
    withheld: Money,
    /// Status of the payout.
    status: PayoutStatus,
    /// Earliest time of sending.
    due_at: Instant,
    /// Time of payment; null until paid.
    paid_at: Option<Instant>,
}

impl From<ports::PayoutView> for Payout {
    fn from(view: ports::PayoutView) -> Self {
        let payout = view.payout;
        Self {
            id: payout.id.into(),
            payment_id: view.payment_id.into(),
            property_id: view.property_id.into(),
            booking_id: view.booking_id.into(),
            host_id: view.host_id.into(),
            amount: payout.amount.into(),
            withheld: payout.withheld.into(),
            status: payout.status.into(),
            due_at: payout.due_at.into(),
            paid_at: payout.paid_at.map(Into::into),
        }
    }
}

/// Balance of a host in one currency.
#[derive(SimpleObject)]
pub(crate) struct HostBalance {
    /// ISO 4217 code of the currency of all amounts.
    currency: &'static str,
    /// Earned minus paid amounts; a negative balance is owed by the host.
    balance: Money,
    /// Payouts that are scheduled or being sent.
    scheduled: Money,
    /// Paid amount.
    paid: Money,
    /// Amount withheld from later payouts, because bookings earned less than was paid for them.
    owed: Money,
}

impl From<ports::HostBalance> for HostBalance {
    fn from(balance: ports::HostBalance) -> Self {
        Self {
            currency: balance.currency.code(),
            balance: balance.balance.into(),
            scheduled: balance.scheduled.into(),
            paid: balance.paid.into(),
            owed: balance.owed.into(),
        }
    }
}

/// A change of a host's balance.
#[derive(SimpleObject)]
pub(crate) struct StatementLine {
    /// Time of the change.
    at: Instant,
    /// Reason of the change.
    cause: PostingReason,
    /// Id of the property.
    property_id: Id,
    /// Id of the booking.
    booking_id: Id,
    /// Amount of the change; positive in the host's favour.
    amount: Money,
}

impl From<payout::StatementLine> for StatementLine {
    fn from(line: payout::StatementLine) -> Self {
        Self {
            at: line.at.into(),
            cause: line.cause.into(),
            property_id: line.property_id.into(),
            booking_id: line.booking_id.into(),
            amount: line.amount.into(),
        }
    }
}
