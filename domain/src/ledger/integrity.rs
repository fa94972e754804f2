//! Integrity check of a booking's nights, payment and journal.

use crate::journal::entry::{JournalEntry, PostingReason};
use crate::journal::postings::Account;
use crate::ledger::booking_snapshot::{BookingSnapshot, Finding, IntegrityCheck};
use crate::ledger::funds_allocation::{
    BookingFunds, FundsAllocation, funds_allocation, owed_to_guest,
};
use crate::payment::payment::Payment;
use crate::payment::payout::PayoutStatus;
use crate::property::calendar::{ClaimKind, NightClaim};
use crate::shared::local_time::local_date;
use crate::shared::money::{Money, MoneyError};

/// Returns every inconsistency of a booking; empty if it is consistent.
#[must_use]
pub fn check_integrity(snapshot: &BookingSnapshot) -> Vec<Finding> {
    let mut checker = IntegrityChecker {
        snapshot,
        findings: Vec::new(),
    };
    if let Err(error) = checker.check_money() {
        checker.report(
            IntegrityCheck::Allocation,
            format!("the amounts cannot be combined: {error}"),
        );
    }
    checker.check_nights();
    checker.findings
}

struct IntegrityChecker<'a> {
    snapshot: &'a BookingSnapshot,
    findings: Vec<Finding>,
}

impl IntegrityChecker<'_> {
    fn report(&mut self, check: IntegrityCheck, detail: String) {
        let booking = &self.snapshot.booking;
        let (property_id, booking_id) = (booking.property_id, Some(booking.id));
        self.findings.push(Finding {
            property_id,
            booking_id,
            check,
            detail,
        });
    }

    fn require_equal(&mut self, check: IntegrityCheck, what: &str, is: Money, should: Money) {
        if is != should {
            self.report(check, format!("{what}: {is}, should be {should}"));
        }
    }

    /// Sum of the journal on an account, for the selected causes.
    fn posted(
        &self,
        account: Account,
        counts: impl Fn(PostingReason) -> bool,
    ) -> Result<Money, MoneyError> {
        let entries = self
            .snapshot
            .journal
            .iter()
            .filter(|entry| counts(entry.cause));
        Money::sum(
            self.snapshot.booking.price.currency(),
            entries.map(|entry| entry.postings.on(account)),
        )
    }

    fn check_money(&mut self) -> Result<(), MoneyError> {
        let BookingSnapshot {
            booking, payment, ..
        } = self.snapshot;
        let funds = BookingFunds {
            booking,
            payment: payment.as_ref(),
        };
        let zero = Money::zero(booking.price.currency());
        let allocation = funds_allocation(funds)?;
        let paid = payment
            .as_ref()
            .map_or(Ok(zero), |it| it.captured().checked_sub(it.refunded()))?;
        self.check_shares(&allocation)?;
        self.check_guest_money(&allocation, paid)?;
        self.check_owed(owed_to_guest(funds)?);
        payment.as_ref().map_or(Ok(()), |payment| {
            self.check_payouts(payment, allocation.host)
        })
    }

    /// Shares of host, marketplace and tax authorities in the journal against their allocation.
    fn check_shares(&mut self, allocation: &FundsAllocation) -> Result<(), MoneyError> {
        let host = self.posted(Account::HostPayable, earned)?.checked_mul(-1)?;
        self.require_equal(
            IntegrityCheck::Allocation,
            "host share in the journal",
            host,
            allocation.host,
        );
        let platform = self
            .posted(Account::PlatformRevenue, earned)?
            .checked_mul(-1)?;
        self.require_equal(
            IntegrityCheck::Allocation,
            "marketplace share in the journal",
            platform,
            allocation.platform,
        );
        let tax = self
            .posted(Account::TaxPayable, |_| true)?
            .checked_mul(-1)?;
        self.require_equal(
            IntegrityCheck::Allocation,
            "taxes in the journal",
            tax,
            allocation.tax,
        );
        Ok(())
    }

    /// The guest's money and debt in the journal against what was paid and not refunded.
    fn check_guest_money(
        &mut self,
        allocation: &FundsAllocation,
        paid: Money,
    ) -> Result<(), MoneyError> {
        let cash = self.posted(Account::ProcessorCash, earned)?;
        self.require_equal(
            IntegrityCheck::Cash,
            "the guest's money in the journal",
            cash,
            paid,
        );
        let receivable = self.posted(Account::GuestReceivable, |_| true)?;
        let owes = allocation.total()?.checked_sub(paid)?;
        self.require_equal(
            IntegrityCheck::Receivable,
            "the guest's debt in the journal",
            receivable,
            owes,
        );
        Ok(())
    }

    fn check_owed(&mut self, owed: Money) {
        match owed.amount() {
            1.. => self.report(
                IntegrityCheck::OwedToGuest,
                format!("{owed} is owed to the guest and not being refunded"),
            ),
            0 => {}
            _ => self.report(
                IntegrityCheck::Unpaid,
                format!("the guest paid {owed} too little"),
            ),
        }
    }

    fn check_payouts(&mut self, payment: &Payment, host: Money) -> Result<(), MoneyError> {
        let left = Money::new(
            host.checked_sub(payment.total_sent())?.amount().max(0),
            host.currency(),
        );
        self.require_equal(
            IntegrityCheck::Payouts,
            "scheduled payouts",
            payment.total_scheduled(),
            left,
        );

        let paid = payment
            .payouts
            .iter()
            .filter(|payout| payout.status == PayoutStatus::Paid);
        let paid = paid.map(|payout| payout.amount.checked_sub(payout.withheld));
        let paid = Money::sum(host.currency(), paid.collect::<Result<Vec<_>, _>>()?)?;
        let posted = self.posted(Account::HostPayable, |cause| cause == PostingReason::Payout)?;
        self.require_equal(
            IntegrityCheck::PaidOut,
            "payouts in the journal",
            posted,
            paid,
        );

        let mut own = Money::zero(host.currency());
        for payout in &payment.payouts {
            let of_it = |it: &&JournalEntry| {
                it.cause == PostingReason::Offset && it.source == payout.id.uuid()
            };
            let offsets = self.snapshot.journal.iter().filter(of_it);
            let kept = Money::sum(
                host.currency(),
                offsets.map(|it| it.postings.on(Account::HostPayable)),
            )?;
            self.require_equal(
                IntegrityCheck::PaidOut,
                "withheld part of a payout in the journal",
                kept,
                payout.withheld,
            );
            own = own.checked_add(kept)?;
        }
        let recovered = own.checked_sub(self.posted(Account::HostPayable, reduces_debt)?)?;
        let owed = payment.total_sent().checked_sub(host)?;
        if recovered.amount() > owed.amount().max(0) {
            self.report(
                IntegrityCheck::PaidOut,
                format!(
                    "{recovered} was withheld from other payouts or waived for a debt of {owed}"
                ),
            );
        }
        Ok(())
    }

    /// An active booking must hold exactly the claims of its state. An ended one must hold the
    /// nights that were stayed and, of its own nights, no others than its state allows; claims that
    /// an earlier version of the rules left behind are accepted, and blocks may have been lifted.
    fn check_nights(&mut self) {
        let BookingSnapshot {
            booking, claims, ..
        } = self.snapshot;
        let should = booking.claims();
        let ended = booking.status.is_terminal();
        let nights = booking.stay.dates();
        let own: Vec<_> = nights
            .clone()
            .chain(booking.stay.nights_after(booking.preparation_nights))
            .collect();
        let earlier_rule = |claim: &NightClaim| {
            ended
                && own.contains(&claim.night)
                && match claim.kind {
                    ClaimKind::Preparation => booking.confirmation.is_some(),
                    ClaimKind::Blocked => booking.is_cancelled_by_host(),
                    _ => false,
                }
        };
        for claim in claims
            .iter()
            .filter(|claim| !should.contains(claim) && !earlier_rule(claim))
        {
            self.report(
                IntegrityCheck::Nights,
                format!("{} is {} and should not be", claim.night, claim.kind),
            );
        }
        let over = booking
            .history
            .last()
            .map(|end| local_date(booking.zone, end.at));
        let stayed: Vec<_> = nights
            .take(booking.nights_stayed_at_end() as usize)
            .filter(|&night| over.is_none_or(|over| night < over))
            .collect();
        let needed = |claim: &&NightClaim| !ended || stayed.contains(&claim.night);
        for claim in should
            .iter()
            .filter(needed)
            .filter(|claim| !claims.contains(claim))
        {
            self.report(
                IntegrityCheck::Nights,
                format!("{} is not {} and should be", claim.night, claim.kind),
            );
        }
    }
}

/// True for postings of earnings; payouts, offsets and waivers move what was earned before.
fn earned(reason: PostingReason) -> bool {
    !matches!(reason, PostingReason::Payout) && !reduces_debt(reason)
}

/// True for postings that reduce a host's debt.
fn reduces_debt(reason: PostingReason) -> bool {
    matches!(reason, PostingReason::Offset | PostingReason::Waiver)
}
