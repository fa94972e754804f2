//! Charges, voids, and the outcomes of gateway calls.

use chrono::{DateTime, Utc};

use crate::payment::entry::{EntryKind, PaymentEntry};
use crate::payment::gateway_call::{GatewayCall, GatewayCallKind, GatewayOutcome};
use crate::payment::payment::Payment;
use crate::payment::totals::PaymentStatus;
use crate::shared::id::PaymentEntryId;
use crate::shared::money::{Money, MoneyError};

/// Reason for which a change of a payment is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PaymentError {
    /// The amount exceeds the refundable part of the captures.
    #[error("the amount exceeds what was captured and not yet refunded")]
    AboveCaptured,
    /// The amount is negative, or zero where an amount is needed.
    #[error("the amount must be above zero")]
    NotPositive,
    /// The call neither authorizes nor captures the guest's money.
    #[error("a payment begins with an authorization or a capture, not with a {0}")]
    NotACharge(GatewayCallKind),
    /// No such call is pending.
    #[error("no such gateway call is pending")]
    UnknownCall,
    /// The payment's status does not allow it.
    #[error("not possible for a payment with the status {0}")]
    WrongState(PaymentStatus),
    /// No card is known for a later charge.
    #[error("the payment has no card to charge")]
    NoMethod,
    /// No such payout is scheduled.
    #[error("no such payout is scheduled")]
    UnknownPayout,
    /// The payout is not due before this instant.
    #[error("the payout is not due before {0}")]
    NotDue(DateTime<Utc>),
    /// The withheld amount is negative or exceeds the payout.
    #[error("the withheld amount must be between zero and the payout")]
    WithheldTooMuch,
    /// Amounts cannot be combined.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Payment {
    /// Retries a failed charge with another card, for the amount that is due now.
    ///
    /// # Errors
    /// [`PaymentError::WrongState`] unless the last charge failed; [`PaymentError::NotACharge`] and
    /// [`PaymentError::NotPositive`] as [`Self::begin`]; [`PaymentError::Money`] for another currency.
    pub fn retry(mut self, call: GatewayCall) -> Result<Self, PaymentError> {
        if self.status() != PaymentStatus::Failed {
            return Err(PaymentError::WrongState(self.status()));
        }
        require_charge(&call)?;
        self.require_currency(call.amount)?;
        let now = call.at;
        self.record.amount = call.amount;
        self.record.method.clone_from(&call.method);
        self.record.pending_calls.push(call);
        Ok(self.bump_version(now))
    }

    /// Requests the capture of the authorized amount.
    ///
    /// # Errors
    /// [`PaymentError::WrongState`] unless the payment is authorized and has no pending call for
    /// the authorization.
    pub fn capture_authorized(
        self,
        id: PaymentEntryId,
        now: DateTime<Utc>,
    ) -> Result<Self, PaymentError> {
        self.call_on_authorization(GatewayCallKind::Capture, id, now)
    }

    /// Requests the void of the authorization.
    ///
    /// # Errors
    /// [`PaymentError::WrongState`] unless the payment is authorized and has no pending call for
    /// the authorization.
    pub fn void(self, id: PaymentEntryId, now: DateTime<Utc>) -> Result<Self, PaymentError> {
        self.call_on_authorization(GatewayCallKind::Void, id, now)
    }

    fn call_on_authorization(
        mut self,
        kind: GatewayCallKind,
        id: PaymentEntryId,
        now: DateTime<Utc>,
    ) -> Result<Self, PaymentError> {
        if self.status() != PaymentStatus::Authorized || self.is_charging() || self.is_voiding() {
            return Err(PaymentError::WrongState(self.status()));
        }
        self.record
            .pending_calls
            .push(GatewayCall::new(id, kind, self.record.amount, now));
        Ok(self.bump_version(now))
    }

    /// Requests an additional capture from this card, or from the one that was charged before. It
    /// counts once the gateway has confirmed it.
    ///
    /// # Errors
    /// [`PaymentError::WrongState`] unless something was captured and no charge is pending;
    /// [`PaymentError::NotPositive`]; [`PaymentError::NoMethod`].
    pub fn charge_more(
        mut self,
        id: PaymentEntryId,
        amount: Money,
        method: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Self, PaymentError> {
        if !self.has_entry(EntryKind::Capture) || self.is_charging() {
            return Err(PaymentError::WrongState(self.status()));
        }
        if amount.amount() <= 0 {
            return Err(PaymentError::NotPositive);
        }
        self.amount.checked_add(amount)?;
        let method = method.or_else(|| self.method.clone());
        let method = Some(method.ok_or(PaymentError::NoMethod)?);
        self.record.pending_calls.push(GatewayCall {
            method,
            ..GatewayCall::new(id, GatewayCallKind::Capture, amount, now)
        });
        Ok(self.bump_version(now))
    }

    /// Records the outcome of a gateway call: the call becomes an entry.
    ///
    /// # Errors
    /// [`PaymentError::UnknownCall`] when no such call is pending, as after an earlier outcome.
    pub fn record_outcome(
        mut self,
        id: PaymentEntryId,
        outcome: GatewayOutcome,
        now: DateTime<Utc>,
    ) -> Result<Self, PaymentError> {
        let position = self
            .pending_calls
            .iter()
            .position(|call| call.id == id)
            .ok_or(PaymentError::UnknownCall)?;
        let call = self.record.pending_calls.remove(position);
        let (kind, reason, reference) = match outcome {
            GatewayOutcome::Succeeded { reference } => {
                (call.kind.entry(), call.reason.clone(), Some(reference))
            }
            GatewayOutcome::Refused { code } if call.kind == GatewayCallKind::Payout => {
                (EntryKind::PayoutFailure, Some(code), None)
            }
            GatewayOutcome::Refused { code } => (EntryKind::Failure, Some(code), None),
        };
        match call.kind {
            GatewayCallKind::Authorize | GatewayCallKind::Capture if kind != EntryKind::Failure => {
                self.apply_charge(&call, reference.clone())?;
            }
            GatewayCallKind::Payout => {
                self.apply_payout_outcome(&call, kind == EntryKind::Payout, now)?;
            }
            _ => {}
        }
        let GatewayCall {
            amount,
            against,
            borne_by,
            ..
        } = call;
        let entry = PaymentEntry {
            id,
            kind,
            amount,
            at: now,
            reason,
            reference,
            against,
            borne_by,
        };
        self.record.entries.push(entry);
        Ok(self.bump_version(now))
    }

    /// Refuses amounts of another currency.
    pub(super) fn require_currency(&self, amount: Money) -> Result<(), MoneyError> {
        if amount.currency() == self.currency() {
            Ok(())
        } else {
            Err(MoneyError::CurrencyMismatch)
        }
    }

    /// A second capture adds to the first.
    fn apply_charge(
        &mut self,
        call: &GatewayCall,
        reference: Option<String>,
    ) -> Result<(), PaymentError> {
        if self.has_entry(EntryKind::Capture) {
            self.record.amount = self.amount.checked_add(call.amount)?;
        }
        self.record.reference = reference;
        if call.method.is_some() {
            self.record.method.clone_from(&call.method);
        }
        Ok(())
    }
}

/// Refuses a first call that takes no money from the guest.
pub(super) fn require_charge(call: &GatewayCall) -> Result<(), PaymentError> {
    if !call.kind.is_charge() {
        return Err(PaymentError::NotACharge(call.kind));
    }
    if call.amount.amount() < 0 {
        return Err(PaymentError::NotPositive);
    }
    Ok(())
}
