//! A payment and its moves.

use std::ops::Deref;

use chrono::{DateTime, Utc};

use super::{EntryKind, PaymentEntry};
use crate::property::words;
use crate::shared::{BookingId, Currency, Money, MoneyError, PaymentEntryId, PaymentId, PropertyId};

words! {
    /// What the list of entries comes to.
    PaymentStatus {
        /// The gateway has not answered yet.
        Pending = "pending",
        /// Reserved.
        Authorized = "authorized",
        /// Taken.
        Captured = "captured",
        /// Given up before it was taken.
        Voided = "voided",
        /// Refused.
        Failed = "failed",
        /// Part was given back.
        PartiallyRefunded = "partially_refunded",
        /// All was given back.
        Refunded = "refunded",
    }
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
    /// The gateway's token of the card, on the first call alone.
    pub method: Option<String>,
    /// Why, for a refund.
    pub reason: Option<String>,
    /// When it was decided.
    pub at: DateTime<Utc>,
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
    /// Amounts do not fit together.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// All that is stored of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRecord {
    /// Its id.
    pub id: PaymentId,
    /// The booking it pays.
    pub booking_id: BookingId,
    /// That booking's property.
    pub property_id: PropertyId,
    /// What is to be paid.
    pub amount: Money,
    /// What happened, in order.
    pub entries: Vec<PaymentEntry>,
    /// What the gateway is yet to answer.
    pub calls: Vec<Call>,
    /// The gateway's name for the charge, once it has one: refunds and voids refer to it.
    pub reference: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Counts its changes; the first stored version is 1.
    pub version: i64,
}

/// A payment. Its record can be read by everyone and changed only by its own moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment(PaymentRecord);

impl Deref for Payment {
    type Target = PaymentRecord;

    fn deref(&self) -> &PaymentRecord {
        &self.0
    }
}

impl Payment {
    /// A payment whose first call is decided.
    #[must_use]
    pub fn begin(id: PaymentId, booking_id: BookingId, property_id: PropertyId, call: Call) -> Self {
        Self(PaymentRecord {
            id,
            booking_id,
            property_id,
            amount: call.amount,
            entries: Vec::new(),
            reference: None,
            created_at: call.at,
            updated_at: call.at,
            calls: vec![call],
            version: 1,
        })
    }

    /// The payment as it was stored.
    #[must_use]
    pub const fn restore(record: PaymentRecord) -> Self {
        Self(record)
    }

    /// The record, to be stored.
    #[must_use]
    pub fn into_record(self) -> PaymentRecord {
        self.0
    }

    /// The currency of every amount.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.0.amount.currency()
    }

    /// What was taken.
    #[must_use]
    pub fn captured(&self) -> Money {
        self.total(EntryKind::Capture)
    }

    /// What was given back.
    #[must_use]
    pub fn refunded(&self) -> Money {
        self.total(EntryKind::Refund)
    }

    fn total(&self, kind: EntryKind) -> Money {
        let amounts =
            self.0.entries.iter().filter(|entry| entry.kind == kind).map(|entry| entry.amount.amount());
        Money::new(amounts.fold(0, i64::saturating_add), self.currency())
    }

    /// What could still be given back: captures less refunds, those under way included.
    #[must_use]
    pub fn refundable(&self) -> Money {
        let under_way = self.0.calls.iter().filter(|call| call.kind == CallKind::Refund);
        let asked = under_way.fold(0_i64, |sum, call| sum.saturating_add(call.amount.amount()));
        Money::new(self.captured().amount() - self.refunded().amount() - asked, self.currency())
    }

    /// What the entries come to.
    #[must_use]
    pub fn status(&self) -> PaymentStatus {
        let (captured, refunded) = (self.captured().amount(), self.refunded().amount());
        let has = |kind| self.0.entries.iter().any(|entry| entry.kind == kind);
        let charging =
            self.0.calls.iter().any(|call| matches!(call.kind, CallKind::Authorize | CallKind::Capture));
        if captured > 0 {
            return match refunded {
                0 => PaymentStatus::Captured,
                _ if refunded >= captured => PaymentStatus::Refunded,
                _ => PaymentStatus::PartiallyRefunded,
            };
        }
        if has(EntryKind::Void) {
            PaymentStatus::Voided
        } else if has(EntryKind::Authorization) {
            PaymentStatus::Authorized
        } else if charging || !has(EntryKind::Failure) {
            PaymentStatus::Pending
        } else {
            PaymentStatus::Failed
        }
    }

    /// Tries again after a refusal, with another card.
    ///
    /// # Errors
    /// [`PaymentError::WrongState`] unless the last try failed.
    pub fn retry(mut self, call: Call) -> Result<Self, PaymentError> {
        if self.status() != PaymentStatus::Failed {
            return Err(PaymentError::WrongState(self.status()));
        }
        self.0.updated_at = call.at;
        self.0.calls.push(call);
        Ok(self.next())
    }

    /// Gives an amount back. Nothing happens when there is nothing to give.
    ///
    /// # Errors
    /// [`PaymentError`].
    pub fn refund(
        mut self,
        id: PaymentEntryId,
        amount: Money,
        reason: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Self, PaymentError> {
        if amount.amount() <= 0 {
            return Err(PaymentError::NotPositive);
        }
        if self.refundable().minus(amount)?.amount() < 0 {
            return Err(PaymentError::AboveCaptured);
        }
        self.0.calls.push(Call { id, kind: CallKind::Refund, amount, method: None, reason, at: now });
        self.0.updated_at = now;
        Ok(self.next())
    }

    /// The reservation is to be given up.
    ///
    /// # Errors
    /// [`PaymentError::WrongState`] unless it is authorised.
    pub fn void(mut self, id: PaymentEntryId, now: DateTime<Utc>) -> Result<Self, PaymentError> {
        if self.status() != PaymentStatus::Authorized {
            return Err(PaymentError::WrongState(self.status()));
        }
        let amount = self.0.amount;
        self.0.calls.push(Call { id, kind: CallKind::Void, amount, method: None, reason: None, at: now });
        self.0.updated_at = now;
        Ok(self.next())
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
        let position = self.0.calls.iter().position(|call| call.id == id).ok_or(PaymentError::UnknownCall)?;
        let call = self.0.calls.remove(position);
        let (kind, reason) = match outcome {
            GatewayOutcome::Done { reference } => {
                if matches!(call.kind, CallKind::Authorize | CallKind::Capture) {
                    self.0.reference = Some(reference);
                }
                (call.kind.entry(), call.reason)
            }
            GatewayOutcome::Refused { code } => (EntryKind::Failure, Some(code)),
        };
        self.0.entries.push(PaymentEntry { id, kind, amount: call.amount, at: now, reason });
        self.0.updated_at = now;
        Ok(self.next())
    }

    fn next(mut self) -> Self {
        self.0.version += 1;
        self
    }
}

impl CallKind {
    const fn entry(self) -> EntryKind {
        match self {
            Self::Authorize => EntryKind::Authorization,
            Self::Capture => EntryKind::Capture,
            Self::Void => EntryKind::Void,
            Self::Refund => EntryKind::Refund,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::fixtures::{BOOKING, at, usd};

    fn id(n: u128) -> PaymentEntryId {
        PaymentEntryId::new(Uuid::from_u128(n))
    }

    fn call(n: u128) -> Call {
        let at = at("2026-03-01T17:00:00Z");
        Call {
            id: id(n),
            kind: CallKind::Capture,
            amount: usd(100),
            method: Some("pm_card_visa".into()),
            reason: None,
            at,
        }
    }

    fn done() -> GatewayOutcome {
        GatewayOutcome::Done { reference: "ch_1".into() }
    }

    #[test]
    fn refunds_never_exceed_captures_and_one_answer_counts_once() {
        let now = at("2026-03-01T17:00:00Z");
        let payment = Payment::begin(
            PaymentId::new(Uuid::from_u128(1)),
            BOOKING,
            PropertyId::new(Uuid::from_u128(3)),
            call(1),
        );
        assert_eq!(payment.status(), PaymentStatus::Pending);
        let payment = payment.answered(id(1), done(), now).unwrap();
        assert_eq!((payment.status(), payment.captured()), (PaymentStatus::Captured, usd(100)));
        assert_eq!(payment.clone().answered(id(1), done(), now), Err(PaymentError::UnknownCall));
        let asked = payment.refund(id(2), usd(60), None, now).unwrap();
        assert_eq!(asked.clone().refund(id(3), usd(41), None, now), Err(PaymentError::AboveCaptured));
        assert_eq!(asked.clone().refund(id(3), usd(0), None, now), Err(PaymentError::NotPositive));
        let part = asked.answered(id(2), done(), now).unwrap();
        assert_eq!((part.status(), part.refundable()), (PaymentStatus::PartiallyRefunded, usd(40)));
        let all = part.refund(id(3), usd(40), None, now).unwrap().answered(id(3), done(), now).unwrap();
        assert_eq!(all.status(), PaymentStatus::Refunded);
    }

    #[test]
    fn a_refused_card_can_be_followed_by_another() {
        let now = at("2026-03-01T17:00:00Z");
        let payment = Payment::begin(
            PaymentId::new(Uuid::from_u128(1)),
            BOOKING,
            PropertyId::new(Uuid::from_u128(3)),
            call(1),
        );
        assert_eq!(payment.clone().retry(call(2)), Err(PaymentError::WrongState(PaymentStatus::Pending)));
        let refused =
            payment.answered(id(1), GatewayOutcome::Refused { code: "card_declined".into() }, now).unwrap();
        assert_eq!(refused.status(), PaymentStatus::Failed);
        let paid = refused.retry(call(2)).unwrap().answered(id(2), done(), now).unwrap();
        assert_eq!((paid.status(), paid.entries.len()), (PaymentStatus::Captured, 2));
    }
}
