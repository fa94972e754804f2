//! Prices as people write them.

mod currency_sign;
pub(super) mod price_text;
#[cfg(test)]
mod price_text_tests;
