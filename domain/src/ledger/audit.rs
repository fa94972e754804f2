//! Integrity check of a booking's nights, payment and journal.

use super::{
    Account, Books, Cause, Check, Dossier, Finding, JournalEntry, owed_to_guest, position,
};
use crate::payment::{EntryKind, Payment, PayoutStatus};
use crate::property::{ClaimKind, NightClaim};
use crate::shared::{Money, MoneyError};

/// Returns every inconsistency of a booking; empty if it is consistent.
#[must_use]
pub fn audit(dossier: &Dossier) -> Vec<Finding> {
    let mut review = Review {
        dossier,
        findings: Vec::new(),
    };
    if let Err(error) = review.money() {
        review.note(
            Check::Position,
            format!("the amounts cannot be combined: {error}"),
        );
    }
    review.refunds();
    review.nights();
    review.findings
}

struct Review<'a> {
    dossier: &'a Dossier,
    findings: Vec<Finding>,
}

impl Review<'_> {
    fn note(&mut self, check: Check, detail: String) {
        let booking = &self.dossier.booking;
        let (property_id, booking_id) = (booking.property_id, Some(booking.id));
        self.findings.push(Finding {
            property_id,
            booking_id,
            check,
            detail,
        });
    }

    fn agree(&mut self, check: Check, what: &str, is: Money, should: Money) {
        if is != should {
            self.note(check, format!("{what}: {is}, should be {should}"));
        }
    }

    /// Sum of the journal on an account, for the selected causes.
    fn posted(
        &self,
        account: Account,
        counts: impl Fn(Cause) -> bool,
    ) -> Result<Money, MoneyError> {
        let entries = self
            .dossier
            .journal
            .iter()
            .filter(|entry| counts(entry.cause));
        Money::sum(
            self.dossier.booking.price.currency(),
            entries.map(|entry| entry.postings.on(account)),
        )
    }

    fn money(&mut self) -> Result<(), MoneyError> {
        let Dossier {
            booking, payment, ..
        } = self.dossier;
        let books = Books {
            booking,
            payment: payment.as_ref(),
        };
        let zero = Money::zero(booking.price.currency());
        let position = position(books)?;
        let paid = payment
            .as_ref()
            .map_or(Ok(zero), |it| it.captured().minus(it.refunded()))?;

        let earned = |cause| !matches!(cause, Cause::Payout | Cause::Offset);
        let host = self.posted(Account::HostPayable, earned)?.times(-1)?;
        self.agree(
            Check::Position,
            "host share in the journal",
            host,
            position.host,
        );
        let platform = self.posted(Account::PlatformRevenue, |_| true)?.times(-1)?;
        self.agree(
            Check::Position,
            "marketplace share in the journal",
            platform,
            position.platform,
        );
        let tax = self.posted(Account::TaxPayable, |_| true)?.times(-1)?;
        self.agree(Check::Position, "taxes in the journal", tax, position.tax);

        let cash = self.posted(Account::ProcessorCash, earned)?;
        self.agree(Check::Cash, "the guest's money in the journal", cash, paid);
        let receivable = self.posted(Account::GuestReceivable, |_| true)?;
        let owes = position.total()?.minus(paid)?;
        self.agree(
            Check::Receivable,
            "the guest's debt in the journal",
            receivable,
            owes,
        );

        let owed = owed_to_guest(books)?;
        match owed.amount() {
            1.. => self.note(
                Check::OwedToGuest,
                format!("{owed} is owed to the guest and not being refunded"),
            ),
            0 => {}
            _ => self.note(Check::Unpaid, format!("the guest paid {owed} too little")),
        }
        payment
            .as_ref()
            .map_or(Ok(()), |payment| self.payouts(payment, position.host))
    }

    fn payouts(&mut self, payment: &Payment, host: Money) -> Result<(), MoneyError> {
        let left = Money::new(host.minus(payment.sent())?.amount().max(0), host.currency());
        self.agree(
            Check::Payouts,
            "scheduled payouts",
            payment.scheduled(),
            left,
        );

        let paid = payment
            .payouts
            .iter()
            .filter(|payout| payout.status == PayoutStatus::Paid);
        let paid = paid.map(|payout| payout.amount.minus(payout.withheld));
        let paid = Money::sum(host.currency(), paid.collect::<Result<Vec<_>, _>>()?)?;
        let posted = self.posted(Account::HostPayable, |cause| cause == Cause::Payout)?;
        self.agree(Check::PaidOut, "payouts in the journal", posted, paid);

        let mut own = Money::zero(host.currency());
        for payout in &payment.payouts {
            let of_it =
                |it: &&JournalEntry| it.cause == Cause::Offset && it.source == payout.id.uuid();
            let offsets = self.dossier.journal.iter().filter(of_it);
            let kept = Money::sum(
                host.currency(),
                offsets.map(|it| it.postings.on(Account::HostPayable)),
            )?;
            self.agree(
                Check::PaidOut,
                "withheld part of a payout in the journal",
                kept,
                payout.withheld,
            );
            own = own.plus(kept)?;
        }
        let recovered =
            own.minus(self.posted(Account::HostPayable, |cause| cause == Cause::Offset)?)?;
        let owed = payment.sent().minus(host)?;
        if recovered.amount() > owed.amount().max(0) {
            self.note(
                Check::PaidOut,
                format!("{recovered} was withheld from other payouts for a debt of {owed}"),
            );
        }
        Ok(())
    }

    fn refunds(&mut self) {
        let Some(payment) = &self.dossier.payment else {
            return;
        };
        let captures = payment
            .entries
            .iter()
            .filter(|entry| entry.kind == EntryKind::Capture);
        for capture in captures.clone() {
            let left = payment.left_of(capture);
            if left.amount() < 0 {
                self.note(
                    Check::Refunds,
                    format!("capture {} has {left} left after refunds", capture.id),
                );
            }
        }
        let known = |id| captures.clone().any(|capture| Some(capture.id) == id);
        for refund in payment.given_back().filter(|refund| !known(refund.against)) {
            self.note(
                Check::Refunds,
                format!("refund {} refers to no capture", refund.id),
            );
        }
    }

    /// An active booking must hold exactly the claims of its state. An ended one must hold the
    /// nights that were stayed and no other claims than its state allows; blocks may have been
    /// lifted.
    fn nights(&mut self) {
        let Dossier {
            booking, claims, ..
        } = self.dossier;
        let should = booking.claims();
        for claim in claims.iter().filter(|claim| !should.contains(claim)) {
            self.note(
                Check::Nights,
                format!("{} is {} and should not be", claim.night, claim.kind),
            );
        }
        let needed =
            |claim: &&NightClaim| !booking.status.is_terminal() || claim.kind == ClaimKind::Booked;
        for claim in should
            .iter()
            .filter(needed)
            .filter(|claim| !claims.contains(claim))
        {
            self.note(
                Check::Nights,
                format!("{} is not {} and should be", claim.night, claim.kind),
            );
        }
    }
}
