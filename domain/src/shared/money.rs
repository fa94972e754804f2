//! Amounts of money: integer minor units and a currency. No floats.

use std::fmt;

use super::BasisPoints;

/// An ISO 4217 currency. Its exponent (digits of the minor unit) comes from the ISO table.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct Currency(iso_currency::Currency);

/// Why an amount cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Two amounts of different currencies met.
    #[error("amounts of different currencies cannot be combined")]
    CurrencyMismatch,
    /// The result does not fit in 64 bits.
    #[error("the amount is too large")]
    Overflow,
    /// No ISO 4217 code.
    #[error("not an ISO 4217 currency code")]
    UnknownCurrency,
    /// A sum was to be split over weights that are negative or all zero.
    #[error("a sum needs weights of which at least one is above zero")]
    NoWeights,
}

impl Currency {
    /// Reads a three-letter code in upper case.
    ///
    /// # Errors
    /// [`MoneyError::UnknownCurrency`].
    pub fn parse(code: &str) -> Result<Self, MoneyError> {
        iso_currency::Currency::from_code(code).map(Self).ok_or(MoneyError::UnknownCurrency)
    }

    /// The three-letter code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Digits after the point: 2 for USD, 0 for JPY, 3 for KWD. Currencies without a minor unit count 0.
    #[must_use]
    pub fn exponent(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(code: String) -> Result<Self, MoneyError> {
        Self::parse(&code)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

/// An amount in minor units of a currency (cents, yen, fils). May be negative: a discount is.
///
/// ```
/// use sojourn_domain::shared::{BasisPoints, Currency, Money};
///
/// let kwd = Currency::parse("KWD")?;
/// assert_eq!(kwd.exponent(), 3);
/// let price = Money::new(10_005, kwd);
/// assert_eq!(price.to_string(), "10.005 KWD");
/// assert_eq!(price.percent(BasisPoints::try_new(1_000)?)?, Money::new(1_001, kwd)); // 1000.5, away from zero
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Money {
    amount: i64,
    currency: Currency,
}

impl Money {
    /// An amount in minor units.
    #[must_use]
    pub const fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Nothing, in a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Minor units.
    #[must_use]
    pub const fn amount(self) -> i64 {
        self.amount
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether the amount is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.amount == 0
    }

    /// The sum.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] or [`MoneyError::Overflow`].
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.with(other, i64::checked_add)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] or [`MoneyError::Overflow`].
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.with(other, i64::checked_sub)
    }

    fn with(self, other: Self, op: fn(i64, i64) -> Option<i64>) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        op(self.amount, other.amount).map(|sum| Self::new(sum, self.currency)).ok_or(MoneyError::Overflow)
    }

    /// The amount so many times.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn times(self, count: i64) -> Result<Self, MoneyError> {
        self.amount.checked_mul(count).map(|n| Self::new(n, self.currency)).ok_or(MoneyError::Overflow)
    }

    /// A share of the amount, rounded once, half away from zero.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`]: a share may be above the whole when the basis points are above 10,000.
    pub fn percent(self, share: BasisPoints) -> Result<Self, MoneyError> {
        self.fraction(share.get().into(), BasisPoints::WHOLE.get().into())
    }

    /// `amount × part / whole`, rounded once, half away from zero. Nothing when `whole` is 0.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn fraction(self, part: i64, whole: i64) -> Result<Self, MoneyError> {
        if whole == 0 {
            return Ok(Self::zero(self.currency));
        }
        let product = i128::from(self.amount) * i128::from(part);
        let whole = i128::from(whole);
        let (magnitude, divisor) = (product.abs(), whole.abs());
        let rounded = magnitude / divisor + i128::from(2 * (magnitude % divisor) >= divisor);
        let signed = if (product < 0) == (whole < 0) { rounded } else { -rounded };
        i64::try_from(signed).map(|n| Self::new(n, self.currency)).map_err(|_| MoneyError::Overflow)
    }

    /// Splits the amount in proportion to the weights by the largest-remainder method, so that the parts sum
    /// to the whole exactly. Of equal remainders the earlier part gets the unit.
    ///
    /// # Errors
    /// [`MoneyError::NoWeights`] when a weight is negative or all are zero; [`MoneyError::Overflow`].
    pub fn split(self, weights: &[i64]) -> Result<Vec<Self>, MoneyError> {
        let total: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
        if total <= 0 || weights.iter().any(|&weight| weight < 0) {
            return Err(MoneyError::NoWeights);
        }
        let magnitude = i128::from(self.amount).abs();
        let mut parts: Vec<i128> = Vec::with_capacity(weights.len());
        let mut remainders: Vec<(i128, usize)> = Vec::with_capacity(weights.len());
        for (index, &weight) in weights.iter().enumerate() {
            let share = magnitude * i128::from(weight);
            parts.push(share / total);
            remainders.push((share % total, index));
        }
        let missing = magnitude - parts.iter().sum::<i128>();
        remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        for &(_, index) in remainders.iter().take(usize::try_from(missing).unwrap_or(0)) {
            parts[index] += 1;
        }
        let sign = i128::from(self.amount.signum());
        parts
            .into_iter()
            .map(|part| i64::try_from(part * sign).map(|n| Self::new(n, self.currency)))
            .collect::<Result<_, _>>()
            .map_err(|_| MoneyError::Overflow)
    }

    /// The sum of amounts of one currency; zero for none.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] or [`MoneyError::Overflow`].
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::plus)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.currency.exponent() as usize;
        let sign = if self.amount < 0 { "-" } else { "" };
        let unit = 10_u64.pow(self.currency.exponent());
        let magnitude = self.amount.unsigned_abs();
        if digits == 0 {
            return write!(f, "{sign}{magnitude} {}", self.currency);
        }
        write!(f, "{sign}{}.{:0digits$} {}", magnitude / unit, magnitude % unit, self.currency)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn usd(amount: i64) -> Money {
        Money::new(amount, Currency::parse("USD").unwrap())
    }

    #[test]
    fn rounds_half_away_from_zero() {
        let half = BasisPoints::try_new(5_000).unwrap();
        assert_eq!(usd(3).percent(half).unwrap(), usd(2));
        assert_eq!(usd(-3).percent(half).unwrap(), usd(-2));
        assert_eq!(usd(1).percent(BasisPoints::try_new(4_999).unwrap()).unwrap(), usd(0));
    }

    #[test]
    fn currencies_do_not_mix() {
        let yen = Money::new(1, Currency::parse("JPY").unwrap());
        assert_eq!(usd(1).plus(yen), Err(MoneyError::CurrencyMismatch));
        assert_eq!(usd(i64::MAX).plus(usd(1)), Err(MoneyError::Overflow));
        assert_eq!(yen.to_string(), "1 JPY");
        assert_eq!(usd(-5).to_string(), "-0.05 USD");
    }

    proptest! {
        #[test]
        fn a_split_sums_to_the_whole(amount in any::<i64>(), weights in prop::collection::vec(0_i64..1_000_000, 1..60)) {
            prop_assume!(weights.iter().any(|&weight| weight > 0));
            let parts = usd(amount).split(&weights).unwrap();
            let sum: i128 = parts.iter().map(|part| i128::from(part.amount())).sum();
            prop_assert_eq!(sum, i128::from(amount));
        }

        #[test]
        fn a_fraction_is_within_half_a_unit(amount in -1_000_000_000_i64..1_000_000_000, part in 0_i64..20_000, whole in 1_i64..20_000) {
            let got = i128::from(usd(amount).fraction(part, whole).unwrap().amount());
            let error = 2 * (got * i128::from(whole) - i128::from(amount) * i128::from(part)).abs();
            prop_assert!(error <= i128::from(whole));
        }
    }
}
