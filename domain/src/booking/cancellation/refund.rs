//! Refunds, line by line. For every line, refunded and retained amounts sum to the amount paid.

use chrono::{DateTime, Utc};

use crate::booking::cancellation::deadlines::Deadlines;
use crate::booking::cancellation::night_allocation::NightAllocation;
use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::cancellation::refund_rule::RefundRule;
use crate::booking::pricing::price::{LineKind, Price, PriceLine};
use crate::shared::basis_points::BasisPoints;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::money::{Money, MoneyError};

/// Refund of one price line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RefundLine {
    /// Kind of the price line.
    pub kind: LineKind,
    /// Amount paid.
    pub paid: Money,
    /// Amount refunded; the rest is retained.
    pub refunded: Money,
}

/// Refund of a price.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Refund {
    /// Refunded lines, in the order of the price.
    pub lines: Vec<RefundLine>,
    /// Total refunded: between zero and the amount paid.
    pub refund: Money,
    /// Total retained.
    pub kept: Money,
}

impl Refund {
    /// Refund of a cancellation by the guest at an instant. The instant of a deadline still counts
    /// as in time.
    ///
    /// The policy decides the refund of each host line, rounded by itself; taxes follow the sum of
    /// those lines pro rata; the service fee is refunded only when everything else is.
    ///
    /// Source: the domain rules of Sojourn, section *Cancellation by the guest*.
    ///
    /// # Errors
    /// [`MoneyError`] when the amounts of the lines cannot be combined.
    pub fn by_guest(
        policy: RefundPolicy,
        price: &Price,
        deadlines: &Deadlines,
        terms: &MarketplaceTerms,
        at: DateTime<Utc>,
    ) -> Result<Self, MoneyError> {
        RefundCalculator::of(price).apply(RefundRule::of(policy, deadlines, terms, at))
    }

    /// Refund of the whole price.
    ///
    /// # Errors
    /// [`MoneyError`] when amounts cannot be combined or overflow.
    pub fn full(price: &Price) -> Result<Self, MoneyError> {
        Self::of_lines(price, |line| Ok(line.amount))
    }

    /// Share granted by an admin, applied to every line including service fee and taxes.
    ///
    /// # Errors
    /// [`MoneyError`] when amounts cannot be combined or overflow.
    pub fn granted(price: &Price, share: BasisPoints) -> Result<Self, MoneyError> {
        let mut hosts = host_line_percentages(price, share)?.into_iter();
        Self::of_lines(price, |line| match line.kind {
            LineKind::ServiceFee | LineKind::Tax => line.amount.checked_percent(share),
            _ => Ok(hosts.next().unwrap_or(Money::zero(price.currency()))),
        })
    }

    fn of_lines(
        price: &Price,
        mut refunded: impl FnMut(&PriceLine) -> Result<Money, MoneyError>,
    ) -> Result<Self, MoneyError> {
        let mut refund = Money::zero(price.currency());
        let mut lines = Vec::with_capacity(price.lines.len());
        for line in &price.lines {
            let refunded = refunded(line)?;
            refund = refund.checked_add(refunded)?;
            lines.push(RefundLine {
                kind: line.kind,
                paid: line.amount,
                refunded,
            });
        }
        Ok(Self {
            lines,
            refund,
            kept: price.total.checked_sub(refund)?,
        })
    }
}

/// Calculates refunds of one price. The allocation to nights is calculated once, on first use, and the sums that bound
/// the refunds once for each rule, so that a whole schedule takes time in proportion to its nights and lines.
pub(crate) struct RefundCalculator<'a> {
    price: &'a Price,
    /// Value of the nights after the first 0, 1, 2 … on each host line.
    later: Option<Vec<Vec<Money>>>,
    least: LeastSums,
}

/// The least sum of the host lines that is refunded when at most the first 0, 1, 2 … nights are retained.
struct LeastSums {
    others: BasisPoints,
    fees: bool,
    sums: Vec<i64>,
}

impl LeastSums {
    const fn new(others: BasisPoints, fees: bool) -> Self {
        Self {
            others,
            fees,
            sums: Vec::new(),
        }
    }

    /// The least sum for the first `kept` nights, which are as many as the values at most.
    fn up_to(
        &mut self,
        kept: usize,
        price: &Price,
        later: &[Vec<Money>],
    ) -> Result<i64, MoneyError> {
        let known = self.sums.len();
        for values in later.iter().take(kept.saturating_add(1)).skip(known) {
            let mut sum = Money::zero(price.currency());
            for refunded in refund_later_nights(price, values, self.others, self.fees) {
                sum = sum.checked_add(refunded?)?;
            }
            let before = self.sums.last().copied().unwrap_or(i64::MAX);
            self.sums.push(before.min(sum.amount()));
        }
        Ok(self.sums.get(kept).copied().unwrap_or(i64::MAX))
    }
}

impl<'a> RefundCalculator<'a> {
    pub(crate) const fn of(price: &'a Price) -> Self {
        Self {
            price,
            later: None,
            least: LeastSums::new(BasisPoints::ZERO, false),
        }
    }

    pub(crate) fn apply(&mut self, rule: RefundRule) -> Result<Refund, MoneyError> {
        match rule {
            RefundRule::All => Refund::full(self.price),
            RefundRule::Percent(share) => {
                self.with_host_refunds(host_line_percentages(self.price, share)?)
            }
            RefundRule::AfterNights { kept, others, fees } => {
                let hosts = self.after_nights(kept, others, fees)?;
                self.with_host_refunds(hosts)
            }
        }
    }

    /// Refund of each host line when the first nights are retained. Its sum is bounded by the sums
    /// for fewer retained nights, so that it never rises from night to night, however discounts and
    /// shares are rounded.
    fn after_nights(
        &mut self,
        kept: u32,
        others: BasisPoints,
        fees: bool,
    ) -> Result<Vec<Money>, MoneyError> {
        let later = match self.later.take() {
            Some(later) => later,
            None => NightAllocation::of(self.price)?.after_each()?,
        };
        let later = self.later.insert(later);
        if (self.least.others, self.least.fees) != (others, fees) {
            self.least = LeastSums::new(others, fees);
        }
        let kept = (kept as usize).min(later.len().saturating_sub(1));
        let least = self.least.up_to(kept, self.price, later)?;
        let values = later.get(kept).map(Vec::as_slice).unwrap_or_default();
        let refunded = refund_later_nights(self.price, values, others, fees);
        let mut refunded = refunded.collect::<Result<Vec<_>, _>>()?;
        fit_to_paid(self.price, &mut refunded, least)?;
        Ok(refunded)
    }

    fn with_host_refunds(&self, hosts: Vec<Money>) -> Result<Refund, MoneyError> {
        let zero = Money::zero(self.price.currency());
        let base = self.price.host_subtotal()?.amount();
        let refunded = Money::sum(self.price.currency(), hosts.iter().copied())?.amount();
        let mut hosts = hosts.into_iter();
        Refund::of_lines(self.price, |line| match line.kind {
            LineKind::ServiceFee => Ok(zero),
            LineKind::Tax => line.amount.checked_fraction(refunded, base),
            _ => Ok(hosts.next().unwrap_or(zero)),
        })
    }
}

fn host_line_percentages(price: &Price, share: BasisPoints) -> Result<Vec<Money>, MoneyError> {
    let mut refunded = price
        .host_lines()
        .map(|line| line.amount.checked_percent(share))
        .collect::<Result<Vec<_>, _>>()?;
    fit_to_paid(price, &mut refunded, i64::MAX)?;
    Ok(refunded)
}

/// Refund of each host line when these values of later nights are not retained.
fn refund_later_nights(
    price: &Price,
    values: &[Money],
    others: BasisPoints,
    fees: bool,
) -> impl Iterator<Item = Result<Money, MoneyError>> {
    price
        .host_lines()
        .zip(values)
        .map(move |(line, value)| match line.kind {
            LineKind::CleaningFee | LineKind::PetFee if fees => Ok(line.amount),
            _ => value.checked_percent(others),
        })
}

/// Lines that are rounded separately can sum to a few units below zero, above the amount paid, or
/// above an earlier refund (`most`). This takes those units from, or adds them to, the first lines
/// that have room.
fn fit_to_paid(price: &Price, refunded: &mut [Money], most: i64) -> Result<(), MoneyError> {
    let sum = Money::sum(price.currency(), refunded.iter().copied())?;
    let most = most.min(price.host_subtotal()?.amount()).max(0);
    let mut missing = sum.amount().clamp(0, most) - sum.amount();
    for (refunded, line) in refunded.iter_mut().zip(price.host_lines()) {
        let (least, most) = (line.amount.amount().min(0), line.amount.amount().max(0));
        let fitted = (refunded.amount() + missing).clamp(least, most);
        missing -= fitted - refunded.amount();
        *refunded = Money::new(fitted, refunded.currency());
    }
    Ok(())
}
