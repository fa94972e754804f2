//! Amounts of money: integer minor units and a currency. No floats.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use crate::shared::basis_points::BasisPoints;
use crate::shared::currency::Currency;

/// Reason for which an amount cannot be calculated or parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The amounts have different currencies.
    #[error("amounts of different currencies cannot be combined")]
    CurrencyMismatch,
    /// The result does not fit in 64 bits.
    #[error("the amount is too large")]
    Overflow,
    /// The code is not an ISO 4217 code of a currency with a minor unit.
    #[error("not a supported ISO 4217 currency code")]
    UnknownCurrency,
    /// The text is not an amount with all digits of the minor unit and a currency.
    #[error("not an amount such as 1234.50 USD")]
    NotAnAmount,
    /// The weights of a split are negative or all zero.
    #[error("the weights must not be negative, and one must be above zero")]
    NoWeights,
}

/// An amount in minor units of a currency (cents, yen, fils). May be negative, as for discounts.
///
/// ```
/// use sojourn_domain::shared::{BasisPoints, Currency, Money};
///
/// let kwd = Currency::parse("KWD")?;
/// assert_eq!(kwd.exponent(), 3);
/// let price = Money::new(10_005, kwd);
/// assert_eq!(price.to_string(), "10.005 KWD");
/// assert_eq!("10.005 KWD".parse(), Ok(price));
/// assert!(price > Money::zero(kwd) && Currency::USD != kwd);
/// assert_eq!(price.checked_percent(BasisPoints::try_new(1_000)?)?, Money::new(1_001, kwd)); // 1000.5, away from zero
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

    /// Zero in a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Amount in minor units.
    #[must_use]
    pub const fn amount(self) -> i64 {
        self.amount
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Returns `true` if the amount is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.amount == 0
    }

    /// Adds two amounts.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] or [`MoneyError::Overflow`].
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_add)
    }

    /// Subtracts an amount.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] or [`MoneyError::Overflow`].
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_sub)
    }

    fn combine(self, other: Self, op: fn(i64, i64) -> Option<i64>) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        op(self.amount, other.amount)
            .map(|sum| Self::new(sum, self.currency))
            .ok_or(MoneyError::Overflow)
    }

    /// Multiplies the amount.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn checked_mul(self, count: i64) -> Result<Self, MoneyError> {
        self.amount
            .checked_mul(count)
            .map(|n| Self::new(n, self.currency))
            .ok_or(MoneyError::Overflow)
    }

    /// The given percentage of the amount, rounded once, half away from zero.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when the result does not fit in 64 bits.
    pub fn checked_percent(self, share: BasisPoints) -> Result<Self, MoneyError> {
        self.checked_fraction(share.get().into(), BasisPoints::WHOLE.get().into())
    }

    /// `amount × part / whole`, rounded once, half away from zero. Zero when `whole` is 0.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn checked_fraction(self, part: i64, whole: i64) -> Result<Self, MoneyError> {
        if whole == 0 {
            return Ok(Self::zero(self.currency));
        }
        let product = i128::from(self.amount) * i128::from(part);
        let whole = i128::from(whole);
        let (magnitude, divisor) = (product.abs(), whole.abs());
        let rounded = magnitude / divisor + i128::from(2 * (magnitude % divisor) >= divisor);
        let signed = if (product < 0) == (whole < 0) {
            rounded
        } else {
            -rounded
        };
        i64::try_from(signed)
            .map(|n| Self::new(n, self.currency))
            .map_err(|_| MoneyError::Overflow)
    }

    /// Splits the amount in proportion to the weights by the largest-remainder method, so that the
    /// parts sum exactly to the amount. Among equal remainders the earlier part gets the unit.
    ///
    /// # Errors
    /// [`MoneyError::NoWeights`] when a weight is negative or all are zero;
    /// [`MoneyError::Overflow`].
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
        for &(_, index) in remainders
            .iter()
            .take(usize::try_from(missing).unwrap_or(0))
        {
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
    pub fn sum(
        currency: Currency,
        amounts: impl IntoIterator<Item = Self>,
    ) -> Result<Self, MoneyError> {
        amounts
            .into_iter()
            .try_fold(Self::zero(currency), Self::checked_add)
    }
}

/// Amounts of one currency are ordered; amounts of different currencies are not.
impl PartialOrd for Money {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.currency == other.currency).then(|| self.amount.cmp(&other.amount))
    }
}

/// The form in which an amount is displayed: `1234.50 USD`. All digits of the minor unit are
/// required, so that no amount is read as a hundredth of what was meant; separators of thousands
/// are refused.
impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let (number, code) = text.split_once(' ').ok_or(MoneyError::NotAnAmount)?;
        let currency = Currency::parse(code)?;
        let unsigned = number.strip_prefix('-').unwrap_or(number);
        let (whole, minor) = match currency.exponent() {
            0 => (unsigned, ""),
            _ => unsigned.split_once('.').ok_or(MoneyError::NotAnAmount)?,
        };
        let is_number = |digits: &str| digits.bytes().all(|it| it.is_ascii_digit());
        let is_amount = !whole.is_empty()
            && minor.len() == currency.exponent() as usize
            && is_number(whole)
            && is_number(minor);
        if !is_amount {
            return Err(MoneyError::NotAnAmount);
        }
        let sign = if unsigned.len() < number.len() {
            "-"
        } else {
            ""
        };
        let amount = format!("{sign}{whole}{minor}").parse();
        amount
            .map(|amount| Self::new(amount, currency))
            .map_err(|_| MoneyError::Overflow)
    }
}

/// The amount with a point before the minor unit, and the code of the currency. Width, fill and
/// alignment are honoured.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.currency.exponent() as usize;
        let sign = if self.amount < 0 { "-" } else { "" };
        let unit = 10_u64.pow(self.currency.exponent());
        let magnitude = self.amount.unsigned_abs();
        if digits == 0 {
            return f.pad(&format!("{sign}{magnitude} {}", self.currency));
        }
        f.pad(&format!(
            "{sign}{}.{:0digits$} {}",
            magnitude / unit,
            magnitude % unit,
            self.currency
        ))
    }
}
