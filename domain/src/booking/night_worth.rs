//! What single nights of a price are worth.

use super::{Line, LineKind, Price};
use crate::shared::{Money, MoneyError};

/// What each night is worth on each of the host's lines: its own price, its share of the discounts (in
/// proportion to its price), and its extra-guest fee. The shares of a line sum to the line.
pub(super) struct NightWorth<'a> {
    price: &'a Price,
    lines: Vec<Shares>,
}

/// How a line is made of nights.
enum Shares {
    /// Each night that is on the line is there at its price.
    OwnPrice,
    /// So much for each night.
    Each(Vec<Money>),
    /// It is for the stay and has no nights.
    Stay,
}

impl<'a> NightWorth<'a> {
    pub(super) fn of(price: &'a Price) -> Result<Self, MoneyError> {
        let prices: Vec<i64> = price
            .nights
            .iter()
            .map(|night| night.amount.amount())
            .collect();
        let even = vec![1; prices.len()];
        let shares = |line: &Line| match line.kind {
            LineKind::Nights => Ok(Shares::OwnPrice),
            LineKind::ExtraGuestFee => line.amount.split(&even).map(Shares::Each),
            LineKind::LengthOfStayDiscount
            | LineKind::EarlyBirdDiscount
            | LineKind::LastMinuteDiscount
            | LineKind::NonRefundableDiscount => {
                // Nights that cost nothing have nothing to be taken off in proportion to.
                line.amount
                    .split(&prices)
                    .or_else(|_| line.amount.split(&even))
                    .map(Shares::Each)
            }
            LineKind::CleaningFee | LineKind::PetFee | LineKind::ServiceFee | LineKind::Tax => {
                Ok(Shares::Stay)
            }
        };
        let lines = price.hosts_lines().map(shares).collect::<Result<_, _>>()?;
        Ok(Self { price, lines })
    }

    /// What the nights after the first `kept` are worth on each of the host's lines; nothing on lines of the stay.
    pub(super) fn after(&self, kept: u32) -> Result<Vec<Money>, MoneyError> {
        let (kept, currency) = (kept as usize, self.price.currency());
        let mut later = vec![Money::zero(currency); self.lines.len()];
        for night in self.price.nights.iter().skip(kept) {
            if let Some(sum) = later.get_mut(night.line) {
                *sum = sum.plus(night.amount)?;
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
