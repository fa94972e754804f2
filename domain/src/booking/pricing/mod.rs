//! Calculation of prices: deterministic and itemised.

mod discounts;
mod draft;
mod explain;
#[cfg(test)]
mod explain_tests;
mod fees;
mod nights;
#[cfg(test)]
mod properties;
mod stay_price;
#[cfg(test)]
mod tests;

pub use explain::{Considered, explain};
pub use nights::night_amount;
#[cfg(test)]
pub(crate) use properties::any_pricing;
pub use stay_price::price;
