//! Why a stay costs what it costs.

use chrono::{DateTime, Utc};

use super::super::{Price, PriceError, Rate};
use super::draft::Witness;
use super::stay_price::Request;
use crate::property::{Calendar, Property};
use crate::shared::{Guests, MarketplaceTerms, Stay};

/// What became of one rule of a property when a stay was priced.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Considered {
    /// The rule, in the words of [`Line::rule`](crate::booking::Line::rule).
    pub rule: String,
    /// Whether it made a line.
    pub applied: bool,
    /// Why or why not, such as "5 nights, needs 7".
    pub because: String,
    /// The index of its line; the first one, where nights of several prices come from one rule.
    pub line: Option<usize>,
}

/// Prices a stay just as [`price`](super::price) does, and tells of every rule of the property, in the order of
/// the price, each once, whether it made a line and why.
///
/// The three rules for the price of a night, and the guest's service fee, are always there; a discount, fee or
/// tax is there when the host set it, and a discount of 0 is none. Each tier and each tax is a rule of its own.
///
/// # Errors
/// [`PriceError`].
pub fn explain(
    property: &Property,
    calendar: &Calendar,
    stay: Stay,
    guests: Guests,
    rate: Rate,
    terms: &MarketplaceTerms,
    now: DateTime<Utc>,
) -> Result<(Price, Vec<Considered>), PriceError> {
    let mut considered = Vec::new();
    let request = Request::of(property, calendar, stay, guests, rate, terms, now)?;
    let price = request.priced(&mut considered)?;
    Ok((price, considered))
}

impl Witness for Vec<Considered> {
    fn applied(&mut self, rule: &'static str, line: usize, because: impl FnOnce() -> String) {
        let (rule, because) = (rule.to_owned(), because());
        self.push(Considered {
            rule,
            applied: true,
            because,
            line: Some(line),
        });
    }

    fn passed_over(&mut self, rule: &'static str, because: impl FnOnce() -> String) {
        let (rule, because) = (rule.to_owned(), because());
        self.push(Considered {
            rule,
            applied: false,
            because,
            line: None,
        });
    }
}
