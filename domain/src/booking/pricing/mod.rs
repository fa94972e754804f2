//! Deterministic, itemised prices of a stay, with the reason for each line.

pub(crate) mod altered_price;
#[cfg(test)]
mod altered_price_tests;
pub(crate) mod conditions;
mod derived_conditions;
#[cfg(test)]
mod derived_conditions_tests;
mod discounts;
mod draft;
pub(crate) mod explain;
#[cfg(test)]
mod explain_tests;
mod fees;
#[cfg(test)]
mod fees_and_taxes_tests;
pub(crate) mod invalid_price;
pub(crate) mod night_prices;
pub(crate) mod price;
#[cfg(test)]
pub(crate) mod pricing_proptests;
#[cfg(test)]
pub(crate) mod pricing_tests;
pub(crate) mod quote;
pub(crate) mod stay_price;

pub use altered_price::AlteredPrice;
pub use conditions::{BookingConditions, LeadTimeDiscount, PresentConditions};
pub use explain::PriceExplanation;
pub use invalid_price::InvalidPrice;
pub use price::{LineKind, NightPrice, Price, PriceError, PriceLine, PriceRecord, RatePlan};
pub use quote::{InvalidQuote, Quote, QuoteRecord};
