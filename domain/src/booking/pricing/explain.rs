//! Explanation of a price.

use chrono::{DateTime, Utc};

use super::super::{Price, PriceError, Rate};
use super::draft::Witness;
use super::stay_price::Request;
use crate::property::{Calendar, Property};
use crate::shared::{Guests, MarketplaceTerms, Stay};

/// Evaluation of one pricing rule for a stay.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Considered {
    /// Identifier of the rule, as in [`Line::rule`](crate::booking::Line::rule).
    pub rule: String,
    /// True if the rule made a line.
    pub applied: bool,
    /// Reason for the result, such as "5 nights, needs 7".
    pub because: String,
    /// Index of the rule's line; the first one if nights of several prices come from one rule.
    pub line: Option<usize>,
}

/// Prices a stay as [`price`](super::price) does, and explains every rule of the property once, in
/// the order of the price.
///
/// The three rules for the price of a night and the guest's service fee are always included; a
/// discount, fee or tax only if the host has set it. Discounts of 0 basis points are left out. Each
/// tier and each tax is a rule of its own.
///
/// # Errors
/// [`PriceError`] when the stay cannot be priced.
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
