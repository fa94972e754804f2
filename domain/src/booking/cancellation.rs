//! What comes back, line by line. Refund and kept sum to what was paid, for every line, always.

use chrono::{DateTime, Utc};

use super::night_worth::NightWorth;
use super::refund_share::RefundShare;
use super::{Deadlines, Line, LineKind, Price, RefundPolicy};
use crate::shared::{BasisPoints, MarketplaceTerms, Money, MoneyError};

/// What comes back of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RefundLine {
    /// What for.
    pub kind: LineKind,
    /// What was paid.
    pub paid: Money,
    /// What comes back; the rest is kept.
    pub refunded: Money,
}

/// What comes back of a price.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Refund {
    /// Line by line, in the price's order.
    pub lines: Vec<RefundLine>,
    /// What comes back: never below nothing, never above what was paid.
    pub refund: Money,
    /// What is kept.
    pub kept: Money,
}

impl Refund {
    /// What a guest gets back who cancels at an instant. A deadline's own instant counts as in time.
    ///
    /// Of the host's lines comes back what the policy says, each rounded by itself; taxes follow the sum of those
    /// lines pro rata; the service fee comes back with everything else or not at all.
    ///
    /// Source: the domain rules of Sojourn, section *Cancellation by the guest*.
    ///
    /// # Errors
    /// [`MoneyError`] when the price's lines do not fit together.
    pub fn by_guest(
        policy: RefundPolicy,
        price: &Price,
        times: &Deadlines,
        terms: &MarketplaceTerms,
        at: DateTime<Utc>,
    ) -> Result<Self, MoneyError> {
        Refunds::of(price).share(RefundShare::of(policy, times, terms, at))
    }

    /// Everything comes back.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn full(price: &Price) -> Result<Self, MoneyError> {
        Self::of_lines(price, |line| Ok(line.amount))
    }

    /// A share that an operator grants, of every line, service fee and taxes included.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn granted(price: &Price, share: BasisPoints) -> Result<Self, MoneyError> {
        let mut hosts = percent_of_hosts(price, share)?.into_iter();
        Self::of_lines(price, |line| match line.kind {
            LineKind::ServiceFee | LineKind::Tax => line.amount.percent(share),
            _ => Ok(hosts.next().unwrap_or(Money::zero(price.currency()))),
        })
    }

    fn of_lines(
        price: &Price,
        mut refunded: impl FnMut(&Line) -> Result<Money, MoneyError>,
    ) -> Result<Self, MoneyError> {
        let mut refund = Money::zero(price.currency());
        let mut lines = Vec::with_capacity(price.lines.len());
        for line in &price.lines {
            let refunded = refunded(line)?;
            refund = refund.plus(refunded)?;
            lines.push(RefundLine {
                kind: line.kind,
                paid: line.amount,
                refunded,
            });
        }
        Ok(Self {
            lines,
            refund,
            kept: price.total.minus(refund)?,
        })
    }
}

/// The refunds of one price; what its nights are worth is worked out once, when first asked for.
pub(super) struct Refunds<'a> {
    price: &'a Price,
    nights: Option<NightWorth<'a>>,
}

impl<'a> Refunds<'a> {
    pub(super) const fn of(price: &'a Price) -> Self {
        Self {
            price,
            nights: None,
        }
    }

    pub(super) fn share(&mut self, share: RefundShare) -> Result<Refund, MoneyError> {
        match share {
            RefundShare::All => Refund::full(self.price),
            RefundShare::Percent(share) => self.of_hosts(percent_of_hosts(self.price, share)?),
            RefundShare::AfterNights { kept, others, fees } => {
                let hosts = self.after_nights(kept, others, fees)?;
                self.of_hosts(hosts)
            }
        }
    }

    /// What comes back of each of the host's lines when the first nights are kept.
    fn after_nights(
        &mut self,
        kept: u32,
        others: BasisPoints,
        fees: bool,
    ) -> Result<Vec<Money>, MoneyError> {
        let nights = match self.nights.take() {
            Some(nights) => nights,
            None => NightWorth::of(self.price)?,
        };
        let mut refunded = self.nights.insert(nights).after(kept)?;
        for (refunded, line) in refunded.iter_mut().zip(self.price.hosts_lines()) {
            *refunded = match line.kind {
                LineKind::CleaningFee | LineKind::PetFee if fees => line.amount,
                _ => refunded.percent(others)?,
            };
        }
        fit(self.price, &mut refunded)?;
        Ok(refunded)
    }

    fn of_hosts(&self, hosts: Vec<Money>) -> Result<Refund, MoneyError> {
        let zero = Money::zero(self.price.currency());
        let base = self.price.hosts_base()?.amount();
        let refunded = Money::sum(self.price.currency(), hosts.iter().copied())?.amount();
        let mut hosts = hosts.into_iter();
        Refund::of_lines(self.price, |line| match line.kind {
            LineKind::ServiceFee => Ok(zero),
            LineKind::Tax => line.amount.fraction(refunded, base),
            _ => Ok(hosts.next().unwrap_or(zero)),
        })
    }
}

fn percent_of_hosts(price: &Price, share: BasisPoints) -> Result<Vec<Money>, MoneyError> {
    let mut refunded = price
        .hosts_lines()
        .map(|line| line.amount.percent(share))
        .collect::<Result<Vec<_>, _>>()?;
    fit(price, &mut refunded)?;
    Ok(refunded)
}

/// Where discounts leave next to nothing, lines that are each rounded by themselves can sum to a few units below
/// nothing or above what was paid: those units move to where they belong, on the first lines that have room.
fn fit(price: &Price, refunded: &mut [Money]) -> Result<(), MoneyError> {
    let sum = Money::sum(price.currency(), refunded.iter().copied())?;
    let mut missing = sum.amount().clamp(0, price.hosts_base()?.amount().max(0)) - sum.amount();
    for (refunded, line) in refunded.iter_mut().zip(price.hosts_lines()) {
        let (least, most) = (line.amount.amount().min(0), line.amount.amount().max(0));
        let fitted = (refunded.amount() + missing).clamp(least, most);
        missing -= fitted - refunded.amount();
        *refunded = Money::new(fitted, refunded.currency());
    }
    Ok(())
}
