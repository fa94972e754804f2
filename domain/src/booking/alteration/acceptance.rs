//! The side that accepts an alteration.

use chrono::{DateTime, TimeDelta, Utc};

use crate::booking::booking::Booking;
use crate::booking::cancellation::refund::{Refund, RefundCalculator};
use crate::booking::cancellation::refund_rule::RefundRule;
use crate::booking::cancellation::refund_schedule::refund_deadlines;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::booking::pricing::altered_price::AlteredPrice;
use crate::booking::pricing::price::Price;
use crate::property::enums::BookingMode;
use crate::shared::booking_role::BookingRole;
use crate::shared::money::MoneyError;
use crate::shared::stay::Stay;
use crate::shared::string_enum::string_enum;

string_enum! {
    /// The side that accepts an alteration.
    AcceptedBy {
        /// It applies without an answer: before payment, or at an instant property when it costs
        /// the host nothing.
        Instant = "instant",
        /// The host must accept the guest's proposal.
        Host = "host",
        /// The guest must accept the host's proposal.
        Guest = "guest",
    }
}

impl Booking {
    /// The side that accepts an alteration to this stay and price when `by` requests it now.
    /// `mode` is the property's present booking mode.
    ///
    /// An instant property accepts a guest's proposal by itself only when it costs the host
    /// nothing: when cancelling now would refund everything, or when no night is dropped, the
    /// host's payout does not fall, and a cancellation would not leave the host less than before.
    ///
    /// Source: the domain rules of Sojourn, section *Alterations*.
    ///
    /// # Errors
    /// [`MoneyError`] when amounts cannot be combined or overflow.
    pub fn alteration_accepted_by(
        &self,
        by: BookingRole,
        mode: BookingMode,
        price: &AlteredPrice,
        now: DateTime<Utc>,
    ) -> Result<AcceptedBy, MoneyError> {
        if self.status == BookingStatus::PendingPayment {
            return Ok(AcceptedBy::Instant);
        }
        if by == BookingRole::Host {
            return Ok(AcceptedBy::Guest);
        }
        if mode == BookingMode::Instant
            && (self.is_fully_refundable(now)?
                || self.leaves_host_no_less(price.stay(), price, now)?)
        {
            return Ok(AcceptedBy::Instant);
        }
        Ok(AcceptedBy::Host)
    }

    /// Returns `true` if a cancellation by the guest now would refund everything.
    fn is_fully_refundable(&self, now: DateTime<Utc>) -> Result<bool, MoneyError> {
        let refund = Refund::by_guest(
            self.policy,
            &self.price,
            &self.deadlines(),
            &self.terms,
            now,
        )?;
        Ok(refund.refund == self.price.total)
    }

    /// Returns `true` if the alteration drops no night, does not lower the host's payout, and
    /// leaves the host no less after a cancellation by the guest now. Where another policy would
    /// apply, this must hold for a cancellation at any later time too.
    fn leaves_host_no_less(
        &self,
        stay: Stay,
        price: &Price,
        now: DateTime<Utc>,
    ) -> Result<bool, MoneyError> {
        let drops_none =
            stay.check_in() <= self.stay.check_in() && self.stay.check_out() <= stay.check_out();
        if !drops_none || price.host_payout.amount() < self.price.host_payout.amount() {
            return Ok(false);
        }
        let mut altered = self.clone();
        altered.agree_on(stay, self.guests, price.clone());
        let mut instants = vec![now];
        if altered.policy != self.policy {
            let deadlines =
                [self, &altered].map(|it| refund_deadlines(it.policy, &it.deadlines(), &it.terms));
            let later = deadlines.into_iter().flatten().filter(|&it| it >= now);
            instants.extend(later.flat_map(|it| [it, it + TimeDelta::nanoseconds(1)]));
        }
        let before = self.retained_by_host(&instants)?;
        let after = altered.retained_by_host(&instants)?;
        Ok(before
            .iter()
            .zip(&after)
            .all(|(before, after)| before <= after))
    }

    /// Sum of the host's lines that a cancellation by the guest at each instant would not refund,
    /// in minor units.
    fn retained_by_host(&self, instants: &[DateTime<Utc>]) -> Result<Vec<i64>, MoneyError> {
        let (deadlines, mut refunds) = (self.deadlines(), RefundCalculator::of(&self.price));
        let retained = instants.iter().map(|&at| {
            let rule = RefundRule::of(self.policy, &deadlines, &self.terms, at);
            let refund = refunds.apply(rule)?;
            let lines = refund.lines.iter().filter(|line| line.kind.is_host_line());
            lines
                .map(|line| line.paid.checked_sub(line.refunded))
                .try_fold(0_i64, |sum, kept| Ok(sum.saturating_add(kept?.amount())))
        });
        retained.collect()
    }
}
