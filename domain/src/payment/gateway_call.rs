//! Calls to the payment gateway and their outcomes.

use chrono::{DateTime, Utc};

use crate::payment::entry::EntryKind;
use crate::shared::booking_role::BookingRole;
use crate::shared::id::PaymentEntryId;
use crate::shared::money::Money;
use crate::shared::string_enum::string_enum;

string_enum! {
    /// Kind of a gateway call.
    GatewayCallKind {
        /// Authorizes an amount on the card.
        Authorize = "authorize",
        /// Captures an amount, with or without a previous authorization.
        Capture = "capture",
        /// Voids an authorization.
        Void = "void",
        /// Refunds a capture.
        Refund = "refund",
        /// Pays the host.
        Payout = "payout",
    }
}

impl GatewayCallKind {
    /// Returns `true` for calls that capture or authorize the guest's money.
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

/// A call to the gateway, stored before it is sent. Its id is the idempotency key, so repeating it
/// after a crash has no further effect.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GatewayCall {
    /// Unique identifier: the gateway's idempotency key, and the id of the resulting entry.
    pub id: PaymentEntryId,
    /// Kind of the call.
    pub kind: GatewayCallKind,
    /// Amount.
    pub amount: Money,
    /// The gateway's token of the card, for charges of a new card.
    pub method: Option<String>,
    /// Reason of a refund.
    pub reason: Option<String>,
    /// Timestamp of the decision (UTC).
    pub at: DateTime<Utc>,
    /// Capture that a refund is taken from.
    pub against: Option<PaymentEntryId>,
    /// Side that bears a refund beyond the booking's policy.
    pub borne_by: Option<BookingRole>,
}

impl GatewayCall {
    /// A call with an amount only: without card, reason, capture or bearer.
    #[must_use]
    pub const fn new(
        id: PaymentEntryId,
        kind: GatewayCallKind,
        amount: Money,
        at: DateTime<Utc>,
    ) -> Self {
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

/// Outcome of a gateway call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum GatewayOutcome {
    /// Succeeded.
    Succeeded {
        /// The gateway's reference.
        reference: String,
    },
    /// Declined, with the gateway's code, such as `card_declined`.
    Refused {
        /// The gateway's code.
        code: String,
    },
}
