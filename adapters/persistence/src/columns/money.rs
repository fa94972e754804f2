//! Amounts of money, in two columns.

use sojourn_domain::shared::{Currency, Money, RepositoryError};

use crate::engine::errors::corrupt;

/// An amount from its columns.
pub(crate) fn from_db(amount: i64, currency: &str) -> Result<Money, RepositoryError> {
    let currency = Currency::restore(currency).map_err(corrupt)?;
    Ok(Money::new(amount, currency))
}
