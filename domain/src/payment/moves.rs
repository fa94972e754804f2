//! Charging, giving a reservation up, and what an answer of the gateway does.

use chrono::{DateTime, Utc};

use super::{Call, CallKind, EntryKind, GatewayOutcome, Payment, PaymentEntry, PaymentStatus};
use crate::shared::{Money, MoneyError, PaymentEntryId};

/// Why a payment cannot be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PaymentError {
    /// More than what is left of the captures.
    #[error("at most what was captured and not yet refunded")]
    AboveCaptured,
    /// Nothing, or less.
    #[error("an amount above zero")]
    NotPositive,
    /// No such call is open.
    #[error("the gateway was not asked this")]
    UnknownCall,
    /// It is in another state.
    #[error("a payment that is {0} cannot do this")]
    WrongState(PaymentStatus),
    /// No card is known that a later charge could be made to.
    #[error("no card to charge is known")]
    NoMethod,
    /// No such payout is scheduled.
    #[error("no such payout is scheduled")]
    UnknownPayout,
    /// The payout's instant has not come.
    #[error("the payout is not due before {0}")]
    NotDue(DateTime<Utc>),
    /// Less than nothing, or more than the payout.
    #[error("at most the payout itself can be kept back")]
    WithheldTooMuch,
    /// Amounts do not fit together.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Payment {
    /// Tries again after a refusal, with another card, and for the amount that is due now.
    ///
    /// # Errors
    /// [`PaymentError::WrongState`] unless the last try failed.
    pub fn retry(mut self, call: Call) -> Result<Self, PaymentError> {
        if self.status() != PaymentStatus::Failed {
            return Err(PaymentError::WrongState(self.status()));
        }
        let now = call.at;
        self.record.amount = call.amount;
        self.record.method.clone_from(&call.method);
        self.record.calls.push(call);
        Ok(self.touched(now))
    }

    /// What was reserved is to be taken.
    ///
    /// # Errors
    /// [`PaymentError::WrongState`] unless it is authorised and nothing else is asked about it.
    pub fn capture_authorized(
        self,
        id: PaymentEntryId,
        now: DateTime<Utc>,
    ) -> Result<Self, PaymentError> {
        self.about_reserved(CallKind::Capture, id, now)
    }

    /// The reservation is to be given up.
    ///
    /// # Errors
    /// [`PaymentError::WrongState`] unless it is authorised and nothing else is asked about it.
    pub fn void(self, id: PaymentEntryId, now: DateTime<Utc>) -> Result<Self, PaymentError> {
        self.about_reserved(CallKind::Void, id, now)
    }

    fn about_reserved(
        mut self,
        kind: CallKind,
        id: PaymentEntryId,
        now: DateTime<Utc>,
    ) -> Result<Self, PaymentError> {
        if self.status() != PaymentStatus::Authorized || self.is_charging() || self.is_voiding() {
            return Err(PaymentError::WrongState(self.status()));
        }
        self.record
            .calls
            .push(Call::new(id, kind, self.record.amount, now));
        Ok(self.touched(now))
    }

    /// More is to be taken, from the card that was charged before. It counts once the gateway has done it.
    ///
    /// # Errors
    /// [`PaymentError::WrongState`] unless something was captured and no charge is open;
    /// [`PaymentError::NotPositive`]; [`PaymentError::NoMethod`].
    pub fn charge_more(
        mut self,
        id: PaymentEntryId,
        amount: Money,
        now: DateTime<Utc>,
    ) -> Result<Self, PaymentError> {
        if !self.has(EntryKind::Capture) || self.is_charging() {
            return Err(PaymentError::WrongState(self.status()));
        }
        if amount.amount() <= 0 {
            return Err(PaymentError::NotPositive);
        }
        self.amount.plus(amount)?;
        let method = Some(self.method.clone().ok_or(PaymentError::NoMethod)?);
        self.record.calls.push(Call {
            method,
            ..Call::new(id, CallKind::Capture, amount, now)
        });
        Ok(self.touched(now))
    }

    /// The gateway answered a call: the call becomes an entry.
    ///
    /// # Errors
    /// [`PaymentError::UnknownCall`] when it was answered before.
    pub fn answered(
        mut self,
        id: PaymentEntryId,
        outcome: GatewayOutcome,
        now: DateTime<Utc>,
    ) -> Result<Self, PaymentError> {
        let position = self
            .calls
            .iter()
            .position(|call| call.id == id)
            .ok_or(PaymentError::UnknownCall)?;
        let call = self.record.calls.remove(position);
        let (kind, reason, reference) = match outcome {
            GatewayOutcome::Done { reference } => {
                (call.kind.entry(), call.reason.clone(), Some(reference))
            }
            GatewayOutcome::Refused { code } if call.kind == CallKind::Payout => {
                (EntryKind::PayoutFailure, Some(code), None)
            }
            GatewayOutcome::Refused { code } => (EntryKind::Failure, Some(code), None),
        };
        match call.kind {
            CallKind::Authorize | CallKind::Capture if kind != EntryKind::Failure => {
                self.charged(&call, reference.clone())?;
            }
            CallKind::Payout => self.payout_answered(&call, kind == EntryKind::Payout, now)?,
            _ => {}
        }
        let Call {
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
        Ok(self.touched(now))
    }

    /// A second capture is an addition to the first.
    fn charged(&mut self, call: &Call, reference: Option<String>) -> Result<(), PaymentError> {
        if self.has(EntryKind::Capture) {
            self.record.amount = self.amount.plus(call.amount)?;
        }
        self.record.reference = reference;
        Ok(())
    }
}
