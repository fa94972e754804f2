//! Explanation of a price.

use chrono::{DateTime, Utc};

use crate::booking::pricing::draft::PriceTrace;
use crate::booking::pricing::price::{Price, PriceError, RatePlan};
use crate::booking::pricing::stay_price::PriceRequest;
use crate::property::calendar::Calendar;
use crate::property::property::Property;
use crate::shared::guests::Guests;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::stay::Stay;

/// Evaluation of one pricing rule for a stay.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PriceExplanation {
    /// Identifier of the rule, as in [`PriceLine::rule`](crate::booking::PriceLine::rule).
    pub rule: String,
    /// True if the rule made a line.
    pub applied: bool,
    /// Reason for the result, such as "5 nights, needs 7".
    #[cfg_attr(feature = "serde", serde(rename = "because"))]
    pub reason: String,
    /// Index of the rule's line; the first one if nights of several prices come from one rule.
    pub line: Option<usize>,
}

/// Prices a stay as [`price`](crate::booking::price) does, and explains every rule of the property once, in
/// the order of the price.
///
/// The three rules for the price of a night and the guest's service fee are always included; a
/// discount, fee or tax only if the host has set it. Discounts of 0 basis points are left out. Each
/// tier and each tax is a rule of its own.
///
/// # Errors
/// [`PriceError`] when the stay cannot be priced.
pub fn explain_price(
    property: &Property,
    calendar: &Calendar,
    stay: Stay,
    guests: Guests,
    rate: RatePlan,
    terms: &MarketplaceTerms,
    now: DateTime<Utc>,
) -> Result<(Price, Vec<PriceExplanation>), PriceError> {
    let mut considered = Vec::new();
    let request = PriceRequest::of(property, calendar, stay, guests, rate, terms, now)?;
    let price = request.compute(&mut considered)?;
    Ok((price, considered))
}

impl PriceTrace for Vec<PriceExplanation> {
    fn rule_applied(&mut self, rule: &'static str, line: usize, reason: impl FnOnce() -> String) {
        let (rule, reason) = (rule.to_owned(), reason());
        self.push(PriceExplanation {
            rule,
            applied: true,
            reason,
            line: Some(line),
        });
    }

    fn rule_skipped(&mut self, rule: &'static str, reason: impl FnOnce() -> String) {
        let (rule, reason) = (rule.to_owned(), reason());
        self.push(PriceExplanation {
            rule,
            applied: false,
            reason,
            line: None,
        });
    }
}
