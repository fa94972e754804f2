//! What the gateway is asked, and what it answers.

use chrono::{DateTime, Utc};

use super::EntryKind;
use crate::property::words;
use crate::shared::{Money, Party, PaymentEntryId};

words! {
    /// What the gateway is asked.
    CallKind {
        /// Reserve.
        Authorize = "authorize",
        /// Take: at once, or what was reserved.
        Capture = "capture",
        /// Give up a reservation.
        Void = "void",
        /// Give back.
        Refund = "refund",
        /// Send to the host.
        Payout = "payout",
    }
}

impl CallKind {
    /// Whether it takes or reserves the guest's money.
    #[must_use]
    pub const fn is_charge(self) -> bool {
        matches!(self, Self::Authorize | Self::Capture)
    }

    pub(super) const fn entry(self) -> EntryKind {
        match self {
            Self::Authorize => EntryKind::Authorization,
            Self::Capture => EntryKind::Capture,
            Self::Void => EntryKind::Void,
            Self::Refund => EntryKind::Refund,
            Self::Payout => EntryKind::Payout,
        }
    }
}

/// A question to the gateway, stored before it is asked. Its id is the idempotency key, so asking again after a
/// crash does the work once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its id, which is the gateway's idempotency key and becomes the id of the entry it leads to.
    pub id: PaymentEntryId,
    /// What is asked.
    pub kind: CallKind,
    /// How much.
    pub amount: Money,
    /// The gateway's token of the card, when a card is charged anew.
    pub method: Option<String>,
    /// Why, for a refund.
    pub reason: Option<String>,
    /// When it was decided.
    pub at: DateTime<Utc>,
    /// The capture that a refund gives back of.
    pub against: Option<PaymentEntryId>,
    /// Who gives a refund beyond what the booking's policy says, so who bears it.
    pub borne_by: Option<Party>,
}

impl Call {
    /// A call about an amount: without a card, a reason, a capture that it gives back of, or a bearer.
    #[must_use]
    pub const fn new(id: PaymentEntryId, kind: CallKind, amount: Money, at: DateTime<Utc>) -> Self {
        Self {
            id,
            kind,
            amount,
            method: None,
            reason: None,
            at,
            against: None,
            borne_by: None,
        }
    }
}

/// What the gateway answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GatewayOutcome {
    /// Done; the gateway's own name for it.
    Done {
        /// For the operator's books.
        reference: String,
    },
    /// Refused, with the gateway's code, such as `card_declined`.
    Refused {
        /// The code.
        code: String,
    },
}
