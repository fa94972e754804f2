//! Enums of payments, payouts and the ledger.

use async_graphql::Enum;
use sojourn_domain as domain;

/// Status of a payment, derived from its entries. Payouts do not affect it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::payment::PaymentStatus")]
pub(crate) enum PaymentStatus {
    /// The outcome of the first call is pending.
    Pending,
    /// The amount is authorized.
    Authorized,
    /// The amount is captured.
    Captured,
    /// The authorization was voided.
    Voided,
    /// The gateway declined the charge.
    Failed,
    /// A part was refunded.
    PartiallyRefunded,
    /// Everything was refunded.
    Refunded,
}

/// Kind of a payment entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::payment::EntryKind", name = "PaymentEntryKind")]
pub(crate) enum PaymentEntryKind {
    /// The amount was authorized on the card.
    Authorization,
    /// The amount was captured.
    Capture,
    /// The authorization was voided.
    Void,
    /// The amount was refunded.
    Refund,
    /// The amount was paid to the host.
    Payout,
    /// The gateway declined the call.
    Failure,
    /// The gateway declined a payout to the host.
    PayoutFailure,
}

/// Status of a payout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::payment::PayoutStatus")]
pub(crate) enum PayoutStatus {
    /// Not due or not sent yet.
    Scheduled,
    /// The call to the gateway is pending.
    Sending,
    /// Paid to the host, or withheld for the host's debts.
    Paid,
}

/// Cause of a journal entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::ledger::PostingReason")]
pub(crate) enum PostingReason {
    /// A booking was confirmed.
    Sale,
    /// An alteration was applied.
    Alteration,
    /// A confirmed booking was cancelled.
    Cancellation,
    /// A refund beyond the policy was granted.
    Goodwill,
    /// The gateway refused a goodwill refund.
    Reversal,
    /// The gateway captured the guest's money.
    Capture,
    /// The gateway refunded the guest.
    Refund,
    /// The gateway paid the host.
    Payout,
    /// A payout of one booking was withheld for the host's debt from another.
    Offset,
    /// An operator waived the host's debt; the marketplace bears it.
    Waiver,
}
