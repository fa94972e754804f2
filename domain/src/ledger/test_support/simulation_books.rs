//! The books of a simulated booking: commits, checks and balances.

use std::collections::BTreeSet;

use crate::booking::booking::Booking;
use crate::booking::change::{BookingChange, NightsChange};
use crate::journal::entry::{JournalEntry, PostingReason};
use crate::journal::postings::Account;
use crate::ledger::booking_snapshot::{BookingSnapshot, IntegrityCheck};
use crate::ledger::funds_allocation::BookingFunds;
use crate::ledger::integrity::check_integrity;
use crate::ledger::settlement::SettlementError;
use crate::ledger::test_support::simulation::{AccountAmounts, Simulation, next_ids};
use crate::payment::gateway_call::GatewayCallKind;
use crate::payment::payment::Payment;
use crate::payment::payout::PayoutStatus;
use crate::payment::repository::PaymentChange;

impl Simulation {
    pub fn funds(&self) -> BookingFunds<'_> {
        BookingFunds {
            booking: &self.booking,
            payment: self.payment.as_ref(),
        }
    }

    pub fn commit(&mut self, change: BookingChange, reason: &str) -> Result<(), SettlementError> {
        let mut made = self.made;
        let change =
            change.with_settlement(self.funds(), reason, &mut next_ids(&mut made), self.now)?;
        self.made = made;
        assert_eq!(change.booking().version, self.booking.version + 1);
        if let NightsChange::Set(claims) = change.nights() {
            self.claims.clone_from(claims);
        }
        if let Some(payment) = change.payment() {
            self.store_payment(payment.clone());
        }
        self.journal.extend(change.journal());
        self.booking = Booking::restore(change.into_booking().into_record()).unwrap();
        self.assert_consistent();
        Ok(())
    }

    pub fn commit_payment(&mut self, payment: Payment, reason: &str) {
        let mut made = self.made;
        let change = PaymentChange::with_settlement(
            self.funds(),
            payment,
            reason,
            &mut next_ids(&mut made),
            self.now,
        )
        .unwrap();
        self.made = made;
        self.store_payment(change.payment);
        self.journal.extend(change.journal);
        self.assert_consistent();
    }

    pub(super) fn store_payment(&mut self, payment: Payment) {
        let stored = self.payment.as_ref().map_or(0, |before| before.version);
        assert_eq!(payment.version, stored + 1);
        self.payment = Some(Payment::restore(payment.into_record()).unwrap());
    }

    /// Checks the invariants after every step.
    pub(super) fn assert_consistent(&self) {
        let keys: BTreeSet<_> = self
            .journal
            .iter()
            .map(|entry| (entry.cause.as_str(), entry.source))
            .collect();
        assert_eq!(
            keys.len(),
            self.journal.len(),
            "a cause is posted twice: {:#?}",
            self.journal
        );
        if let Some(payment) = &self.payment {
            assert!(payment.refundable().amount() >= 0, "{payment:#?}");
            assert!(
                payment.refunded().amount() <= payment.captured().amount(),
                "{payment:#?}"
            );
        }
        let findings: Vec<_> = check_integrity(&self.snapshot())
            .into_iter()
            .filter(|it| !self.is_expected(it.check))
            .collect();
        assert_eq!(findings, [], "{:#?} {:#?}", self.booking, self.payment);
    }

    pub(super) fn is_expected(&self, check: IntegrityCheck) -> bool {
        self.refused && check == IntegrityCheck::OwedToGuest
    }

    pub fn snapshot(&self) -> BookingSnapshot {
        let Self {
            booking,
            payment,
            journal,
            claims,
            ..
        } = self;
        let (booking, payment) = (booking.clone(), payment.clone());
        BookingSnapshot {
            booking,
            payment,
            journal: journal.clone(),
            claims: claims.clone(),
        }
    }

    /// Journal entries posted since an index, in order.
    pub fn posted(&self, from: usize) -> Vec<(PostingReason, AccountAmounts)> {
        let row = |entry: &JournalEntry| {
            std::array::from_fn(|index| entry.postings.on(Account::ALL[index]).amount())
        };
        self.journal[from..]
            .iter()
            .map(|entry| (entry.cause, row(entry)))
            .collect()
    }

    /// Balances of the accounts.
    pub fn balances(&self) -> AccountAmounts {
        let rows = self.posted(0);
        std::array::from_fn(|index| rows.iter().map(|(_, row)| row[index]).sum())
    }

    /// Pending calls with their amounts.
    pub fn open(&self) -> Vec<(GatewayCallKind, i64)> {
        self.payment()
            .pending_calls
            .iter()
            .map(|call| (call.kind, call.amount.amount()))
            .collect()
    }

    /// Payouts: amount, withheld part, and status.
    pub fn payouts(&self) -> Vec<(i64, i64, PayoutStatus)> {
        let short =
            |it: &crate::payment::Payout| (it.amount.amount(), it.withheld.amount(), it.status);
        self.payment().payouts.iter().map(short).collect()
    }
}
