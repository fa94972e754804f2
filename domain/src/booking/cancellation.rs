//! What comes back, line by line. Refund and kept sum to what was paid, for every line, always.

use chrono::{DateTime, TimeDelta, Utc};

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
    /// What comes back.
    pub refund: Money,
    /// What is kept.
    pub kept: Money,
}

/// How much of the host's lines comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Share {
    /// Everything, service fee and taxes included.
    All,
    /// So much of every line.
    Percent(BasisPoints),
    /// All but the first nights; of the nights after those, so much.
    AfterNights { kept: u32, others: BasisPoints, fees: bool },
}

impl Refund {
    /// What a guest gets back who cancels at an instant. A deadline's own instant counts as in time.
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
        Self::of(price, share(policy, times, terms, at))
    }

    /// Everything comes back.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn full(price: &Price) -> Result<Self, MoneyError> {
        Self::of(price, Share::All)
    }

    /// A share that an operator grants, of every line, service fee and taxes included.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn granted(price: &Price, share: BasisPoints) -> Result<Self, MoneyError> {
        Self::sum(price, |line| line.amount.percent(share))
    }

    fn of(price: &Price, share: Share) -> Result<Self, MoneyError> {
        let hosts: Vec<Money> = match share {
            Share::All => return Self::sum(price, |line| Ok(line.amount)),
            Share::Percent(part) => {
                hosts_lines(price).map(|line| line.amount.percent(part)).collect::<Result<_, _>>()?
            }
            Share::AfterNights { kept, others, fees } => after_nights(price, kept, others, fees)?,
        };
        let base = price.hosts_base()?.amount();
        let refunded = Money::sum(price.currency(), hosts.iter().copied())?.amount();
        let mut hosts = hosts.into_iter();
        Self::sum(price, |line| match line.kind {
            LineKind::ServiceFee => Ok(Money::zero(price.currency())),
            LineKind::Tax => line.amount.fraction(refunded, base),
            _ => Ok(hosts.next().unwrap_or(Money::zero(price.currency()))),
        })
    }

    fn sum(
        price: &Price,
        mut refunded: impl FnMut(&Line) -> Result<Money, MoneyError>,
    ) -> Result<Self, MoneyError> {
        let lines = price
            .lines
            .iter()
            .map(|line| Ok(RefundLine { kind: line.kind, paid: line.amount, refunded: refunded(line)? }));
        let lines = lines.collect::<Result<Vec<_>, MoneyError>>()?;
        let refund = Money::sum(price.currency(), lines.iter().map(|line| line.refunded))?;
        Ok(Self { lines, refund, kept: price.total.minus(refund)? })
    }
}

fn hosts_lines(price: &Price) -> impl Iterator<Item = &Line> {
    price.lines.iter().filter(|line| line.kind.is_hosts())
}

/// The table of policies.
fn share(policy: RefundPolicy, times: &Deadlines, terms: &MarketplaceTerms, at: DateTime<Utc>) -> Share {
    if policy.has_grace() && times.grace_ends(terms).is_some_and(|end| at <= end) {
        return Share::All;
    }
    let before = at <= times.check_in();
    let nights =
        |kept: u32, others| Share::AfterNights { kept: times.nights_stayed(at) + kept, others, fees: before };
    let steps = |full: Option<u32>, half: u32| {
        if full.is_some_and(|days| at <= times.days_before(days)) {
            Share::All
        } else if at <= times.days_before(half) {
            Share::Percent(BasisPoints::HALF)
        } else {
            Share::Percent(BasisPoints::ZERO)
        }
    };
    match policy {
        RefundPolicy::Flexible if at <= times.hours_before(24) => Share::All,
        RefundPolicy::Flexible => nights(1, BasisPoints::WHOLE),
        RefundPolicy::Moderate if at <= times.days_before(5) => Share::All,
        RefundPolicy::Moderate => nights(1, BasisPoints::HALF),
        RefundPolicy::Limited => steps(Some(14), 7),
        RefundPolicy::Firm => steps(Some(30), 7),
        RefundPolicy::Strict => steps(None, 7),
        RefundPolicy::SuperStrict30 => steps(None, 30),
        RefundPolicy::SuperStrict60 => steps(None, 60),
        RefundPolicy::NonRefundable => Share::Percent(BasisPoints::ZERO),
        RefundPolicy::LongTermFirm if at <= times.days_before(30) => Share::All,
        RefundPolicy::LongTermStrict
            if at <= times.booked_at + TimeDelta::hours(48) && at <= times.days_before(28) =>
        {
            Share::All
        }
        RefundPolicy::LongTermFirm | RefundPolicy::LongTermStrict => nights(30, BasisPoints::WHOLE),
    }
}

/// What comes back of each of the host's lines when the first nights are kept: of the later nights, their
/// prices, their shares of the discounts, and their extra-guest fees; cleaning and pet fees whole or not at all.
fn after_nights(price: &Price, kept: u32, others: BasisPoints, fees: bool) -> Result<Vec<Money>, MoneyError> {
    let currency = price.currency();
    let back = |index: usize| index >= kept as usize;
    let weights: Vec<i64> = price.nights.iter().map(|night| night.amount.amount()).collect();
    let even = vec![1; weights.len()];
    let of_later = |line: &Line, weights: &[i64]| {
        let parts = line.amount.split(weights).or_else(|_| line.amount.split(&even))?;
        let later = parts.into_iter().enumerate().filter(|&(index, _)| back(index)).map(|(_, part)| part);
        Money::sum(currency, later)?.percent(others)
    };
    let refunded = hosts_lines(price).enumerate().map(|(position, line)| match line.kind {
        LineKind::Nights => {
            let own = price
                .nights
                .iter()
                .enumerate()
                .filter(|&(index, night)| night.line == position && back(index));
            Money::sum(currency, own.map(|(_, night)| night.amount))?.percent(others)
        }
        LineKind::CleaningFee | LineKind::PetFee if fees => Ok(line.amount),
        LineKind::CleaningFee | LineKind::PetFee => Ok(Money::zero(currency)),
        LineKind::ExtraGuestFee => of_later(line, &even),
        _ => of_later(line, &weights),
    });
    refunded.collect()
}
