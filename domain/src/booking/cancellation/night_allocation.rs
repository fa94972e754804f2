//! Allocation of a price to its nights.

use crate::booking::pricing::price::{LineKind, Price, PriceLine};
use crate::shared::money::{Money, MoneyError};

/// Value of each night on each host line: its own price, its share of the discounts (in proportion
/// to its price), and its extra-guest fee. The shares of a line sum to the line.
pub(crate) struct NightAllocation<'a> {
    price: &'a Price,
    lines: Vec<Shares>,
}

/// Allocation of one line to nights.
enum Shares {
    /// Nights of the line at their own prices.
    OwnPrice,
    /// One share for each night.
    Each(Vec<Money>),
    /// A fee for the whole stay, not allocated to nights.
    Stay,
}

impl<'a> NightAllocation<'a> {
    pub(crate) fn of(price: &'a Price) -> Result<Self, MoneyError> {
        let prices: Vec<i64> = price
            .nights
            .iter()
            .map(|night| night.amount.amount())
            .collect();
        let even = vec![1; prices.len()];
        let shares = |line: &PriceLine| match line.kind {
            LineKind::Nights => Ok(Shares::OwnPrice),
            LineKind::ExtraGuestFee => line.amount.split(&even).map(Shares::Each),
            LineKind::LengthOfStayDiscount
            | LineKind::EarlyBirdDiscount
            | LineKind::LastMinuteDiscount
            | LineKind::NonRefundableDiscount => {
                // Free nights cannot be weights; discounts are then split evenly.
                line.amount
                    .split(&prices)
                    .or_else(|_| line.amount.split(&even))
                    .map(Shares::Each)
            }
            LineKind::CleaningFee | LineKind::PetFee | LineKind::ServiceFee | LineKind::Tax => {
                Ok(Shares::Stay)
            }
        };
        let lines = price.host_lines().map(shares).collect::<Result<_, _>>()?;
        Ok(Self { price, lines })
    }

    /// Value of the nights after the first 0, 1, 2 … on each host line, as [`Self::after`].
    pub(crate) fn after_each(&self) -> Result<Vec<Vec<Money>>, MoneyError> {
        let mut later = vec![Money::zero(self.price.currency()); self.lines.len()];
        let mut all = vec![later.clone()];
        for (index, night) in self.price.nights.iter().enumerate().rev() {
            if let Some(sum) = later.get_mut(night.line) {
                *sum = sum.checked_add(night.amount)?;
            }
            for (sum, shares) in later.iter_mut().zip(&self.lines) {
                if let Shares::Each(shares) = shares
                    && let Some(&share) = shares.get(index)
                {
                    *sum = sum.checked_add(share)?;
                }
            }
            all.push(later.clone());
        }
        all.reverse();
        Ok(all)
    }

    /// Value of the nights after the first `kept` on each host line; zero on lines for the whole
    /// stay.
    pub(crate) fn after(&self, kept: u32) -> Result<Vec<Money>, MoneyError> {
        let (kept, currency) = (kept as usize, self.price.currency());
        let mut later = vec![Money::zero(currency); self.lines.len()];
        for night in self.price.nights.iter().skip(kept) {
            if let Some(sum) = later.get_mut(night.line) {
                *sum = sum.checked_add(night.amount)?;
            }
        }
        for (sum, shares) in later.iter_mut().zip(&self.lines) {
            if let Shares::Each(shares) = shares {
                *sum = Money::sum(currency, shares.iter().skip(kept).copied())?;
            }
        }
        Ok(later)
    }
}
