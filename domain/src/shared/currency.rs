//! Currencies.

use std::fmt;

use crate::shared::money::MoneyError;

/// An ISO 4217 currency. Its exponent (digits of the minor unit) comes from the ISO table.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// US dollar.
    pub const USD: Self = Self(iso_currency::Currency::USD);
    /// Euro.
    pub const EUR: Self = Self(iso_currency::Currency::EUR);
    /// Pound sterling.
    pub const GBP: Self = Self(iso_currency::Currency::GBP);
    /// Canadian dollar.
    pub const CAD: Self = Self(iso_currency::Currency::CAD);
    /// Australian dollar.
    pub const AUD: Self = Self(iso_currency::Currency::AUD);
    /// Swiss franc.
    pub const CHF: Self = Self(iso_currency::Currency::CHF);
    /// Yen, which has no minor unit.
    pub const JPY: Self = Self(iso_currency::Currency::JPY);

    /// Parses a three-letter code in upper case of a currency that people pay with. Codes of funds
    /// (`CHE`, `USN`), metals, units of account, `XTS` for testing, and `XXX` for no currency are
    /// refused.
    ///
    /// # Errors
    /// [`MoneyError::UnknownCurrency`] for any other code.
    pub fn parse(code: &str) -> Result<Self, MoneyError> {
        let Self(known) = Self::restore(code)?;
        if known.is_fund() || known.is_special() {
            return Err(MoneyError::UnknownCurrency);
        }
        Ok(Self(known))
    }

    /// Restores a stored currency: any code with a minor unit in the ISO table, also one that is no
    /// longer accepted.
    ///
    /// # Errors
    /// [`MoneyError::UnknownCurrency`] for any other code.
    pub fn restore(code: &str) -> Result<Self, MoneyError> {
        let known =
            iso_currency::Currency::from_code(code).filter(|known| known.exponent().is_some());
        known.map(Self).ok_or(MoneyError::UnknownCurrency)
    }

    /// The three-letter code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Digits after the point: 2 for USD, 0 for JPY, 3 for KWD.
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

/// In the order of the codes.
impl Ord for Currency {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.code().cmp(other.code())
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl std::str::FromStr for Currency {
    type Err = MoneyError;

    fn from_str(code: &str) -> Result<Self, MoneyError> {
        Self::parse(code)
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(code: String) -> Result<Self, MoneyError> {
        Self::restore(&code)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn funds_metals_and_codes_for_no_currency_are_refused() {
        let none = [
            "BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW", "XAD", "XAG", "XAU",
            "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX",
        ];
        for code in none {
            assert_eq!(Currency::parse(code), Err(MoneyError::UnknownCurrency));
        }
        for code in ["USD", "CHF", "CLP", "UYU", "XOF", "XAF", "XPF", "XCD"] {
            assert!(Currency::parse(code).is_ok(), "{code}");
        }
    }

    #[test]
    fn a_stored_fund_is_still_read() {
        let restored = Currency::restore("CHE").unwrap();
        assert_eq!((restored.code(), restored.exponent()), ("CHE", 2));
        assert!(Currency::restore("XXX").is_err());
    }
}
